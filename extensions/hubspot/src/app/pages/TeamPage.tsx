/** The app page: who waits for an answer, whom to reach next, and how it is going. */
import {
  Alert,
  Button,
  ErrorState,
  Flex,
  hubspot,
  LoadingSpinner,
  useExtensionContext,
} from '@hubspot/ui-extensions';
import { createPageRouter, PageRoutes } from '@hubspot/ui-extensions/pages';
import { useMemo } from 'react';
import { Cases } from './components/Cases.tsx';
import { Contacts } from './components/Contacts.tsx';
import { Figures } from './components/Figures.tsx';
import { Results } from './components/Results.tsx';
import { Sync } from './components/Sync.tsx';
import { createWords, type Words } from './generated/words.ts';
import { en, type Key, zh } from './lib/strings.ts';
import { useTeam } from './lib/use-team.ts';

/** Every address below the page, an old bookmark among them, leads to today's list. */
const Router = createPageRouter(
  <PageRoutes>
    <PageRoutes.IndexRoute component={Today} />
    <PageRoutes.AnyRoute component={Today} />
  </PageRoutes>,
);

hubspot.extend<'pages'>(() => <TeamPage />);

export type PageWords = Words<Key>;

export function TeamPage() {
  return <Router />;
}

function Today() {
  const { user, portal } = useExtensionContext<'pages'>();
  const words = useMemo(() => createWords({ en, zh }, user.locale), [user.locale]);
  const { page, failed, retry } = useTeam();
  const { t } = words;
  if (page === null)
    return failed ? (
      <ErrorState title={t('error.title')} type="error">
        {t('error.body')}
        <Button testId="retry" onClick={retry}>
          {t('retry')}
        </Button>
      </ErrorState>
    ) : (
      <LoadingSpinner label={t('loading')} showLabel layout="centered" />
    );
  if (page.state === 'not_connected')
    return (
      <ErrorState title={t('off.title')} type="support">
        {t('off.body')}
      </ErrorState>
    );
  return (
    <Flex direction="column" gap="lg">
      {page.state === 'learning' ? (
        <Alert variant="info" title={t('learning.title')} testId="learning">
          {t('learning.body')}
        </Alert>
      ) : null}
      {page.statistics === null ? null : <Figures figures={page.statistics} words={words} />}
      <Cases cases={page.cases} zone={portal.timezone} words={words} />
      <Contacts contacts={page.contacts} words={words} />
      {page.results === null ? null : <Results results={page.results} words={words} />}
      {page.sync === null ? null : (
        <Sync sync={page.sync} zone={portal.timezone} consoleUrl={page.consoleUrl} words={words} />
      )}
    </Flex>
  );
}
