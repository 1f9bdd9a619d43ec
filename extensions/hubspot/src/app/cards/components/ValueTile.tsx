/** What this customer is expected to spend, its range, and the segment they belong to. */
import { Heading, Tag, Text, Tile } from '@hubspot/ui-extensions';
import type { ContactCard } from '../generated/card-contract.ts';
import { listed, reason, segmentName, segmentReasons, topReasons } from '../lib/describe.ts';
import { money, percent } from '../lib/format.ts';
import { useTranslator } from '../lib/language.ts';
import { Column, Small } from './layout.tsx';

interface Props {
  readonly card: ContactCard;
}

export function ValueTile({ card: { value, risk, segment } }: Props) {
  const translator = useTranslator();
  const { t, of } = translator;
  const currency = value === null ? 'EUR' : value.currency;
  const amount = (n: number) => money(translator, n, currency);
  return (
    <Tile compact testId="value">
      <Column align="start">
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
        {value === null ? null : <Tag>{of('value.band', value.band)}</Tag>}
        <Risk risk={risk} currency={currency} />
        {segment === null ? null : (
          <>
            <Text testId="segment" format={{ fontWeight: 'demibold' }}>
              {segment.name ?? segmentName(translator, segment.id, segment.code)}
            </Text>
            {segmentReasons(segment.reasons).map((item) => (
              <Small key={reason(translator, item)}>{reason(translator, item, currency)}</Small>
            ))}
          </>
        )}
      </Column>
    </Tile>
  );
}

interface RiskProps {
  readonly risk: ContactCard['risk'];
  readonly currency: string;
}

/** Chance of falling silent beside the usual rate, what moved since last month, and one reason. */
function Risk({ risk, currency }: RiskProps) {
  const translator = useTranslator();
  const { t, of } = translator;
  if (risk === null) return <Small>{t('risk.unknown')}</Small>;
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
      <Text>{listed(translator, points === null ? [said] : [said, moved(points)])}</Text>
      <Tag variant={risk.band === 'normal' ? 'default' : 'warning'}>
        {of('risk.band', risk.band)}
      </Tag>
      {topReasons(risk.reasons, 2).map((item) => (
        <Small key={`${item.code}:${item.effect}`}>{reason(translator, item, currency)}</Small>
      ))}
    </>
  );
}
