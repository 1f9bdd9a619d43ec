/** Does the advice help, and which channels are answered in which segment. */
import { Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { segmentName } from '../../../hubspot/src/app/cards/lib/describe.ts';
import { createTranslator } from '../../../hubspot/src/app/cards/lib/translate.ts';
import { reach } from '../../../hubspot/src/app/cards/words/reach.ts';
import { segments as segmentWords } from '../../../hubspot/src/app/cards/words/segments.ts';
import { Figures } from './Figures.tsx';
import { useConsoleLanguage } from './language.ts';
import {
  type Comparison,
  type PolicyReport,
  points,
  readResults,
  readSegments,
  type SegmentRates,
  share,
  type TenantResults,
} from './results.ts';
import { Service } from './Service.tsx';

const POLL_MS = 15_000;

export function Results({ tenantId }: { readonly tenantId: string }) {
  const { t } = useConsoleLanguage();
  const { data } = useQuery({
    queryKey: ['results'],
    queryFn: readResults,
    refetchInterval: POLL_MS,
  });
  const own = data?.find((r) => r.id === tenantId);
  return (
    <div>
      <Title order={3} size="h5">
        {t('results')}
      </Title>
      {own?.policy ? (
        <Policy policy={own.policy} />
      ) : (
        <Text size="sm">{t('results.tooLittle')}</Text>
      )}
      {own === undefined ? null : <Uplift results={own} />}
      {own === undefined ? null : <Offers offers={own.offers} />}
      {own?.effectiveness ? (
        <Effectiveness tenantId={tenantId} segments={own.effectiveness.segments} />
      ) : null}
      {own ? <Service kpis={own.kpis} satisfaction={own.satisfaction} /> : null}
    </div>
  );
}

function Policy({ policy }: { readonly policy: PolicyReport }) {
  const { t, word, locale } = useConsoleLanguage();
  const number = new Intl.NumberFormat(locale);
  const single = t('results.single', { channel: word('channel.', policy.bestSingle) });
  const rows = [
    { name: t('results.reps'), value: share(policy.logged), estimate: null },
    {
      name: t('results.advice'),
      value: share(policy.recommended.dr),
      estimate: policy.recommended,
    },
    { name: single, value: share(policy.single.dr), estimate: policy.single },
  ];
  return (
    <>
      <Verdict name={t('results.versusReps')} comparison={policy.versusLogged} />
      <Verdict name={t('results.versusSingle')} comparison={policy.versusSingle} />
      <Text size="sm" c="dimmed" mb={6}>
        {t('results.basis', {
          touches: number.format(policy.touches),
          contacts: number.format(policy.contacts),
        })}
      </Text>
      <Figures
        label={t('results')}
        heads={[
          t('results.policy'),
          t('results.rate'),
          'IPS',
          'SNIPS',
          t('results.worth'),
          t('results.overlap'),
        ]}
        rows={rows.map(({ name, value, estimate }) => [
          name,
          value,
          estimate === null ? '—' : share(estimate.ips),
          estimate === null ? '—' : share(estimate.snips),
          estimate === null ? '—' : number.format(Math.round(estimate.effectiveTouches)),
          estimate === null ? '—' : word('overlap.', estimate.overlap),
        ])}
      />
    </>
  );
}

function Verdict({ name, comparison }: { readonly name: string; readonly comparison: Comparison }) {
  const { t, word } = useConsoleLanguage();
  const { difference, verdict, doubt } = comparison;
  return (
    <Text size="sm">
      {t('results.verdict', {
        name,
        verdict: word('verdict.', verdict),
        points: points(difference),
        doubt: doubt === null ? '' : word('doubt.', doubt),
      })}
    </Text>
  );
}

function Uplift({ results: { holdoutShare, uplift } }: { readonly results: TenantResults }) {
  const { t, word } = useConsoleLanguage();
  return (
    <>
      <Title order={4} size="h6" mt={12} mb={6}>
        {t('results.uplift')}
      </Title>
      <Text size="sm">{t('results.holdout', { share: Math.round(holdoutShare * 100) })}</Text>
      {uplift === null ? (
        <Text size="sm">{t('results.noMonth')}</Text>
      ) : (
        <>
          <Text size="sm">
            {t('results.overall', {
              verdict: word('verdict.', uplift.verdict),
              points: points(uplift.overall),
            })}
          </Text>
          <Figures
            label={t('results.uplift')}
            heads={[
              t('results.month'),
              t('results.shown'),
              t('results.heldOut'),
              t('results.difference'),
            ]}
            rows={uplift.months.map(({ period, shown, holdout, difference }) => [
              period,
              `${shown.replied}/${shown.people}`,
              `${holdout.replied}/${holdout.people}`,
              points(difference),
            ])}
          />
        </>
      )}
    </>
  );
}

function Offers({ offers }: { readonly offers: TenantResults['offers'] }) {
  const { t } = useConsoleLanguage();
  const held = offers?.heldOut ?? null;
  const percent = (value: number): string => `${(100 * value).toFixed(1)}%`;
  return (
    <>
      <Title order={4} size="h6" mt={12} mb={6}>
        {t('results.offers')}
      </Title>
      <Text size="sm">
        {offers === null
          ? t('results.offers.few')
          : t('results.offers.rules', { rules: offers.rules, purchases: offers.purchases })}
      </Text>
      {held === null ? null : (
        <Text size="sm">
          {t('results.offers.hit', {
            rules: percent(held.rules),
            popularity: percent(held.popularity),
            low: percent(held.low),
            high: percent(held.high),
            n: held.n,
            verdict: t(held.low > 0 ? 'results.offers.better' : 'results.offers.notBetter'),
          })}
        </Text>
      )}
    </>
  );
}

interface EffectivenessProps {
  readonly tenantId: string;
  readonly segments: readonly SegmentRates[];
}

function Effectiveness({ tenantId, segments }: EffectivenessProps) {
  const { t, word, locale } = useConsoleLanguage();
  const { data: named = [] } = useQuery({
    queryKey: ['segments', tenantId],
    queryFn: () => readSegments(tenantId),
  });
  const translator = createTranslator(locale, [segmentWords, reach]);
  const nameOf = (id: string) => {
    const segment = named.find((s) => s.id === id);
    return segment?.name ?? segmentName(translator, id, segment?.code ?? id);
  };
  return (
    <>
      <Title order={4} size="h6" mt={12} mb={6}>
        {t('results.bySegment')}
      </Title>
      <Figures
        label={t('results.bySegment')}
        heads={[t('results.segment'), t('results.answered'), t('results.differ')]}
        rows={segments.map((segment) => [
          nameOf(segment.id),
          segment.channels
            .map(
              (c) =>
                `${word('channel.', c.channel)} ${c.answered}/${c.tried}, ${share({ ...c, estimate: c.rate })}`,
            )
            .join(' · '),
          segment.test === null
            ? t('tooLittle')
            : t(segment.test.q <= 0.05 ? 'results.differs' : 'results.alike', {
                q: segment.test.q.toPrecision(2),
                effect: segment.test.effect.toFixed(2),
              }),
        ])}
      />
      <Text size="sm" c="dimmed">
        {t('results.noCause')}
      </Text>
    </>
  );
}
