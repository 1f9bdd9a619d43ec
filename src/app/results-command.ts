/** `rapport results`: does the advice help, and which channels are answered in which segment. */
import { Command } from 'commander';
import { readResults, type TenantResults } from '../flows/results.ts';
import type { Bounds, Comparison, PolicyReport } from '../models/policy-value.ts';
import { ask } from './ask.ts';
import type { Config } from './config.ts';
import type { Closers } from './shutdown.ts';

export const resultsCommand = (
  config: () => Config,
  once: (work: (closers: Closers) => Promise<void>) => Promise<void>,
): Command =>
  new Command('results')
    .description('does the advice help; reply rates by segment and channel')
    .option('--json', 'print one JSON object')
    .action((options: { json?: boolean }) =>
      once(async (closers) => {
        const results = await ask(config(), closers, { path: '/api/results' }, readResults);
        console.log(options.json ? JSON.stringify(results) : printResults(results.tenants));
      }),
    );

export function printResults(tenants: readonly TenantResults[]): string {
  if (tenants.length === 0) return 'No account is connected yet.';
  return tenants.map(describe).join('\n\n');
}

const percent = (value: number | null): string =>
  value === null ? 'unknown' : `${(100 * value).toFixed(1)} %`;
const shown = ({ estimate, low, high }: Bounds): string =>
  `${percent(estimate)} (${percent(low)} to ${percent(high)})`;

const describe = (t: TenantResults): string =>
  [
    `${t.id} (${t.name})${t.model === null ? ': not trained yet' : `, model ${t.model.version}`}`,
    ...(t.policy === null ? ['  too few touches to judge the advice'] : policyLines(t.policy)),
    ...upliftLines(t),
    ...offerLines(t.offers),
    ...serviceLines(t),
    ...(t.effectiveness?.segments ?? []).flatMap((segment) => [
      `  ${segment.id}${segment.id === segment.code ? '' : ` (${segment.code.replaceAll('+', ', ').replaceAll('_', ' ')})`}`,
      ...segment.channels.map(
        (c) =>
          `    ${c.channel.padEnd(10)}${c.answered} of ${c.tried}, ${shown({ ...c, estimate: c.rate })}`,
      ),
      segment.test === null
        ? '    too few touches to compare the channels'
        : `    channels differ: q ${segment.test.q}, Cramér's V ${segment.test.effect}`,
    ]),
  ].join('\n');

const policyLines = (p: PolicyReport): string[] => [
  `  judged on    ${p.touches} later touches of ${p.contacts} contacts`,
  `  reps         ${shown(p.logged)} answered`,
  `  advice       ${shown(p.recommended.dr)} estimated; worth ${Math.round(p.recommended.effectiveTouches)} touches, overlap ${p.recommended.overlap}`,
  `  always ${p.bestSingle.padEnd(8)}${shown(p.single.dr)} estimated; worth ${Math.round(p.single.effectiveTouches)} touches, overlap ${p.single.overlap}`,
  `  advice against reps: ${compared(p.versusLogged)}`,
  `  advice against always ${p.bestSingle}: ${compared(p.versusSingle)}`,
];

function upliftLines({ uplift, holdoutShare }: TenantResults): string[] {
  const held = `  holdout      ${percent(holdoutShare)} of contacts are scored but shown no advice`;
  if (uplift === null) return [held, '  uplift       known once a month is over'];
  return [
    held,
    ...uplift.months.map(
      ({ period, shown: s, holdout: h, difference }) =>
        `  ${period}      ${s.replied} of ${s.people} shown replied, ${h.replied} of ${h.people} held out: ${shown(difference)}`,
    ),
    `  uplift       ${shown(uplift.overall)}: ${VERDICT[uplift.verdict]}; valid at every look`,
  ];
}

function offerLines(offers: TenantResults['offers']): string[] {
  if (offers === null) return ['  next offer   too few purchases of articles with a SKU'];
  const { heldOut, needs } = offers;
  return [
    `  next offer   ${offers.rules} rules from ${offers.purchases} purchases`,
    heldOut === null
      ? '               too few later purchases to judge them'
      : `               one of five proposals was bought next in ${percent(heldOut.rules)}, by popularity in ${percent(heldOut.popularity)}; difference ${percent(heldOut.low)} to ${percent(heldOut.high)}, n = ${heldOut.n}: ${heldOut.low > 0 ? 'better than popularity' : 'not better than popularity'}`,
    ...(needs === null ? [] : [needsLine(needs)]),
  ];
}

function needsLine({
  chosen,
  test,
  later,
}: NonNullable<NonNullable<TenantResults['offers']>['needs']>) {
  const { estimate, low, high } = later.difference;
  const figures = `log-loss ${later.logLoss} against ${later.popularity} (difference ${estimate}, ${low} to ${high})`;
  return `               needs: ${chosen} is ${later.verdict === 'better' ? 'better' : 'not better'} than the usual rate on ${test} later articles: ${figures}`;
}

const KPIS: Readonly<Record<string, string>> = {
  first_response_hours: 'first response, hours (median)',
  resolution_hours: 'resolution, hours (median)',
  follow_up_on_time: 'answered on time',
  reply_rate: 'customers who replied',
  conversion: 'deals won of those closed',
  csat: 'satisfied customers (CSAT)',
  nps: 'net promoter score',
};
const DRIVERS: Readonly<Record<string, string>> = {
  first_response_doubling: 'first response takes twice as long',
  resolution_doubling: 'resolution takes twice as long',
  unanswered: 'never answered',
  unresolved: 'not resolved',
  touches: 'one touch more',
  reopened: 'reopened',
};

function serviceLines({ kpis, satisfaction }: TenantResults): string[] {
  const figure = (code: string, value: number | null): string =>
    value === null
      ? 'unknown'
      : code === 'nps' || code.endsWith('_hours')
        ? value.toFixed(1)
        : percent(value);
  const drivers = satisfaction?.drivers ?? [];
  return [
    ...(kpis?.all ?? []).map(
      ({ code, value, low, high, n }) =>
        `  ${(KPIS[code] ?? code).padEnd(32)}${figure(code, value)} (${figure(code, low)} to ${figure(code, high)}), n = ${n}`,
    ),
    ...(drivers.length === 0
      ? []
      : [
          '  goes together with the rating, points of 10, the other factors held fixed; no proof of a cause',
        ]),
    ...drivers.map(
      (d) =>
        `    ${(DRIVERS[d.code] ?? d.code).padEnd(38)}${d.estimate.toFixed(2)} (${d.low.toFixed(2)} to ${d.high.toFixed(2)}), q ${d.q.toPrecision(2)}`,
    ),
  ];
}

const VERDICT = {
  helps: 'it helps',
  hurts: 'it does worse',
  cannot_tell: 'we cannot tell yet',
} as const;
const DOUBT = {
  few: 'too few touches',
  overlap: 'reps hardly ever did what is advised',
  interval: 'no difference is inside the interval',
} as const;

const compared = ({ difference, verdict, doubt }: Comparison): string =>
  `${shown(difference)}: ${VERDICT[verdict]}${doubt === null ? '' : `, ${DOUBT[doubt]}`}`;
