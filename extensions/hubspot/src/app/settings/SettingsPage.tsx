/** The settings page: how Rapport is connected, what it reads and writes, the dry run, and what an admin may set. */
import {
  Alert,
  Button,
  ErrorState,
  Flex,
  hubspot,
  LoadingSpinner,
  Tab,
  Tabs,
  useExtensionContext,
} from '@hubspot/ui-extensions';
import { useMemo } from 'react';
import { Account } from './components/Account.tsx';
import { DryRunTab } from './components/DryRunTab.tsx';
import { Model } from './components/Model.tsx';
import { Notices } from './components/Notices.tsx';
import { Objects } from './components/Objects.tsx';
import { Said } from './components/Said.tsx';
import { SettingsForm } from './components/SettingsForm.tsx';
import { createWords, type Words } from './generated/words.ts';
import { en, type Key, zh } from './lib/strings.ts';
import { type SettingsLife, useSettings } from './lib/use-settings.ts';

hubspot.extend<'settings'>(() => <SettingsPage />);

export type PageWords = Words<Key>;

export function SettingsPage() {
  const { locale } = useExtensionContext<'settings'>().user;
  const words = useMemo(() => createWords({ en, zh }, locale), [locale]);
  const life = useSettings();
  const { t } = words;
  if (life.phase === 'error')
    return (
      <ErrorState title={t('error.title')} type="error">
        {t('error.body')}
        <Button testId="retry" onClick={life.retry}>
          {t('retry')}
        </Button>
      </ErrorState>
    );
  if (life.page === null)
    return <LoadingSpinner label={t('loading')} showLabel layout="centered" />;
  if (life.page.state === 'not_connected')
    return (
      <ErrorState title={t('off.title')} type="support">
        {t('off.body')}
      </ErrorState>
    );
  return <Content life={life} words={words} />;
}

function Content({ life, words }: { readonly life: SettingsLife; readonly words: PageWords }) {
  const { t } = words;
  const { page } = life;
  if (page === null || page.account === null) return null;
  return (
    <Flex direction="column" gap="md">
      {page.mayChange ? null : (
        <Alert variant="info" title={t('read.title')} testId="read-only">
          {t('read.body')}
        </Alert>
      )}
      <Notices notices={page.notices} zone={page.account.timeZone} words={words} />
      <Tabs defaultSelected="overview">
        <Tab tabId="overview" title={t('tab.overview')}>
          <Flex direction="column" gap="lg">
            <Account account={page.account} words={words} />
            <Model model={page.model} zone={page.account.timeZone} words={words} />
            <Objects objects={page.objects} zone={page.account.timeZone} words={words} />
          </Flex>
        </Tab>
        <Tab tabId="writes" title={t('tab.writes')}>
          <DryRunTab life={life} words={words} />
        </Tab>
        <Tab tabId="settings" title={t('tab.settings')}>
          <Flex direction="column" gap="md">
            {page.values === null ? null : (
              <SettingsForm
                key={life.edition}
                values={{ ...page.values, writing: page.dryRun?.writing ?? false }}
                life={life}
                words={words}
              />
            )}
            <Said life={life} only={['save']} words={words} />
          </Flex>
        </Tab>
      </Tabs>
    </Flex>
  );
}
