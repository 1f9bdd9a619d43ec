/** What an account's admin has to know or do, each with what it concerns and where to go. */
import { Alert, Anchor, Text } from '@mantine/core';
import { ago, useConsoleLanguage } from './language.ts';
import type { Notice } from './status.ts';

/** A new consent mends these. */
const BY_CONSENT = new Set(['reconnect', 'uninstalled', 'scopes']);

interface NoticesProps {
  readonly host: string;
  readonly notices: readonly Notice[];
}

export function Notices({ host, notices }: NoticesProps) {
  const { t, word, locale } = useConsoleLanguage();
  return notices.map(({ code, details, since }) => (
    <Alert key={code} color="orange" role="alert" title={word('notice.', code)}>
      <Text size="sm">{word('notice.do.', code)}</Text>
      {details.length > 0 ? <Text size="sm">{details.join(', ')}</Text> : null}
      <Text size="sm" c="dimmed">
        {t('notice.since').replace('{when}', ago(locale, since))}
      </Text>
      {BY_CONSENT.has(code) ? (
        <Anchor size="sm" href={`/oauth/${host}/start`}>
          {t('notice.connect')}
        </Anchor>
      ) : null}
    </Alert>
  ));
}
