/** Has the data moved from what the models were fitted on, and which field: PSI and a chi-square test per field. */
import type { ReachRules } from '../core/channel.ts';
import {
  type FieldValue,
  peopleColumns,
  type StreamRow,
  streams,
  within,
} from '../features/drift-fields.ts';
import { type ContactFacts, DAY_MS } from '../features/facts.ts';
import { logChiSquareTail } from '../ml/stats/distributions.ts';
import { significant } from './numbers.ts';

/** Plain data: one field's distribution at training. */
export interface FieldReference {
  readonly field: string;
  /** `people`: all contacts as they are. `stream`: rows by the time they came. */
  readonly kind: 'people' | 'stream';
  /** Upper edges of the bins of a number; empty for a category. */
  readonly edges: readonly number[];
  /** Categories with a bin of their own; the last two bins are "other" and "missing". */
  readonly labels: readonly string[];
  readonly counts: readonly number[];
  /**
   * What each row adds to χ²/df beyond chance, because the field wanders from week to week: with n
   * rows the statistic is divided by 1 + n·spread.
   */
  readonly spread: number;
}

export interface DriftReference {
  readonly fields: readonly FieldReference[];
}

export interface FieldDrift {
  readonly field: string;
  readonly rows: number;
  /** Days the rows came in; 0 for all contacts as they are. */
  readonly windowDays: number;
  /** Population stability index, without what chance alone gives. */
  readonly psi: number;
  readonly p: number;
  readonly moved: boolean;
}

/** Rows fewer than these cannot show a change of a field. */
const MIN_ROWS = 50;
const WINDOWS = [1, 7, 28];
const REFERENCE_DAYS = 180;
const BINS = 10;
const OWN_BIN_SHARE = 0.01;
/** Usual readings of the PSI: 0.1 a moderate, 0.25 a large change (Siddiqi 2006). */
const PSI_LIMIT = { people: 0.25, stream: 0.1 } as const;
/** False alarms a quarter that all tests of a tenant together may give. */
const BUDGET = 0.25;
const QUARTER_DAYS = 91;

export function driftReference(
  contacts: readonly ContactFacts[],
  rules: Pick<ReachRules, 'defaultTimeZone'>,
  asOf: Date,
): DriftReference {
  const people = peopleColumns(contacts, rules, asOf).flatMap(({ field, values }) =>
    values.length < MIN_ROWS ? [] : [{ ...binned(field, values), kind: 'people' as const }],
  );
  const flows = [...streams(contacts, rules, asOf, REFERENCE_DAYS)].flatMap(([field, rows]) => {
    const values = within(rows, asOf, REFERENCE_DAYS);
    if (values.length < MIN_ROWS) return [];
    const bins = binned(field, values);
    return [{ ...bins, kind: 'stream' as const, spread: spreadOf(bins, rows, asOf) }];
  });
  return { fields: [...people, ...flows] };
}

/**
 * Every field against its reference. A field moved when both its PSI is large and the chi-square
 * test (two samples, its statistic divided by the field's usual overdispersion) rejects at the level
 * that spends the budget evenly over fields and days (Bonferroni). A stream is tested on the
 * shortest of the last 1, 7 and 28 days that has 50 rows.
 */
export function checkDrift(
  reference: DriftReference,
  contacts: readonly ContactFacts[],
  rules: Pick<ReachRules, 'defaultTimeZone'>,
  asOf: Date,
): FieldDrift[] {
  const people = new Map(peopleColumns(contacts, rules, asOf).map((c) => [c.field, c.values]));
  const flows = streams(contacts, rules, asOf, Math.max(...WINDOWS));
  const logLevel = Math.log(BUDGET / (QUARTER_DAYS * Math.max(1, reference.fields.length)));
  return reference.fields.flatMap((known) => {
    const rows = flows.get(known.field) ?? [];
    const [windowDays, values] =
      known.kind === 'people'
        ? ([0, people.get(known.field) ?? contacts.map(() => null)] as const)
        : shortest(rows, asOf);
    if (values.length < MIN_ROWS) return [];
    const counts = count(known, values);
    const psi = stability(known.counts, counts);
    const logP = twoSamples(known.counts, counts, 1 + values.length * known.spread);
    return [
      {
        field: known.field,
        rows: values.length,
        windowDays,
        psi: significant(psi, 3),
        p: significant(Math.exp(logP), 3),
        moved: psi >= PSI_LIMIT[known.kind] && logP < logLevel,
      },
    ];
  });
}

function shortest(rows: readonly StreamRow[], asOf: Date): readonly [number, FieldValue[]] {
  for (const days of WINDOWS) {
    const values = within(rows, asOf, days);
    if (values.length >= MIN_ROWS) return [days, values];
  }
  return [0, []];
}

