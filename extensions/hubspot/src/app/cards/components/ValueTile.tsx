/** What this customer is expected to spend, its range, and the segment they belong to. */
import { Box, Heading, Tag, Text, Tile } from '@hubspot/ui-extensions';
import type { ContactCard } from '../generated/card-contract.ts';
import { listed, reason, segmentName, segmentReasons, topReasons } from '../lib/describe.ts';
import { money } from '../lib/format.ts';
import type { Translator } from '../lib/translate.ts';
import { Column, Small } from './layout.tsx';

interface Props {
  readonly card: ContactCard;
  readonly translator: Translator;
}

export function ValueTile({ card: { value, risk, segment }, translator }: Props) {
  const { t, first } = translator;
  const amount = (n: number) => money(translator, n, value?.currency ?? 'EUR');
  return (
    <Tile compact testId="value">
      <Column>
        <Small>{t('value.title')}</Small>
        {value === null ? (
          <Text>{t('value.unknown')}</Text>
        ) : (
          <>
            <Heading>{amount(value.expected12m)}</Heading>
            <Text>{t('value.expected')}</Text>
            <Small>{t('value.range', { low: amount(value.low), high: amount(value.high) })}</Small>
          </>
        )}
        {value === null ? null : (
          <Box>
            <Tag>{first([`value.band.${value.band}`, 'value.band.other'])}</Tag>
          </Box>
        )}
        <Risk risk={risk} translator={translator} currency={value?.currency} />
        {segment === null ? null : (
          <>
            <Text testId="segment" format={{ fontWeight: 'demibold' }}>
              {segment.name ?? segmentName(translator, segment.id, segment.code)}
            </Text>
            {segmentReasons(segment.reasons).map((item) => (
              <Small key={reason(translator, item)}>
                {reason(translator, item, value?.currency)}
              </Small>
            ))}
          </>
        )}
      </Column>
    </Tile>
  );
}

interface RiskProps {
  readonly risk: ContactCard['risk'];
  readonly translator: Translator;
  readonly currency: string | undefined;
}

/** Chance of falling silent beside the usual rate, what moved since last month, and one reason. */
function Risk({ risk, translator, currency }: RiskProps) {
  const { t, first } = translator;
  if (risk === null) return <Small>{t('risk.unknown')}</Small>;
  const percent = (p: number) => Math.round(100 * p);
  const points = risk.change === null ? null : percent(risk.change);
  const said = t('risk.chance', {
    days: risk.days,
    chance: percent(risk.chance),
    usual: percent(risk.usual),
  });
  const moved = (n: number) =>
    n === 0 ? t('risk.same') : t(n > 0 ? 'risk.up' : 'risk.down', { points: Math.abs(n) });
  return (
    <>
      <Text testId="risk">
        {listed(translator, points === null ? [said] : [said, moved(points)])}
      </Text>
      <Box>
        <Tag variant={risk.band === 'normal' ? 'default' : 'warning'}>
          {first([`risk.band.${risk.band}`, 'risk.band.other'])}
        </Tag>
      </Box>
      {topReasons(risk.reasons, 2).map((item) => (
        <Small key={`${item.code}:${item.effect}`}>{reason(translator, item, currency)}</Small>
      ))}
    </>
  );
}
