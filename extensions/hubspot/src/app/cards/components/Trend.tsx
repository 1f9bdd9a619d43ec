/** The chance of churn month by month, closed until asked for, with the same numbers in words. */
import { Accordion, LineChart } from '@hubspot/ui-extensions';
import type { ContactCard } from '../generated/card-contract.ts';
import { percent } from '../lib/format.ts';
import { useTranslator } from '../lib/language.ts';
import { Small } from './layout.tsx';

interface Props {
  readonly trend: ContactCard['trend'];
}

export function Trend({ trend }: Props) {
  const { t } = useTranslator();
  const data = trend.flatMap(({ month, churn }) =>
    churn === null ? [] : [{ month, churn: percent(churn) }],
  );
  if (data.length < 2) return null;
  return (
    <Accordion title={t('trend')} size="sm" testId="trend">
      <LineChart
        data={data}
        axes={{
          x: { field: 'month', fieldType: 'category' },
          y: { field: 'churn', fieldType: 'linear', label: '%' },
        }}
        options={{ title: t('trend') }}
      />
      <Small>{data.map(({ month, churn }) => `${month}: ${churn}%`).join(' · ')}</Small>
    </Accordion>
  );
}
