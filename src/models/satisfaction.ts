/** What goes together with satisfied customers: a regression of survey ratings on how the case before them was served. */

import { type CaseService, caseService } from '../features/case-service.ts';
import type { ContactFacts } from '../features/facts.ts';
import { DAY_MS } from '../features/facts.ts';
import type { Frame } from '../ml/frame.ts';
import { LinearRegression } from '../ml/linear/linear-regression.ts';
import { welchAnova } from '../ml/stats/anova.ts';
import { omegaSquared } from '../ml/stats/effect-size.ts';
import { benjaminiHochberg } from '../ml/stats/multiple-testing.ts';
import { significant } from './numbers.ts';

/** A case counts for a survey answer that came within this many days after it was opened. */
export const SURVEY_WINDOW_DAYS = 60;
/** Answers a column needs; fewer would fit noise. */
const ROWS_PER_COLUMN = 10;
/** Smallest group of a comparison. */
const MIN_GROUP = 8;

/** One survey answer with the case it is most likely about. `rating` is 0–10. */
export interface RatedCase {
  readonly rating: number;
  readonly service: CaseService;
}

/** One factor, all others held fixed: "associated with", never "causes". */
export interface Driver {
  readonly code: DriverCode;
  /** Rating points per unit: a doubling of hours (plus one), one touch, yes instead of no. */
  readonly estimate: number;
  /** 95 % interval. */
  readonly low: number;
  readonly high: number;
  readonly p: number;
  /** Benjamini and Hochberg's over all factors. */
  readonly q: number;
  /** Variance inflation; above 5 the factor repeats others. */
  readonly vif: number;
}
export const DRIVER_CODES = [
  'first_response_doubling',
  'resolution_doubling',
  'unanswered',
  'unresolved',
  'touches',
  'reopened',
] as const;
export type DriverCode = (typeof DRIVER_CODES)[number];

export interface GroupComparison {
  readonly by: 'channel' | 'topic';
  readonly groups: readonly { readonly name: string; readonly n: number; readonly mean: number }[];
  /** Welch's ANOVA and ω². */
  readonly p: number;
  readonly q: number;
  readonly effect: number;
}

/** Plain data. `drivers` is `null` with too few answers for an honest regression. */
export interface SatisfactionReport {
  readonly answers: number;
  readonly drivers: readonly Driver[] | null;
  readonly r2: number | null;
  readonly comparisons: readonly GroupComparison[];
}

/** The rated cases of one contact: for each answer, the case opened last before it, within the window. */
export function ratedCases(facts: ContactFacts, asOf: Date): RatedCase[] {
  return facts.feedback.flatMap((answer) => {
    if (answer.rating === null || answer.at > asOf) return [];
    const from = answer.at.getTime() - SURVEY_WINDOW_DAYS * DAY_MS;
    const [last] = facts.tickets
      .filter((t) => t.createdAt <= answer.at && t.createdAt.getTime() >= from)
      .sort((a, b) => b.createdAt.getTime() - a.createdAt.getTime());
    const service = last === undefined ? null : caseService(facts, last, answer.at);
    return service === null ? [] : [{ rating: answer.rating, service }];
  });
}

export function satisfaction(rated: readonly RatedCase[]): SatisfactionReport {
  const regression = regress(rated);
  return {
    answers: rated.length,
    drivers: regression?.drivers ?? null,
    r2: regression?.r2 ?? null,
    comparisons: compare(rated),
  };
}

/** A case without hours takes the mean of the others and is told apart by a column of its own. */
function columnsOf(rated: readonly RatedCase[]): Map<DriverCode, number[]> {
  const missing = (of: (s: CaseService) => number | null): number[] =>
    rated.map((r) => (of(r.service) === null ? 1 : 0));
  const hours = (of: (s: CaseService) => number | null): number[] => {
    const logs = rated.map((r) => {
      const known = of(r.service);
      return known === null ? null : Math.log2(1 + known);
    });
    const known = logs.filter((v) => v !== null);
    const mean = known.reduce((a, b) => a + b, 0) / Math.max(1, known.length);
    return logs.map((v) => v ?? mean);
  };
  return new Map([
    ['first_response_doubling', hours((s) => s.firstResponseHours)],
    ['resolution_doubling', hours((s) => s.resolutionHours)],
    ['unanswered', missing((s) => s.firstResponseHours)],
    ['unresolved', missing((s) => s.resolutionHours)],
    ['touches', rated.map((r) => r.service.touches)],
    ['reopened', rated.map((r) => (r.service.reopened ? 1 : 0))],
  ]);
}

function regress(rated: readonly RatedCase[]): { drivers: Driver[]; r2: number } | null {
  const varying = [...columnsOf(rated)].filter(([, values]) => new Set(values).size > 1);
  if (varying.length === 0 || rated.length < ROWS_PER_COLUMN * (varying.length + 1)) return null;
  const columns = varying.map(([code]) => code);
  const data = new Float64Array(rated.length * columns.length);
  varying.forEach(([, values], j) => {
    values.forEach((value, i) => {
      data[i * columns.length + j] = value;
    });
  });
  const x: Frame = { rows: rated.length, cols: columns.length, data, columns };
  const { summary } = new LinearRegression().fit(
    x,
    rated.map((r) => r.rating),
  );
  const q = benjaminiHochberg(summary.coefficients.map((c) => c.p));
  return {
    r2: significant(summary.r2),
    drivers: summary.coefficients.map((c, j) => ({
      code: c.name as DriverCode,
      estimate: significant(c.estimate),
      low: significant(c.low),
      high: significant(c.high),
      p: significant(c.p),
      q: significant(q[j] ?? 1),
      vif: significant(c.vif),
    })),
  };
}

function compare(rated: readonly RatedCase[]): GroupComparison[] {
  const found = (['channel', 'topic'] as const).flatMap((by) => {
    const groups = new Map<string, number[]>();
    for (const { rating, service } of rated) {
      const name = service[by];
      if (name !== null) groups.set(name, [...(groups.get(name) ?? []), rating]);
    }
    const large = [...groups]
      .filter(([, ratings]) => ratings.length >= MIN_GROUP && new Set(ratings).size > 1)
      .sort((a, b) => (a[0] < b[0] ? -1 : 1));
    if (large.length < 2) return [];
    const values = large.map(([, ratings]) => ratings);
    return [
      {
        by,
        groups: large.map(([name, ratings]) => ({
          name,
          n: ratings.length,
          mean: significant(ratings.reduce((a, b) => a + b, 0) / ratings.length),
        })),
        p: welchAnova(values).p,
        effect: significant(omegaSquared(values)),
      },
    ];
  });
  const q = benjaminiHochberg(found.map((f) => f.p));
  return found.map((f, i) => ({ ...f, p: significant(f.p), q: significant(q[i] ?? 1) }));
}
