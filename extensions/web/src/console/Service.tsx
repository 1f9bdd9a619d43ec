/** How customers are served: the figures of the last 90 days, and what goes together with their ratings. */
import { Text, Title } from '@mantine/core';
import { Figures } from './Figures.tsx';
import { useConsoleLanguage } from './language.ts';
import type { Kpi, KpiReport, SatisfactionReport } from './service.ts';

interface Props {
  readonly kpis: KpiReport | null;
  readonly satisfaction: SatisfactionReport | null;
}

export function Service({ kpis, satisfaction }: Props) {
  const { t, word, locale } = useConsoleLanguage();
  const number = (value: number | null, digits = 1): string =>
    value === null
      ? t('unknown')
      : new Intl.NumberFormat(locale, { maximumFractionDigits: digits }).format(value);
  const percent = new Intl.NumberFormat(locale, { style: 'percent' });
  const shown = (kpi: Kpi, value: number | null): string =>
    value !== null && isShare(kpi) ? percent.format(value) : number(value);
  return (
    <>
      <Title order={4} size="h6" mt={12} mb={6}>
        {t('service')}
      </Title>
      {kpis === null || kpis.all.length === 0 ? (
        <Text size="sm">{t('tooLittle')}</Text>
      ) : (
        <Figures
          label={t('service')}
          heads={[t('service.figure'), t('service.value'), 'n', t('service.before')]}
          rows={kpis.all.map((kpi) => [
            word('kpi.', kpi.code),
            `${shown(kpi, kpi.value)} (${shown(kpi, kpi.low)}–${shown(kpi, kpi.high)})`,
            number(kpi.n, 0),
            kpi.before === null ? '—' : `${shown(kpi, kpi.before.value)} · n = ${kpi.before.n}`,
          ])}
        />
      )}
      <Title order={4} size="h6" mt={12} mb={6}>
        {t('drivers')}
      </Title>
      {satisfaction?.drivers ? (
        <>
          <Figures
            label={t('drivers')}
            heads={[t('drivers.factor'), t('drivers.points'), 'q', 'VIF']}
            rows={satisfaction.drivers.map((d) => [
              word('driver.', d.code),
              `${number(d.estimate, 2)} (${number(d.low, 2)} … ${number(d.high, 2)})`,
              d.q.toPrecision(2),
              number(d.vif, 1),
            ])}
          />
          <Text size="sm" c="dimmed">
            {t('drivers.noCause', { n: number(satisfaction.answers, 0) })}
          </Text>
        </>
      ) : (
        <Text size="sm">{t('drivers.tooFew', { n: number(satisfaction?.answers ?? 0, 0) })}</Text>
      )}
    </>
  );
}

const isShare = ({ code }: Kpi): boolean => code !== 'nps' && !code.endsWith('_hours');
