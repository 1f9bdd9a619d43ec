/** How Rapport is connected. */
import {
  DescriptionList,
  DescriptionListItem,
  Flex,
  Heading,
  StatusTag,
} from '@hubspot/ui-extensions';
import type { SettingsPage } from '../generated/settings-contract.ts';
import type { PageWords } from '../SettingsPage.tsx';

interface Props {
  readonly account: NonNullable<SettingsPage['account']>;
  readonly words: PageWords;
}

const TONES = { ready: 'success', parked: 'danger' } as const;

export function Account({ account, words }: Props) {
  const { t, word, time } = words;
  const { name, accountId, state, timeZone, lastEventAt, lastError } = account;
  const tone = TONES[state as keyof typeof TONES] ?? 'info';
  return (
    <Flex direction="column" gap="sm" testId="account">
      <Heading>{t('account.title')}</Heading>
      <Flex direction="row">
        <StatusTag variant={tone}>{word('state', state)}</StatusTag>
      </Flex>
      <DescriptionList direction="row">
        <DescriptionListItem
          label={t('account.name')}
        >{`${name} (${accountId})`}</DescriptionListItem>
        <DescriptionListItem label={t('account.zone')}>{timeZone}</DescriptionListItem>
        <DescriptionListItem label={t('account.event')}>
          {lastEventAt === null ? t('never') : time(lastEventAt, timeZone)}
        </DescriptionListItem>
        {lastError === null ? null : (
          <DescriptionListItem label={t('account.error')}>{lastError}</DescriptionListItem>
        )}
      </DescriptionList>
    </Flex>
  );
}
