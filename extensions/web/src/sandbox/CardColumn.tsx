/** The column of the record page that holds Rapport's card, with the host's side of its calls. */
import { useMemo, useState } from 'react';
import { closeOverlay } from '../kit/overlay.tsx';
import { Alert } from '../kit/states.tsx';
import type { AlertCall } from '../remote/host-calls.ts';
import { RemoteCard } from '../remote/RemoteCard.tsx';
import { useSandboxLanguage } from './language.ts';
import { type ContactRecord, hubspotFetch } from './page-api.ts';

const BUNDLE = '/sandbox/cards/RelationshipCard.js';
const CONTACT_TYPE = '0-1';

interface Props {
  readonly record: ContactRecord;
  readonly onRefresh: () => void;
}

export function CardColumn({ record, onRefresh }: Props) {
  const { t, locale } = useSandboxLanguage();
  const [alert, setAlert] = useState<AlertCall | null>(null);
  const host = useMemo(
    () => ({
      fetch: hubspotFetch,
      addAlert: setAlert,
      reloadPage: () => window.location.reload(),
      refreshObjectProperties: onRefresh,
      openIframeModal: () => undefined,
      copyTextToClipboard: (text: string) => navigator.clipboard.writeText(text),
      closeOverlay,
    }),
    [onRefresh],
  );
  const properties = useMemo(() => withLastActivity(record), [record]);
  const context = {
    location: 'crm.record.tab',
    crm: { objectId: Number(record.id), objectTypeId: CONTACT_TYPE },
    portal: record.portal,
    user: { ...record.user, locale, permissions: [], roles: [], teams: [] },
  };
  return (
    <section className="crm-panel crm-record__card" aria-labelledby="card-title">
      <h2 id="card-title">{t('card')}</h2>
      {alert === null ? null : (
        <Alert title={alert.title ?? alert.message} variant={(alert.type ?? 'info') as 'info'}>
          {alert.title ? alert.message : null}
        </Alert>
      )}
      <RemoteCard
        bundleUrl={BUNDLE}
        context={context}
        host={host}
        properties={properties}
        brokenMessage={t('card.broken')}
      />
    </section>
  );
}

/** The host stamps a record whenever something is logged on it; that is how a card hears of it. */
function withLastActivity({ properties, timeline, tickets }: ContactRecord) {
  const activity = `${timeline[0]?.id ?? ''}/${tickets.length}`;
  return { ...properties, notes_last_updated: properties['notes_last_updated'] ?? activity };
}