/** Deciles of a number, or the commonest categories. */
function binned(field: string, values: readonly FieldValue[]): Omit<FieldReference, 'kind'> {
  const numbers = values.filter((v): v is number => typeof v === 'number').sort((a, b) => a - b);
  const edges =
    numbers.length === 0
      ? []
      : [
          ...new Set(
            Array.from({ length: BINS - 1 }, (_, k) =>
              significant(numbers[Math.floor(((k + 1) * numbers.length) / BINS)] ?? 0),
            ),
          ),
        ];
  const tally = new Map<string, number>();
  for (const v of values) if (typeof v === 'string') tally.set(v, (tally.get(v) ?? 0) + 1);
  const labels = [...tally]
    .filter(([, n]) => n / values.length >= OWN_BIN_SHARE)
    .map(([label]) => label)
    .sort();
  const bins = { field, edges, labels, counts: [], spread: 0 };
  return { ...bins, counts: count(bins, values) };
}

type Bins = Pick<FieldReference, 'edges' | 'labels'>;

/** Bins of numbers, then of labels, then "other", then "missing". */
function count({ edges, labels }: Bins, values: readonly FieldValue[]): number[] {
  const numeric = edges.length === 0 ? 0 : edges.length + 1;
  const counts = new Array<number>(numeric + labels.length + 2).fill(0);
  const at = new Map(labels.map((label, i) => [label, numeric + i]));
  for (const value of values) {
    let bin = counts.length - 1;
    if (typeof value === 'string') bin = at.get(value) ?? counts.length - 2;
    else if (value !== null && numeric > 0) {
      const edge = edges.findIndex((e) => value <= e);
      bin = edge < 0 ? edges.length : edge;
    }
    counts[bin] = (counts[bin] ?? 0) + 1;
  }
  return counts;
}

const total = (counts: readonly number[]): number => counts.reduce((a, b) => a + b, 0);

/** Σ (q − p)·ln(q / p), half a row added to each bin, less its expectation under no change. */
function stability(reference: readonly number[], current: readonly number[]): number {
  const used = reference.map((n, j) => n + (current[j] ?? 0) > 0);
  const bins = used.filter(Boolean).length;
  const n = total(reference) + bins / 2;
  const m = total(current) + bins / 2;
  let sum = 0;
  reference.forEach((count, j) => {
    if (!used[j]) return;
    const p = (count + 0.5) / n;
    const q = ((current[j] ?? 0) + 0.5) / m;
    sum += (q - p) * Math.log(q / p);
  });
  return Math.max(0, sum - (bins - 1) * (1 / n + 1 / m));
}

/** ln p of Pearson's two-sample statistic over `inflation`. */
function twoSamples(
  reference: readonly number[],
  current: readonly number[],
  inflation: number,
): number {
  const { chi2, df } = pearson(reference, current);
  return df < 1 ? 0 : logChiSquareTail(chi2 / inflation, df);
}

function pearson(a: readonly number[], b: readonly number[]): { chi2: number; df: number } {
  const n = total(a);
  const m = total(b);
  let chi2 = 0;
  let df = -1;
  a.forEach((x, j) => {
    const y = b[j] ?? 0;
    if (x + y === 0) return;
    df++;
    chi2 += (Math.sqrt(m / n) * x - Math.sqrt(n / m) * y) ** 2 / (x + y);
  });
  return { chi2, df };
}

const WEEK_MS = 7 * DAY_MS;

/**
 * Mean of (χ²/df − 1) / n over the weeks of the reference, each against all others: a moment estimate
 * of the variance between weeks. 0 for a field that only chance moves.
 */
function spreadOf(bins: Bins, rows: readonly StreamRow[], asOf: Date): number {
  const to = asOf.getTime();
  const weeks = new Map<number, FieldValue[]>();
  for (const { at, value } of rows) {
    const age = to - at;
    if (age < 0 || age >= REFERENCE_DAYS * DAY_MS) continue;
    const week = Math.floor(age / WEEK_MS);
    const known = weeks.get(week);
    if (known === undefined) weeks.set(week, [value]);
    else known.push(value);
  }
  const whole = count(bins, [...weeks.values()].flat());
  const ratios = [...weeks.values()]
    .filter((values) => values.length >= MIN_ROWS)
    .flatMap((values) => {
      const own = count(bins, values);
      const others = whole.map((n, j) => n - (own[j] ?? 0));
      if (total(others) === 0) return [];
      const { chi2, df } = pearson(others, own);
      return df < 1 ? [] : [(chi2 / df - 1) / values.length];
    });
  if (ratios.length === 0) return 0;
  return significant(Math.max(0, ratios.reduce((a, b) => a + b, 0) / ratios.length), 4);
}
