/** A small portal with a known truth, drawn from the stated distribution: for tests of recovery only. */
import { DAY_PART_HOURS, DAY_PARTS, type DayPart } from '../../../src/core/channel.ts';
import { recordId } from '../../../src/core/ids.ts';
import type { Contact, Deal, Interaction } from '../../../src/core/record.ts';
import type { ContactFacts } from '../../../src/features/facts.ts';
import { sigmoid } from '../../../src/ml/linear/logistic-regression.ts';
import { createRandom } from '../../../src/ml/random.ts';

export const AS_OF = new Date('2026-06-01T00:00:00Z');
const DAY = 86_400_000;
const FIELDS: Readonly<Record<string, readonly string[]>> = {
  jobLevel: ['staff', 'manager', 'director', 'owner'],
  industry: ['retail', 'software', 'health', 'food', 'logistics'],
  source: ['search', 'referral', 'fair', 'ads'],
  lifecycle: ['lead', 'opportunity', 'customer'],
  language: ['en', 'zh'],
};
/** The channels of this portal. */
export const SIMULATED = ['phone', 'email', 'meeting', 'sms', 'whatsapp', 'linkedin'] as const;
type Simulation = (typeof SIMULATED)[number];
const BASE: Readonly<Record<Simulation, number>> = {
  phone: -0.7,
  email: -1.2,
  meeting: 0.1,
  sms: -0.9,
  whatsapp: -0.6,
  linkedin: -1.6,
};

export interface Simulated {
  readonly facts: readonly ContactFacts[];
  /** True log-odds per contact, channel and day part. */
  readonly truth: readonly Readonly<Record<Simulation, Readonly<Record<DayPart, number>>>>[];
  readonly touches: number;
}

/** logit = channel + observables (sd 0.7) + own draw per channel (sd 0.7) + day part (sd 0.3). */
export function simulatePortal(contacts: number, seed: number): Simulated {
  const random = createRandom(seed);
  const normal = (): number =>
    Math.sqrt(-2 * Math.log(1 - random.next())) * Math.cos(2 * Math.PI * random.next());
  const pick = <T>(list: readonly T[]): T => list[random.int(list.length)] as T;
  const names = Object.keys(FIELDS);
  const perField = 0.7 / Math.sqrt(names.length);
  const effects = new Map<string, number>();
  for (const name of names) {
    for (const level of FIELDS[name] ?? []) {
      for (const channel of SIMULATED)
        effects.set(`${name}=${level}/${channel}`, perField * normal());
    }
  }
  const parts = new Map<string, number>();
  for (const channel of SIMULATED) {
    for (const part of DAY_PARTS) parts.set(`${channel}/${part}`, 0.3 * normal());
  }
  const facts: ContactFacts[] = [];
  const truth: Simulated['truth'][number][] = [];
  let touches = 0;
  for (let c = 0; c < contacts; c++) {
    const levels = Object.fromEntries(names.map((n) => [n, pick(FIELDS[n] ?? [])]));
    const { lifecycle = '', language = '', ...traits } = levels;
    const logits = {} as Record<Simulation, Record<DayPart, number>>;
    for (const channel of SIMULATED) {
      const own = 0.7 * normal();
      const seen = names.reduce(
        (s, n) => s + (effects.get(`${n}=${levels[n]}/${channel}`) ?? 0),
        0,
      );
      logits[channel] = {} as Record<DayPart, number>;
      for (const part of DAY_PARTS) {
        logits[channel][part] = BASE[channel] + seen + own + (parts.get(`${channel}/${part}`) ?? 0);
      }
    }
    truth.push(logits);
    const id = recordId(1000 + c);
    const createdAt = new Date(AS_OF.getTime() - (200 + random.int(700)) * DAY);
    const habit = pick(SIMULATED);
    const interactions: Interaction[] = [];
    const n = Math.min(60, Math.max(1, Math.round(Math.exp(Math.log(8) + 0.8 * normal()))));
    for (let t = 0; t < n; t++) {
      const likely =
        lifecycle === 'lead' ? 'email' : lifecycle === 'customer' ? 'phone' : 'meeting';
      const u = random.next();
      const channel: Simulation = u < 0.35 ? habit : u < 0.65 ? likely : pick(SIMULATED);
      const part = pick(DAY_PARTS);
      const at = new Date(
        AS_OF.getTime() - (10 + random.int(190)) * DAY + (DAY_PART_HOURS[part][0] + 1) * 3_600_000,
      );
      const answered = random.next() < sigmoid(logits[channel][part]);
      touches++;
      interactions.push({
        kind:
          channel === 'phone'
            ? 'call'
            : channel === 'email'
              ? 'email'
              : channel === 'meeting'
                ? 'meeting'
                : 'communication',
        id: recordId(c * 100 + t),
        createdAt: at,
        updatedAt: at,
        links: [],
        channel,
        direction: 'outbound',
        at,
        answered,
        text: '',
      });
    }
    const rate = Math.exp(normal()) * 0.8;
    const deals: Deal[] = [];
    for (let d = 0; d < Math.min(12, Math.floor(rate * 2 * random.next())); d++) {
      const closedAt = new Date(AS_OF.getTime() - random.int(200) * DAY);
      deals.push({
        kind: 'deal',
        id: recordId(c * 100 + d),
        createdAt,
        updatedAt: closedAt,
        links: [],
        name: 'order',
        amount: Math.round(500 * Math.exp(0.5 * normal())),
        stage: 'won',
        closedAt,
      });
    }
    facts.push({
      contact: person(id, createdAt, lifecycle, language, traits),
      interactions,
      deals,
      lineItems: [],
      tickets: [],
      feedback: [],
    });
  }
  return { facts, truth, touches };
}

export function person(
  id = recordId('1'),
  createdAt = new Date('2025-01-01T00:00:00Z'),
  lifecycle: string | null = null,
  language: string | null = null,
  traits: Readonly<Record<string, string>> = {},
): Contact {
  return {
    kind: 'contact',
    id,
    createdAt,
    updatedAt: createdAt,
    links: [],
    firstName: 'Ana',
    lastName: 'Silva',
    email: 'ana@example.com',
    phone: '+351 1',
    timeZone: 'UTC',
    language,
    lifecycle,
    traits,
    emailOptOut: false,
    consent: { sms: 'granted', whatsapp: 'granted' },
    doNotScore: false,
  };
}
