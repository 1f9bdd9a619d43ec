/** What this customer is expected to spend, its range, and the segment they belong to. */
import { Box, Flex, Heading, Tag, Text, Tile } from '@hubspot/ui-extensions';
import type { ContactCard } from '../generated/card-contract.ts';
import { reason, segmentName, segmentReasons } from '../lib/describe.ts';
import { money } from '../lib/format.ts';
import type { Translator } from '../lib/translate.ts';

interface Props {
  readonly card: ContactCard;
  readonly translator: Translator;
}

export function ValueTile({ card: { value, segment }, translator }: Props) {
  const { t, first } = translator;
  const amount = (n: number) => money(translator, n, value?.currency ?? 'EUR');
  return (
    <Tile compact testId="value">
      <Flex direction="column" gap="xs">
        <Text variant="microcopy">{t('value.title')}</Text>
        {value === null ? (
          <Text>{t('value.unknown')}</Text>
        ) : (
          <>
            <Heading>{amount(value.expected12m)}</Heading>
            <Text>{t('value.expected')}</Text>
            <Text variant="microcopy">
              {t('value.range', { low: amount(value.low), high: amount(value.high) })}
            </Text>
          </>
        )}
        {value === null ? null : (
          <Box>
            <Tag>{first([`value.band.${value.band}`, 'value.band.other'])}</Tag>
          </Box>
        )}
        {segment === null ? null : (
          <>
            <Text testId="segment" format={{ fontWeight: 'demibold' }}>
              {segmentName(translator, segment.id, segment.code)}
            </Text>
            {segmentReasons(segment.reasons).map((item) => (
              <Text key={reason(translator, item)} variant="microcopy">
                {reason(translator, item)}
              </Text>
            ))}
          </>
        )}
      </Flex>
    </Tile>
  );
}
