/** Reply rates per channel: the answer while a portal has too few touches for a model, and its yardstick. */
import { type Channel, channelOrder, DAY_PARTS, type DayPart } from '../core/channel.ts';
import type { ChannelChance } from '../core/score.ts';
import type { Tally } from '../features/channel-history.ts';
import { logit, sigmoid } from '../ml/linear/logistic-regression.ts';

/** Plain data. Rates are posterior means under a Beta prior of strength 4 around the portal's rate. */
export interface Rates<C extends string = Channel> {
  readonly channels: readonly {
    readonly channel: C;
    readonly rate: number;
    readonly tried: number;
    readonly answered: number;
  }[];
  readonly bestDayPart: DayPart;
}

const PRIOR_STRENGTH = 4;
const Z95 = 1.959963984540054;

/** Channels that were never tried are absent: nothing is known of them. */
export function fitRates<C extends string = Channel>(tallies: readonly Tally<C>[]): Rates<C> {
  const sum = (pick: (t: Tally<C>) => boolean) => {
    const chosen = tallies.filter(pick);
    return {
      tried: chosen.reduce((n, t) => n + t.tried, 0),
      answered: chosen.reduce((n, t) => n + t.answered, 0),
    };
  };
  const all = sum(() => true);
  const portal = (all.answered + 1) / (all.tried + 2);
  const shrunk = ({ tried, answered }: { tried: number; answered: number }): number =>
    (answered + PRIOR_STRENGTH * portal) / (tried + PRIOR_STRENGTH);
  const channels = [...new Set(tallies.map((t) => t.channel))]
    .sort(channelOrder)
    .map((channel) => ({ channel, count: sum((t) => t.channel === channel) }))
    .map(({ channel, count }) => ({ channel, rate: shrunk(count), ...count }));
  const bestDayPart = DAY_PARTS.map((part) => ({
    part,
    rate: shrunk(sum((t) => t.dayPart === part)),
  })).reduce((a, b) => (b.rate > a.rate ? b : a)).part;
  return { channels, bestDayPart };
}

/** The portal's rate as everyone's chance; the interval is that of the rate's logit, 95 %. */
export function rateChances<C extends string = Channel>(
  rates: Rates<C>,
  own: readonly Tally<C>[],
  parts: readonly DayPart[] = DAY_PARTS,
): ChannelChance<C>[] {
  const { bestDayPart } = rates;
  const dayPart = parts.includes(bestDayPart) ? bestDayPart : (parts[0] ?? bestDayPart);
  const total = rates.channels.reduce((n, c) => n + c.tried, 0);
  return rates.channels.map(({ channel, rate, tried }) => {
    const strength = Math.min(tried, total) + PRIOR_STRENGTH;
    const sd = Math.sqrt(1 / (strength * rate) + 1 / (strength * (1 - rate)));
    const mine = own.filter((t) => t.channel === channel);
    return {
      channel,
      dayPart,
      chance: rate,
      low: sigmoid(logit(rate) - Z95 * sd),
      high: sigmoid(logit(rate) + Z95 * sd),
      usual: rate,
      evidence: 'everyone',
      tried: mine.reduce((n, t) => n + t.tried, 0),
      answered: mine.reduce((n, t) => n + t.answered, 0),
      base: logit(rate),
      reasons: [],
    };
  });
}
