/** Every feature, defined once: its name, unit, window and source, and how it is read off the past. */
import { CHANNELS, type Channel, DAY_PARTS, type DayPart } from '../core/channel.ts';
import type { RecordKind } from '../core/record.ts';
import { DAY_MS } from './facts.ts';
import type { Past } from './past.ts';

export const FEATURE_GROUPS = [
  'recency',
  'frequency',
  'monetary',
  'products',
  'contact',
  'replies',
  'latency',
  'service',
  'feedback',
  'lifecycle',
] as const;
export type FeatureGroup = (typeof FEATURE_GROUPS)[number];

export interface Feature {
  readonly name: string;
  readonly group: FeatureGroup;
  readonly unit: 'days' | 'count' | 'money' | 'share' | 'hours' | 'points';
  /** Days before the moment asked about; `null` = all that is known. */
  readonly windowDays: number | null;
  readonly source: readonly RecordKind[];
  /** `null` = there is nothing to tell it from. */
  readonly of: (past: Past) => number | null;
}

const YEAR = 365;
const TOUCHES = ['call', 'email', 'meeting', 'communication'] as const;

const after = (times: readonly number[], { now }: Past, days: number): number =>
  times.filter((at) => at > now - days * DAY_MS).length;
const daysSince = (at: number | undefined, { now }: Past): number | null =>
  at === undefined ? null : (now - at) / DAY_MS;
const spent = (past: Past, days = Number.POSITIVE_INFINITY): number =>
  past.purchases
    .filter(({ at }) => at.getTime() > past.now - days * DAY_MS)
    .reduce((sum, { amount }) => sum + amount, 0);
const median = (values: readonly number[]): number | null => {
  const sorted = [...values].sort((a, b) => a - b);
  const [low, high] = [sorted[(sorted.length - 1) >> 1], sorted[sorted.length >> 1]];
  return low === undefined || high === undefined ? null : (low + high) / 2;
};

/** Silence against the customer's own rhythm: above 1 they are later than usual. */
function gapRatio(past: Past): number | null {
  const first = past.purchases[0]?.at.getTime();
  const last = past.purchases.at(-1)?.at.getTime();
  if (first === undefined || last === undefined || last - first < DAY_MS) return null;
  return ((past.now - last) * (past.purchases.length - 1)) / (last - first);
}

function topShare({ products }: Past): number | null {
  const pieces = [...products.values()];
  const all = pieces.reduce((sum, n) => sum + n, 0);
  return all > 0 ? Math.max(...pieces) / all : null;
}

