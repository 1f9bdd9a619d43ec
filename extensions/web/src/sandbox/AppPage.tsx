/** The app's own pages in the CRM: its settings, and the app page; each a bundle of its own on a page of its own. */
import { useQuery } from '@tanstack/react-query';
import { useEffect, useMemo, useState } from 'react';
import { Alert, ErrorState, LoadingSpinner } from '../kit/states.tsx';
import type { AlertCall } from '../remote/host-calls.ts';
import { RemoteCard } from '../remote/RemoteCard.tsx';
import { useSandboxLanguage } from './language.ts';
import { hubspotFetch, readPortal } from './page-api.ts';

const PLACES = {
  app: { bundleUrl: '/sandbox/cards/TeamPage.js', location: 'pages', title: 'app.title' },
  settings: {
    bundleUrl: '/sandbox/cards/SettingsPage.js',
    location: 'settings',
    title: 'settings.title',
  },
} as const;

const NO_PROPERTIES = {};

export function AppPage({ place }: { readonly place: keyof typeof PLACES }) {
  const { t, locale } = useSandboxLanguage();
  const { bundleUrl, location, title } = PLACES[place];
  const portal = useQuery({ queryKey: ['portal'], queryFn: readPortal });
  const [alert, setAlert] = useState<AlertCall | null>(null);
  const host = useMemo(
    () => ({
      fetch: hubspotFetch,
      addAlert: setAlert,
      reloadPage: () => window.location.reload(),
      refreshObjectProperties: () => undefined,
      openIframeModal: () => undefined,
      copyTextToClipboard: (text: string) => navigator.clipboard.writeText(text),
      closeOverlay: () => undefined,
    }),
    [],
  );
  useEffect(() => {
    document.title = `${t(title)} · ${t('product')}`;
  }, [t, title]);
  if (portal.error) return <ErrorState title={t('card.broken')}>{portal.error.message}</ErrorState>;
  if (!portal.data) return <LoadingSpinner label={t('loading')} layout="centered" showLabel />;
  const { user } = portal.data;
  return (
    <section className="crm-panel crm-app" aria-labelledby="app-title">
      <h1 id="app-title">{t(title)}</h1>
      {/* The kit's headings are of the third level, as on a record. */}
      <h2 className="uie-hidden">{t('card')}</h2>
      {alert === null ? null : (
        <Alert title={alert.title ?? alert.message} variant={(alert.type ?? 'info') as 'info'}>
          {alert.title ? alert.message : null}
        </Alert>
      )}
      <RemoteCard
        bundleUrl={bundleUrl}
        context={{
          location,
          portal: portal.data.portal,
          user: { ...user, locale, permissions: [], roles: [], teams: [] },
        }}
        host={host}
        properties={NO_PROPERTIES}
        brokenMessage={t('card.broken')}
      />
    </section>
  );
}
