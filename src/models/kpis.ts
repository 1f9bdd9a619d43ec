/** The figures a service or sales lead watches, each with its count, interval and change against the quarter before. */
import type { BusinessTime } from '../core/business-time.ts';
import { DEFAULT_SERVICE_RULES } from '../core/service.ts';
import { caseService } from '../features/case-service.ts';
import type { Touch } from '../features/channel-history.ts';
import { type ContactFacts, DAY_MS } from '../features/facts.ts';
import { type Interval, newcombe, wilson } from '../ml/stats/intervals.ts';
import { meanInterval } from '../ml/stats/mean-interval.ts';
import { type Due, dueOf } from './follow-up.ts';
import { significant } from './numbers.ts';

export const KPI_WINDOW_DAYS = 90;
const HOUR_MS = 3_600_000;
const Z95 = 1.959963984540054;

export const KPI_CODES = [
  'first_response_hours',
  'resolution_hours',
  'follow_up_on_time',
  'reply_rate',
  'conversion',
  'csat',
  'nps',
] as const;
export type KpiCode = (typeof KPI_CODES)[number];

/** Hours are medians; `nps` is −100 … 100; the others are shares 0–1. */
export interface Kpi {
  readonly code: KpiCode;
  readonly n: number;
  readonly value: number;
  /** 95 % interval; `null` ends where too few values bound it. */
  readonly low: number | null;
  readonly high: number | null;
  /** The window before; `null` without data. `difference` has an interval for shares only. */
  readonly before: {
    readonly n: number;
    readonly value: number;
    readonly difference: number;
    readonly low: number | null;
    readonly high: number | null;
  } | null;
}

export interface KpiReport {
  readonly windowDays: number;
  readonly all: readonly Kpi[];
  readonly segments: readonly { readonly id: string; readonly kpis: readonly Kpi[] }[];
}

export interface KpiContact {
  readonly facts: ContactFacts;
  readonly touches: readonly Touch[];
  /** `null` without segments. */
  readonly segment: string | null;
}

/** Over the 90 days up to `asOf`, for everybody and per segment; figures without data are left out. */
export function kpis(contacts: readonly KpiContact[], asOf: Date, time: BusinessTime): KpiReport {
  const due = dueOf(DEFAULT_SERVICE_RULES.due, time, null, null);
  const segments = [...new Set(contacts.flatMap((c) => c.segment ?? []))].sort();
  return {
    windowDays: KPI_WINDOW_DAYS,
    all: figures(contacts, asOf, due),
    segments: segments.map((id) => ({
      id,
      kpis: figures(
        contacts.filter((c) => c.segment === id),
        asOf,
        due,
      ),
    })),
  };
}

function figures(contacts: readonly KpiContact[], asOf: Date, due: Due | null): Kpi[] {
  const to = asOf.getTime();
  const width = KPI_WINDOW_DAYS * DAY_MS;
  const now = measure(contacts, to - width, to, due);
  const before = measure(contacts, to - 2 * width, to - width, due);
  return KPI_CODES.flatMap((code): Kpi[] => {
    const values = now[code];
    if (values.length === 0) return [];
    const own = summarise(code, values);
    const past = before[code].length === 0 ? null : summarise(code, before[code]);
    const gap =
      past !== null && isShare(code)
        ? newcombe(sum(values), values.length, sum(before[code]), before[code].length)
        : null;
    return [
      {
        code,
        n: values.length,
        value: significant(own.estimate),
        low: finite(own.low),
        high: finite(own.high),
        before:
          past === null
            ? null
            : {
                n: before[code].length,
                value: significant(past.estimate),
                difference: significant(own.estimate - past.estimate),
                low: gap === null ? null : significant(gap.low),
                high: gap === null ? null : significant(gap.high),
              },
      },
    ];
  });
}

type Values = Record<KpiCode, number[]>;

/** One value per case, touch, deal or answer of the window `(from, to]`. */
function measure(
  contacts: readonly KpiContact[],
  from: number,
  to: number,
  dueAfter: Due | null,
): Values {
  const values: Values = {
    first_response_hours: [],
    resolution_hours: [],
    follow_up_on_time: [],
    reply_rate: [],
    conversion: [],
    csat: [],
    nps: [],
  };
  const within = (at: Date): boolean => at.getTime() > from && at.getTime() <= to;
  for (const { facts, touches } of contacts) {
    for (const ticket of facts.tickets) {
      const service = within(ticket.createdAt) ? caseService(facts, ticket, new Date(to)) : null;
      if (service === null) continue;
      const { firstResponseHours: first, resolutionHours: solved } = service;
      if (first !== null) values.first_response_hours.push(first);
      if (solved !== null) values.resolution_hours.push(solved);
      if (dueAfter === null) continue;
      const allowed = dueAfter(ticket.createdAt).getTime() - ticket.createdAt.getTime();
      if (first !== null || to - ticket.createdAt.getTime() > allowed)
        values.follow_up_on_time.push(first !== null && first * HOUR_MS <= allowed ? 1 : 0);
    }
    for (const { at, answered } of touches)
      if (within(at)) values.reply_rate.push(Number(answered));
    for (const { stage, closedAt } of facts.deals)
      if (stage !== 'open' && closedAt !== null && within(closedAt))
        values.conversion.push(stage === 'won' ? 1 : 0);
    for (const { rating, surveyType, at } of facts.feedback) {
      if (rating === null || !within(at)) continue;
      if (surveyType === 'NPS') values.nps.push(rating >= 9 ? 1 : rating <= 6 ? -1 : 0);
      // Four or five of five stars, on our scale of 0 to 10.
      else if (surveyType === 'CSAT') values.csat.push(rating >= 7.5 ? 1 : 0);
    }
  }
  return values;
}

const isShare = (code: KpiCode): boolean => code !== 'nps' && !code.endsWith('_hours');

function summarise(code: KpiCode, values: readonly number[]): Interval {
  if (isShare(code)) return wilson(sum(values), values.length);
  if (code !== 'nps') return medianInterval(values);
  const { estimate, low, high } = meanInterval(Float64Array.from(values));
  return { estimate: 100 * estimate, low: 100 * low, high: 100 * high };
}

/** Between order statistics (Conover 1999, Practical Nonparametric Statistics, ch. 3.2), by the normal approximation. */
export function medianInterval(values: readonly number[]): Interval {
  const sorted = Float64Array.from(values).sort();
  const n = sorted.length;
  const at = (rank: number): number | undefined => (rank < 1 ? undefined : sorted[rank - 1]);
  const half = (Z95 * Math.sqrt(n)) / 2;
  return {
    estimate: ((sorted[(n - 1) >> 1] ?? 0) + (sorted[n >> 1] ?? 0)) / 2,
    low: at(Math.floor(n / 2 - half)) ?? Number.NEGATIVE_INFINITY,
    high: at(Math.ceil(n / 2 + half) + 1) ?? Number.POSITIVE_INFINITY,
  };
}

const sum = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0);
const finite = (value: number): number | null =>
  Number.isFinite(value) ? significant(value) : null;