const GENERAL: readonly Feature[] = [
  {
    name: 'recency_days',
    group: 'recency',
    unit: 'days',
    windowDays: null,
    source: ['deal'],
    of: (p) => daysSince(p.purchases.at(-1)?.at.getTime(), p),
  },
  {
    name: 'gap_ratio',
    group: 'recency',
    unit: 'count',
    windowDays: null,
    source: ['deal'],
    of: gapRatio,
  },
  {
    name: 'purchases',
    group: 'frequency',
    unit: 'count',
    windowDays: null,
    source: ['deal'],
    of: (p) => p.purchases.length,
  },
  {
    name: 'purchases_year',
    group: 'frequency',
    unit: 'count',
    windowDays: YEAR,
    source: ['deal'],
    of: (p) => p.purchases.filter(({ at }) => at.getTime() > p.now - YEAR * DAY_MS).length,
  },
  {
    name: 'spent',
    group: 'monetary',
    unit: 'money',
    windowDays: null,
    source: ['deal', 'line_item'],
    of: (p) => spent(p),
  },
  {
    name: 'spent_year',
    group: 'monetary',
    unit: 'money',
    windowDays: YEAR,
    source: ['deal', 'line_item'],
    of: (p) => spent(p, YEAR),
  },
  {
    name: 'order_size',
    group: 'monetary',
    unit: 'money',
    windowDays: null,
    source: ['deal', 'line_item'],
    of: (p) => (p.purchases.length === 0 ? null : spent(p) / p.purchases.length),
  },
  {
    name: 'products',
    group: 'products',
    unit: 'count',
    windowDays: null,
    source: ['deal', 'line_item'],
    of: (p) => p.products.size,
  },
  {
    name: 'top_product_share',
    group: 'products',
    unit: 'share',
    windowDays: null,
    source: ['deal', 'line_item'],
    of: topShare,
  },
  {
    name: 'signs_year',
    group: 'contact',
    unit: 'count',
    windowDays: YEAR,
    source: TOUCHES,
    of: (p) => after(p.signsAt, p, YEAR),
  },
  {
    name: 'signs_quarter',
    group: 'contact',
    unit: 'count',
    windowDays: 90,
    source: TOUCHES,
    of: (p) => after(p.signsAt, p, 90),
  },
  {
    name: 'sent_year',
    group: 'contact',
    unit: 'count',
    windowDays: YEAR,
    source: TOUCHES,
    of: (p) => after(p.sentAt, p, YEAR),
  },
  {
    name: 'silence_days',
    group: 'contact',
    unit: 'days',
    windowDays: null,
    source: TOUCHES,
    of: (p) => daysSince(p.signsAt.at(-1), p),
  },
  {
    name: 'reply_hours',
    group: 'latency',
    unit: 'hours',
    windowDays: null,
    source: ['email'],
    of: (p) => median(p.replyHours),
  },
  {
    name: 'cases_year',
    group: 'service',
    unit: 'count',
    windowDays: YEAR,
    source: ['ticket'],
    of: (p) => after(p.casesAt, p, YEAR),
  },
  {
    name: 'case_days',
    group: 'service',
    unit: 'days',
    windowDays: null,
    source: ['ticket'],
    of: (p) => daysSince(p.casesAt.at(-1), p),
  },
  {
    name: 'ratings_year',
    group: 'feedback',
    unit: 'count',
    windowDays: YEAR,
    source: ['feedback'],
    of: (p) =>
      after(
        p.ratings.map(({ at }) => at),
        p,
        YEAR,
      ),
  },
  {
    name: 'rating',
    group: 'feedback',
    unit: 'points',
    windowDays: YEAR,
    source: ['feedback'],
    of: (p) => {
      const year = p.ratings.filter(({ at }) => at > p.now - YEAR * DAY_MS);
      return year.length === 0 ? null : year.reduce((s, { rating }) => s + rating, 0) / year.length;
    },
  },
  {
    name: 'record_days',
    group: 'lifecycle',
    unit: 'days',
    windowDays: null,
    source: ['contact'],
    of: (p) => daysSince(p.recordAt, p),
  },
  {
    name: 'customer_days',
    group: 'lifecycle',
    unit: 'days',
    windowDays: null,
    source: ['deal'],
    of: (p) => daysSince(p.purchases[0]?.at.getTime(), p),
  },
  {
    name: 'open_deals',
    group: 'lifecycle',
    unit: 'count',
    windowDays: null,
    source: ['deal'],
    of: (p) => p.openDeals,
  },
  {
    name: 'lost_deals_year',
    group: 'lifecycle',
    unit: 'count',
    windowDays: YEAR,
    source: ['deal'],
    of: (p) => after(p.lostAt, p, YEAR),
  },
];

const KIND_OF: Readonly<Partial<Record<Channel, RecordKind>>> = {
  phone: 'call',
  email: 'email',
  meeting: 'meeting',
};

/** Share of the touches with a known outcome that were answered, by channel, part of the day, or both. */
function answered(channel: Channel | null, dayPart: DayPart | null): Feature {
  return {
    name: ['answered', channel, dayPart].filter((part) => part !== null).join('_'),
    group: 'replies',
    unit: 'share',
    windowDays: null,
    source: channel === null ? TOUCHES : [KIND_OF[channel] ?? 'communication'],
    of: ({ touches }) => {
      let tried = 0;
      let replies = 0;
      for (const touch of touches) {
        if (channel !== null && touch.channel !== channel) continue;
        if (dayPart !== null && touch.dayPart !== dayPart) continue;
        tried++;
        if (touch.answered) replies++;
      }
      return tried === 0 ? null : replies / tried;
    },
  };
}

export const FEATURES: readonly Feature[] = [
  ...GENERAL,
  ...CHANNELS.map((channel) => answered(channel, null)),
  ...DAY_PARTS.map((part) => answered(null, part)),
  ...CHANNELS.flatMap((channel) => DAY_PARTS.map((part) => answered(channel, part))),
];

const BY_NAME = new Map(FEATURES.map((feature) => [feature.name, feature]));

/** @throws Error for a name that is not registered: a mistake in the program. */
export function featureNamed(name: string): Feature {
  const feature = BY_NAME.get(name);
  if (feature === undefined) throw new Error(`there is no feature "${name}"`);
  return feature;
}
