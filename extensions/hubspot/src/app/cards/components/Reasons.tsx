/** Why this advice: at most three counted reasons, those that raise first. */
import { Flex, Heading, Icon, Text } from '@hubspot/ui-extensions';
import type { CardReason } from '../generated/card-contract.ts';
import { reason, topReasons } from '../lib/describe.ts';
import { useTranslator } from '../lib/language.ts';
import { Column } from './layout.tsx';

interface Props {
  readonly reasons: readonly CardReason[];
  readonly count?: number;
  /** ISO 4217, for reasons about money. */
  readonly currency?: string;
}

export function Reasons({ reasons, count = 3, currency }: Props) {
  const translator = useTranslator();
  const { t } = translator;
  if (reasons.length === 0) return null;
  return (
    <Column testId="why">
      <Heading>{t('why.title')}</Heading>
      {topReasons(reasons, count).map((item) => (
        <Flex key={`${item.code}:${item.effect}`} direction="row" gap="xs" align="center">
          {item.effect < 0 ? (
            <Icon name="downCarat" color="alert" size="sm" screenReaderText={t('why.lowers')} />
          ) : (
            <Icon name="upCarat" color="success" size="sm" screenReaderText={t('why.raises')} />
          )}
          <Text>{reason(translator, item, currency)}</Text>
        </Flex>
      ))}
    </Column>
  );
}
