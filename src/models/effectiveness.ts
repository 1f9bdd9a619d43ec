/** Which channels are answered in which segment: rates with intervals, and whether the differences are more than chance. */
import type { Channel } from '../core/channel.ts';
import { CHANNELS } from '../core/channel.ts';
import type { Touch } from '../features/channel-history.ts';
import { oneWayAnova } from '../ml/stats/anova.ts';
import { chiSquareTest } from '../ml/stats/chi-square.ts';
import { omegaSquared } from '../ml/stats/effect-size.ts';
import { wilson } from '../ml/stats/intervals.ts';
import { benjaminiHochberg } from '../ml/stats/multiple-testing.ts';
import { significant } from './numbers.ts';

export interface ChannelRate {
  readonly channel: Channel;
  readonly tried: number;
  readonly answered: number;
  /** Share answered with its 95 % Wilson interval. */
  readonly rate: number;
  readonly low: number;
  readonly high: number;
}

/** One test among several; `q` is Benjamini and Hochberg's over all of them. */
export interface EffectTest {
  readonly p: number;
  readonly q: number;
  /** Chi-square: Cramér's V. ANOVA: ω². Both 0–1. */
  readonly effect: number;
}

/** Plain data. */
export interface EffectivenessReport {
  readonly segments: readonly {
    readonly id: string;
    readonly code: string;
    readonly channels: readonly ChannelRate[];
    /** Do the channels of this segment differ; `null` with too few touches to ask. */
    readonly test: EffectTest | null;
  }[];
  readonly channels: readonly {
    readonly channel: Channel;
    /** Do the segments differ on this channel, one mean reply rate per contact; `null` with too few. */
    readonly test: EffectTest | null;
  }[];
}

export interface SegmentedTouches {
  readonly segment: { readonly id: string; readonly code: string };
  readonly touches: readonly Touch[];
}

/** Smallest group that takes part in a test. */
const MIN_GROUP = 10;

/** Rates describe what happened; reps chose the channels, so a difference is no proof of a cause. */
export function channelEffectiveness(contacts: readonly SegmentedTouches[]): EffectivenessReport {
  const segments = [...new Map(contacts.map((c) => [c.segment.id, c.segment])).values()].sort(
    (a, b) => (a.id < b.id ? -1 : 1),
  );
  const rated = segments.map((segment) => {
    const own = contacts.filter((c) => c.segment.id === segment.id).flatMap((c) => c.touches);
    return { ...segment, channels: CHANNELS.flatMap((channel) => rateOf(channel, own)) };
  });
  const withinSegment = rated.map(({ channels }) => channelsDiffer(channels));
  const acrossSegments = CHANNELS.map((channel) =>
    segmentsDiffer(
      segments.map(({ id }) => contacts.filter((c) => c.segment.id === id)),
      channel,
    ),
  );
  const adjusted = adjust([...withinSegment, ...acrossSegments]);
  return {
    segments: rated.map((segment, i) => ({ ...segment, test: adjusted[i] ?? null })),
    channels: CHANNELS.map((channel, c) => ({
      channel,
      test: adjusted[segments.length + c] ?? null,
    })),
  };
}

function rateOf(channel: Channel, touches: readonly Touch[]): ChannelRate[] {
  const mine = touches.filter((t) => t.channel === channel);
  if (mine.length === 0) return [];
  const answered = mine.filter((t) => t.answered).length;
  const { estimate, low, high } = wilson(answered, mine.length);
  return [
    {
      channel,
      tried: mine.length,
      answered,
      rate: significant(estimate, 4),
      low: significant(low, 4),
      high: significant(high, 4),
    },
  ];
}

interface RawTest {
  readonly p: number;
  readonly effect: number;
}

function channelsDiffer(rates: readonly ChannelRate[]): RawTest | null {
  const table = rates
    .filter((r) => r.tried >= MIN_GROUP)
    .map((r) => [r.answered, r.tried - r.answered]);
  const column = (j: number): number => table.reduce((sum, row) => sum + (row[j] ?? 0), 0);
  if (table.length < 2 || column(0) === 0 || column(1) === 0) return null;
  const { p, effect } = chiSquareTest(table);
  return { p, effect };
}

/** One value per contact, so that a contact with many touches counts once. */
function segmentsDiffer(
  groups: readonly (readonly SegmentedTouches[])[],
  channel: Channel,
): RawTest | null {
  const rates = groups
    .map((contacts) =>
      contacts.flatMap(({ touches }) => {
        const mine = touches.filter((t) => t.channel === channel);
        return mine.length === 0 ? [] : [mine.filter((t) => t.answered).length / mine.length];
      }),
    )
    .filter((group) => group.length >= MIN_GROUP);
  if (rates.length < 2) return null;
  const { p } = oneWayAnova(rates);
  return Number.isFinite(p) ? { p, effect: omegaSquared(rates) } : null;
}

function adjust(tests: readonly (RawTest | null)[]): (EffectTest | null)[] {
  const asked = tests.flatMap((test, i) => (test === null ? [] : [{ ...test, i }]));
  const q = benjaminiHochberg(asked.map((t) => Math.min(1, Math.max(0, t.p))));
  const out: (EffectTest | null)[] = tests.map(() => null);
  asked.forEach(({ i, p, effect }, k) => {
    out[i] = {
      p: significant(p, 3),
      q: significant(q[k] ?? 1, 3),
      effect: significant(effect, 3),
    };
  });
  return out;
}
