/** The column of a record page that holds Rapport's cards, with the host's side of their calls. */
import { useMemo, useState } from 'react';
import { Button } from '../kit/actions.tsx';
import { closeOverlay } from '../kit/overlay.tsx';
import { Alert } from '../kit/states.tsx';
import type { AlertCall } from '../remote/host-calls.ts';
import { RemoteCard } from '../remote/RemoteCard.tsx';
import { type PageKey, useSandboxLanguage } from './language.ts';
import { hubspotFetch, type Portal, type Properties } from './page-api.ts';

interface Place {
  readonly label: PageKey;
  readonly location: string;
  readonly bundle: string;
}

const place = (label: PageKey, location: string, bundle: string): Place => ({
  label,
  location,
  bundle: `/sandbox/cards/${bundle}.js`,
});
const tab = (bundle: string): Place => place('place.tab', 'crm.record.tab', bundle);

/** Where each record shows which card; the narrow ones are drawn as narrow as the host draws them. */
const CARDS = {
  contacts: {
    typeId: '0-1',
    places: [
      tab('RelationshipCard'),
      place('place.sidebar', 'crm.record.sidebar', 'RelationshipSidebar'),
      place('place.preview', 'crm.preview', 'RelationshipPreview'),
    ],
  },
  companies: { typeId: '0-2', places: [tab('CompanyCard')] },
  deals: { typeId: '0-3', places: [tab('DealCard')] },
  tickets: {
    typeId: '0-5',
    places: [tab('TicketCard'), place('place.helpdesk', 'helpdesk.sidebar', 'TicketHelpDesk')],
  },
} as const;

interface Props {
  readonly type: keyof typeof CARDS;
  readonly record: { readonly id: string } & Portal;
  /** The record as the page knows it; a change is told to the card. */
  readonly properties: Properties;
  readonly onRefresh: () => void;
}

export function CardColumn({ type, record, properties, onRefresh }: Props) {
  const { t, locale } = useSandboxLanguage();
  const [alert, setAlert] = useState<AlertCall | null>(null);
  const [shown, setShown] = useState(0);
  const { typeId, places } = CARDS[type];
  const { bundle, location } = places[shown] ?? places[0];
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
  const context = {
    location,
    crm: { objectId: Number(record.id), objectTypeId: typeId },
    portal: record.portal,
    user: { ...record.user, locale, permissions: [], roles: [], teams: [] },
  };
  return (
    <section className="crm-panel crm-record__card" aria-labelledby="card-title">
      <div className="crm-card__head">
        <h2 id="card-title">{t('card')}</h2>
        {places.length < 2
          ? null
          : places.map((one, i) => (
              <Button
                key={one.label}
                size="xs"
                variant={i === shown ? 'secondary' : 'transparent'}
                disabled={i === shown}
                testId={one.label}
                onClick={() => setShown(i)}
              >
                {t(one.label)}
              </Button>
            ))}
      </div>
      {alert === null ? null : (
        <Alert title={alert.title ?? alert.message} variant={(alert.type ?? 'info') as 'info'}>
          {alert.title ? alert.message : null}
        </Alert>
      )}
      <div className={location === 'crm.record.tab' ? undefined : 'crm-card--narrow'}>
        <RemoteCard
          bundleUrl={bundle}
          context={context}
          host={host}
          properties={properties}
          brokenMessage={t('card.broken')}
        />
      </div>
    </section>
  );
}
