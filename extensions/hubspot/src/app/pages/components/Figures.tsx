/** The figures of the team, each with its count. */
import { Flex, Statistics, StatisticsItem, Text } from '@hubspot/ui-extensions';
import type { TeamPage, TeamRate } from '../generated/team-contract.ts';
import { percent } from '../generated/words.ts';
import type { PageWords } from '../TeamPage.tsx';

interface Props {
  readonly figures: NonNullable<TeamPage['statistics']>;
  readonly words: PageWords;
}

export function Figures({ figures, words }: Props) {
  const { t, count } = words;
  const { contacts, scored, replies, open, overdue } = figures;
  return (
    <Flex direction="column" gap="xs" testId="figures">
      <Statistics>
        <StatisticsItem label={t('stat.scored')} number={count(scored)}>
          <Text variant="microcopy">{t('stat.scored.of', { n: count(contacts) })}</Text>
        </StatisticsItem>
        <StatisticsItem
          label={t('stat.replies')}
          number={replies === null ? '–' : `${percent(replies.value)}%`}
        >
          <Text variant="microcopy">{basis(replies, words)}</Text>
        </StatisticsItem>
        <StatisticsItem label={t('stat.open')} number={count(open)} />
        <StatisticsItem label={t('stat.overdue')} number={count(overdue)} />
      </Statistics>
    </Flex>
  );
}

/** What a rate rests on. */
export function basis(rate: TeamRate | null, { t, count }: PageWords): string {
  if (rate === null) return t('rate.none');
  const { low, high, n, days } = rate;
  return low === null || high === null
    ? t('rate.bare', { n: count(n), days })
    : t('rate.of', { low: percent(low), high: percent(high), n: count(n), days });
}
