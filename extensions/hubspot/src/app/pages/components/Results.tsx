/** Whether the advice helps, in a sentence with its interval. */
import { Flex, Heading, Text } from '@hubspot/ui-extensions';
import type { TeamPage } from '../generated/team-contract.ts';
import { percent } from '../generated/words.ts';
import type { PageWords } from '../TeamPage.tsx';
import { basis } from './Figures.tsx';

interface Props {
  readonly results: NonNullable<TeamPage['results']>;
  readonly words: PageWords;
}

/** Percentage points with their sign. */
function points(share: number | null): string {
  if (share === null) return '?';
  const text = (Math.abs(share) * 100).toFixed(1);
  return share < 0 ? `−${text}` : `+${text}`;
}

export function Results({ results, words }: Props) {
  const { t } = words;
  const { uplift, holdoutShare, onTime } = results;
  const said =
    uplift !== null
      ? t(`results.${uplift.verdict}`, {
          points:
            uplift.verdict === 'cannot_tell'
              ? points(uplift.estimate)
              : (Math.abs(uplift.estimate) * 100).toFixed(1),
          low: points(uplift.low),
          high: points(uplift.high),
        })
      : holdoutShare > 0
        ? t('results.none', { share: percent(holdoutShare) })
        : t('results.off');
  return (
    <Flex direction="column" gap="xs" testId="results">
      <Heading>{t('results.title')}</Heading>
      <Text>{said}</Text>
      {onTime === null ? null : (
        <Text variant="microcopy">
          {`${t('results.ontime', { rate: percent(onTime.value) })} · ${basis(onTime, words)}`}
        </Text>
      )}
    </Flex>
  );
}
