/** How a company is doing, and what its people are expected to spend. */
import { Heading, StatusTag, Text, Tile } from '@hubspot/ui-extensions';
import type { CompanyCard } from '../generated/card-contract.ts';
import { money } from '../lib/format.ts';
import type { Translator } from '../lib/translate.ts';
import { Column, Small } from './layout.tsx';

interface Props {
  readonly card: CompanyCard;
  readonly translator: Translator;
}

const VARIANTS: Readonly<Record<string, 'success' | 'warning' | 'danger'>> = {
  healthy: 'success',
  watch: 'warning',
  at_risk: 'danger',
};

export function HealthTile({ card: { health, sentiment90d }, translator }: Props) {
  const { t, first, locale } = translator;
  return (
    <Tile compact testId="health">
      <Column align="start">
        <Small>{t('health.title')}</Small>
        {health === null ? (
          <Text>{t('health.unknown')}</Text>
        ) : (
          <>
            <StatusTag variant={VARIANTS[health.band] ?? 'warning'}>
              {first([`health.${health.band}`, 'health.other'])}
            </StatusTag>
            <Small>
              {t('health.points', {
                total: new Intl.NumberFormat(locale, { signDisplay: 'exceptZero' }).format(
                  health.total,
                ),
              })}
            </Small>
          </>
        )}
        {sentiment90d === null ? null : (
          <Text testId="mood">
            {t('mood.line', { mood: first([`mood.${sentiment90d}`, 'mood.neutral']) })}
          </Text>
        )}
      </Column>
    </Tile>
  );
}

export function WorthTile({ card: { value }, translator }: Props) {
  const { t } = translator;
  return (
    <Tile compact testId="worth">
      <Column>
        <Small>{t('worth.title')}</Small>
        {value === null ? (
          <Text>{t('worth.unknown')}</Text>
        ) : (
          <>
            <Heading>{money(translator, value.expected12m, value.currency)}</Heading>
            <Text>{t('worth.expected')}</Text>
            <Small>
              {t('worth.range', {
                low: money(translator, value.low, value.currency),
                high: money(translator, value.high, value.currency),
              })}
            </Small>
          </>
        )}
      </Column>
    </Tile>
  );
}
