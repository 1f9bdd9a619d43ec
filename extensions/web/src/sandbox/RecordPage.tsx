/** One contact's record: what is known, what happened, and Rapport's card beside it. */
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect } from 'react';
import { useParams } from 'react-router';
import { Tag } from '../kit/data.tsx';
import { ErrorState, LoadingSpinner } from '../kit/states.tsx';
import { CardColumn } from './CardColumn.tsx';
import { LogButtons } from './LogButtons.tsx';
import { fullName, useSandboxLanguage } from './language.ts';
import { PropertiesForm } from './PropertiesForm.tsx';
import { type ContactRecord, readContact } from './page-api.ts';
import { Scores } from './Scores.tsx';
import { Tickets, Timeline } from './Timeline.tsx';

const POLL_MS = 2000;

export function RecordPage() {
  const { t } = useSandboxLanguage();
  const { id = '' } = useParams();
  const record = useQuery({
    queryKey: ['contact', id],
    queryFn: () => readContact(id),
    refetchInterval: POLL_MS,
  });
  if (record.data) return <Loaded key={id} record={record.data} />;
  if (record.error) return <ErrorState title={t('not.found')}>{record.error.message}</ErrorState>;
  return <LoadingSpinner label={t('loading')} layout="centered" showLabel />;
}

function Loaded({ record }: { readonly record: ContactRecord }) {
  const { t, word } = useSandboxLanguage();
  const queries = useQueryClient();
  const { properties: p } = record;
  const name = fullName(p);
  const changed = useCallback(
    () => void queries.invalidateQueries({ queryKey: ['contact', record.id] }),
    [queries, record.id],
  );
  useEffect(() => {
    document.title = `${name} · ${t('product')}`;
  }, [name, t]);
  return (
    <div className="crm-record">
      <div className="crm-panel crm-record__head">
        <div className="crm-avatar" aria-hidden="true">
          {name.slice(0, 1)}
        </div>
        <div className="crm-record__name">
          <h1>{name}</h1>
          <p className="crm-muted">
            {[p['jobtitle'], record.company?.name, p['email']].filter(Boolean).join(' · ')}{' '}
            {p['lifecyclestage'] ? <Tag>{word('stage.', p['lifecyclestage'])}</Tag> : null}
          </p>
        </div>
        <LogButtons contactId={record.id} onLogged={changed} />
      </div>
      <CardColumn record={record} onRefresh={changed} />
      <div className="crm-record__facts">
        <PropertiesForm record={record} onSaved={changed} />
        <Scores scores={record.scores} />
        <Tickets tickets={record.tickets} />
        <Timeline items={record.timeline} feedback={record.feedback} />
      </div>
    </div>
  );
}
