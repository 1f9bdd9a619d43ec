/** One contact's record: what is known, what happened, and Rapport's card beside it. */
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useMemo } from 'react';
import { Link, useParams } from 'react-router';
import { Tag } from '../kit/data.tsx';
import { ErrorState, LoadingSpinner } from '../kit/states.tsx';
import { CardColumn } from './CardColumn.tsx';
import { LogButtons } from './LogButtons.tsx';
import { fullName, useSandboxLanguage } from './language.ts';
import { PropertiesForm } from './PropertiesForm.tsx';
import { type ContactRecord, readContact } from './page-api.ts';
import { Scores } from './Scores.tsx';
import { Deals, Tickets, Timeline } from './Timeline.tsx';

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
  const { t, to, word } = useSandboxLanguage();
  const queries = useQueryClient();
  const { properties: p } = record;
  const name = fullName(p);
  const changed = useCallback(
    () => void queries.invalidateQueries({ queryKey: ['contact', record.id] }),
    [queries, record.id],
  );
  const properties = useMemo(() => withLastActivity(record), [record]);
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
            {[p['jobtitle'], p['email']].filter(Boolean).join(' · ')}
            {record.company ? ' · ' : null}
            {record.company ? (
              <Link className="uie-link" to={to(`/sandbox/companies/${record.company.id}`)}>
                {record.company.name}
              </Link>
            ) : null}{' '}
            {p['lifecyclestage'] ? <Tag>{word('stage.', p['lifecyclestage'])}</Tag> : null}
          </p>
        </div>
        <LogButtons contactId={record.id} onLogged={changed} />
      </div>
      <CardColumn type="contacts" record={record} properties={properties} onRefresh={changed} />
      <div className="crm-record__facts">
        <PropertiesForm record={record} onSaved={changed} />
        <Scores scores={record.scores} />
        <Deals deals={record.deals} />
        <Tickets tickets={record.tickets} />
        <Timeline items={record.timeline} feedback={record.feedback} />
      </div>
    </div>
  );
}

/** The host stamps a record whenever something is logged on it; that is how a card hears of it. */
function withLastActivity({ properties, timeline, tickets }: ContactRecord) {
  const activity = `${timeline[0]?.id ?? ''}/${tickets.length}`;
  return { ...properties, notes_last_updated: properties['notes_last_updated'] ?? activity };
}
