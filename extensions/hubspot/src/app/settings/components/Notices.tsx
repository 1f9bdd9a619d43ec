/** What an admin has to know or do before anything else on the page. */
import { Alert, Link, Text } from '@hubspot/ui-extensions';
import { ORIGIN } from '../generated/origin.ts';
import type { SettingsPage } from '../generated/settings-contract.ts';
import type { PageWords } from '../SettingsPage.tsx';

interface Props {
  readonly notices: SettingsPage['notices'];
  readonly zone: string;
  readonly words: PageWords;
}

/** Notices that end when an admin goes through the installation again. */
const CONNECTING: readonly string[] = ['reconnect', 'uninstalled', 'scopes'];

export function Notices({ notices, zone, words: { t, word, time } }: Props) {
  return notices.map(({ code, details, since }) => (
    <Alert
      key={code}
      variant={code === 'reconnect' ? 'error' : 'warning'}
      title={word('notice', code)}
      testId={`notice-${code}`}
    >
      <Text>{[...details, t('notice.since', { when: time(since, zone) })].join(' · ')}</Text>
      {CONNECTING.includes(code) ? (
        <Link href={{ url: `${ORIGIN}/oauth/hubspot/start`, external: true }}>
          {t('notice.connect')}
        </Link>
      ) : null}
    </Alert>
  ));
}
