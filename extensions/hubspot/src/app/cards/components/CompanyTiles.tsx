/** How a company is doing, and what its people are expected to spend. */
import { Flex, Heading, ScoreCircle, StatusTag, Text, Tile } from '@hubspot/ui-extensions';
import type { CardReason, CompanyCard } from '../generated/card-contract.ts';
import { money } from '../lib/format.ts';
import { useTranslator } from '../lib/language.ts';
import type { Translator } from '../lib/translate.ts';
import { Column, Small } from './layout.tsx';

interface Props {
  readonly card: CompanyCard;
}

const VARIANTS: Readonly<Record<string, 'success' | 'warning' | 'danger'>> = {
  healthy: 'success',
  watch: 'warning',
  at_risk: 'danger',
};

export function HealthTile({ card: { health, sentiment90d } }: Props) {
  const translator = useTranslator();
  const { t, first, of } = translator;
  return (
    <Tile compact testId="health">
      <Column align="start">
        <Small>{t('health.title')}</Small>
        {health === null ? (
          <Text>{t('health.unknown')}</Text>
        ) : (
          <Flex direction="row" gap="sm" align="center">
            <ScoreCircle score={health.score} />
            <Column align="start">
              <StatusTag variant={VARIANTS[health.band] ?? 'warning'}>
                {of('health', health.band)}
              </StatusTag>
              <Small>{signs(translator, health.reasons)}</Small>
            </Column>
          </Flex>
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

/** How many facts speak for it and how many against. */
function signs({ t }: Translator, reasons: readonly CardReason[]): string {
  const against = reasons.filter((r) => r.effect < 0).length;
  const good = reasons.length - against;
  return reasons.length === 0 ? t('health.plain') : t('health.signs', { good, against });
}

export function WorthTile({ card: { value } }: Props) {
  const translator = useTranslator();
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
