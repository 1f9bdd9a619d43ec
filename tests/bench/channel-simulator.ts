/**
 * Touches whose true chance of a reply is known: logit = channel + observable features × channel
 * (sd 0.7 over contacts) + contact × channel (sd 0.7) + day part (sd 0.3). Reps choose channels by
 * habit, by what they see of a contact, and by what worked last; never at random.
 */
import { DAY_PART_HOURS, DAY_PARTS } from '../../src/core/channel.ts';
import { sigmoid } from '../../src/ml/linear/logistic-regression.ts';
import { createRandom } from '../../src/ml/random.ts';

export interface SimulatorOptions {
  readonly contacts: number;
  /** Median of the log-normal number of touches per contact. */
  readonly median: number;
  readonly seed: number;
  /** Day part effects drawn once for everyone, or anew for every contact. */
  readonly dayPart: 'shared' | 'personal';
  /** Sd of what reps know of a contact × channel and no field tells, on the scale of their choice. */
  readonly insight: number;
}

export interface SimulatedTouch {
  readonly contact: number;
  readonly channel: number;
  readonly part: number;
  readonly rep: number;
  readonly at: Date;
  readonly replied: boolean;
}

export interface Simulation {
  readonly options: SimulatorOptions;
  readonly channels: readonly string[];
  /** Numbers then 0/1 of the named columns; contacts × columns. */
  readonly features: readonly (readonly number[])[];
  readonly numeric: readonly string[];
  readonly named: readonly { readonly name: string; readonly levels: readonly string[] }[];
  readonly touches: readonly SimulatedTouch[];
  /** True log-odds per contact, channel and day part. */
  readonly truth: readonly (readonly (readonly number[])[])[];
}

export const CHANNELS = ['phone', 'email', 'meeting', 'sms', 'app_push'] as const;
export const SD = { observable: 0.7, personal: 0.7, dayPart: 0.3 } as const;
const NUMERIC = ['employees', 'tenure', 'visits', 'orders', 'distance'];
const NAMED = [
  { name: 'industry', levels: ['retail', 'software', 'health', 'food', 'logistics'] },
  { name: 'seniority', levels: ['staff', 'manager', 'director'] },
];
const REPS = 25;
const DAYS = 240;
const END = Date.UTC(2026, 5, 1);

export function simulate(options: SimulatorOptions): Simulation {
  const random = createRandom(options.seed * 7919 + options.median);
  const normal = (): number =>
    Math.sqrt(-2 * Math.log(1 - random.next())) * Math.cos(2 * Math.PI * random.next());
  const features = Array.from({ length: options.contacts }, () => [
    ...NUMERIC.map(normal),
    ...NAMED.flatMap(({ levels }) => {
      const level = random.int(levels.length);
      return levels.map((_, l) => (l === level ? 1 : 0));
    }),
  ]);
  const observable = scaled(
    features,
    CHANNELS.map(() => features[0]?.map(normal) ?? []),
  );
  const base = CHANNELS.map(() => -0.8 + 0.5 * normal());
  const shared = DAY_PARTS.map(() => SD.dayPart * normal());
  const truth = observable.map((seen) => {
    const own = DAY_PARTS.map(() => SD.dayPart * normal());
    return seen.map((effect, c) => {
      const level = (base[c] ?? 0) + effect + SD.personal * normal();
      return DAY_PARTS.map(
        (_, d) => level + ((options.dayPart === 'shared' ? shared : own)[d] ?? 0),
      );
    });
  });
  const habits = Array.from({ length: REPS }, () => CHANNELS.map(() => 0.9 * normal()));
  const touches: SimulatedTouch[] = [];
  truth.forEach((logits, contact) => {
    const rep = random.int(REPS);
    const weights = logits.map((parts, c) => {
      const own = (parts[0] ?? 0) - (base[c] ?? 0) - (observable[contact]?.[c] ?? 0);
      const seen = 0.5 * (observable[contact]?.[c] ?? 0) + (options.insight / SD.personal) * own;
      return Math.exp((habits[rep]?.[c] ?? 0) + seen);
    });
    const count = Math.round(Math.exp(Math.log(options.median) + 0.75 * normal()));
    const days = Array.from({ length: Math.min(120, Math.max(0, count)) }, () => random.int(DAYS));
    let worked = -1;
    for (const day of days.sort((a, b) => a - b)) {
      const channel = worked >= 0 && random.next() < 0.3 ? worked : drawn(weights, random.next());
      const part = random.int(DAY_PARTS.length);
      const [from, to] = DAY_PART_HOURS[DAY_PARTS[part] ?? 'morning'];
      const minute = random.int((to - from) * 60);
      const at = new Date(END - (DAYS - day) * 86_400_000 + from * 3_600_000 + minute * 60_000);
      const replied = random.next() < sigmoid(logits[channel]?.[part] ?? 0);
      worked = replied ? channel : -1;
      touches.push({ contact, channel, part, rep, at, replied });
    }
  });
  return { options, channels: CHANNELS, features, numeric: NUMERIC, named: NAMED, touches, truth };
}

/** Contacts × channels: mean 0 and sd 0.7 per channel over the contacts. */
function scaled(
  features: readonly (readonly number[])[],
  weights: readonly (readonly number[])[],
): number[][] {
  const raw = features.map((row) =>
    weights.map((w) => row.reduce((sum, value, j) => sum + value * (w[j] ?? 0), 0)),
  );
  const moments = weights.map((_, c) => {
    const mean = raw.reduce((sum, row) => sum + (row[c] ?? 0), 0) / raw.length;
    const squares = raw.reduce((sum, row) => sum + ((row[c] ?? 0) - mean) ** 2, 0);
    return { mean, scale: SD.observable / Math.sqrt(squares / raw.length) };
  });
  return raw.map((row) =>
    row.map((value, c) => (value - (moments[c]?.mean ?? 0)) * (moments[c]?.scale ?? 1)),
  );
}

function drawn(weights: readonly number[], u: number): number {
  const total = weights.reduce((a, b) => a + b, 0);
  let left = u * total;
  for (const [c, weight] of weights.entries()) {
    left -= weight;
    if (left < 0) return c;
  }
  return weights.length - 1;
}
