/** The record of a company, a deal or a ticket: what it hangs together with, what happened, and Rapport's card. */
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useMemo } from 'react';
import { Link, useParams } from 'react-router';
import { ErrorState, LoadingSpinner } from '../kit/states.tsx';
import { CardColumn } from './CardColumn.tsx';
import { useSandboxLanguage } from './language.ts';
import { type ObjectRecord, type ObjectType, readObject } from './page-api.ts';
import { usePropertyLanguage } from './property-language.ts';
import { Scores } from './Scores.tsx';
import { Timeline } from './Timeline.tsx';

const POLL_MS = 2000;

export function ObjectPage({ type }: { readonly type: ObjectType }) {
  const { t } = useSandboxLanguage();
  const { id = '' } = useParams();
  const record = useQuery({
    queryKey: [type, id],
    queryFn: () => readObject(type, id),
    refetchInterval: POLL_MS,
  });
  if (record.data) return <Loaded key={id} record={record.data} />;
  if (record.error) return <ErrorState title={t('not.found')}>{record.error.message}</ErrorState>;
  return <LoadingSpinner label={t('loading')} layout="centered" showLabel />;
}

function Loaded({ record }: { readonly record: ObjectRecord }) {
  const { t, to, zh } = useSandboxLanguage();
  const { option } = usePropertyLanguage();
  const queries = useQueryClient();
  const { id, type, name, properties: p } = record;
  const changed = useCallback(
    () => void queries.invalidateQueries({ queryKey: [type, id] }),
    [queries, type, id],
  );
  useEffect(() => {
    document.title = `${name} · ${t('product')}`;
  }, [name, t]);
  const properties = useMemo(
    () => ({ ...record.properties, activity: record.timeline[0]?.id ?? '' }),
    [record],
  );
  const amount = p['amount'];
  const money = new Intl.NumberFormat(zh ? 'zh-CN' : 'en', { style: 'currency', currency: 'EUR' });
  const industry = p['industry'] ? option('industry', p['industry'], {}) : null;
  const facts = [t(`one.${type}`), industry, amount ? money.format(Number(amount)) : null];
  return (
    <div className="crm-record">
      <div className="crm-panel crm-record__head">
        <div className="crm-avatar" aria-hidden="true">
          {name.slice(0, 1)}
        </div>
        <div className="crm-record__name">
          <h1>{name}</h1>
          <p className="crm-muted">{facts.filter(Boolean).join(' · ')}</p>
        </div>
      </div>
      <CardColumn type={type} record={record} properties={properties} onRefresh={changed} />
      <div className="crm-record__facts">
        {p['content'] ? (
          <section className="crm-panel">
            <h2>{t('message')}</h2>
            <p className="crm-text">{p['content']}</p>
          </section>
        ) : null}
        <section className="crm-panel">
          <h2>{t('related')}</h2>
          {record.related.length === 0 ? <p className="crm-muted">{t('related.none')}</p> : null}
          <ul className="crm-related">
            {record.related.map((one) => (
              <li key={`${one.type} ${one.id}`}>
                <Link className="uie-link" to={to(`/sandbox/${one.type}/${one.id}`)}>
                  {one.name}
                </Link>{' '}
                <span className="crm-muted crm-small">{t(`one.${one.type}`)}</span>
              </li>
            ))}
          </ul>
        </section>
        <Scores scores={record.scores} />
        <Timeline items={record.timeline} feedback={[]} />
      </div>
    </div>
  );
}
