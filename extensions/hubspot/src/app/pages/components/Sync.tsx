/** Whether everything is here, and the way to the console. */
import { Flex, Heading, Link, Text } from '@hubspot/ui-extensions';
import type { TeamPage } from '../generated/team-contract.ts';
import type { PageWords } from '../TeamPage.tsx';

interface Props {
  readonly sync: NonNullable<TeamPage['sync']>;
  readonly zone: string;
  readonly consoleUrl: string | null;
  readonly words: PageWords;
}

export function Sync({ sync, zone, consoleUrl, words }: Props) {
  const { t, time } = words;
  const { lastEventAt, complete, compared } = sync;
  const parts = [
    lastEventAt === null ? t('sync.quiet') : t('sync.event', { when: time(lastEventAt, zone) }),
    compared === 0 ? t('sync.compared') : t('sync.complete', { complete, compared }),
  ];
  return (
    <Flex direction="column" gap="xs" testId="sync">
      <Heading>{t('sync.title')}</Heading>
      <Text>{parts.join(' · ')}</Text>
      {consoleUrl === null ? null : (
        <Link href={{ url: consoleUrl, external: true }}>{t('console')}</Link>
      )}
    </Flex>
  );
}
