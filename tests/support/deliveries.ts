/** Seeded deliveries as HubSpot sends them: signed, and if asked lost, doubled, reordered, regrouped, with colliding ids. */
import { signatureV3 } from '../../webhooks/hubspot/verify.ts';

export const SECRET = 'rapport-test-secret-0001';
export const ORIGIN = 'https://rapport.example.test';
export const PATH = '/webhooks/hubspot';

export type Event = Readonly<Record<string, unknown>>;

/** An event with HubSpot's usual fields; `over` wins. */
export const event = (
  objectId: number | string,
  over: Event = {},
  at: Date = new Date('2026-03-02T10:00:00Z'),
): Event => ({
  eventId: 1,
  subscriptionId: 22,
  portalId: 7777,
  appId: 42,
  occurredAt: at.getTime(),
  subscriptionType: 'object.propertyChange',
  attemptNumber: 0,
  objectId,
  objectTypeId: '0-1',
  propertyName: 'email',
  propertyValue: 'zoe@example.test',
  changeSource: 'CRM_UI',
  sourceId: 'userId:9',
  ...over,
});

export interface Delivery {
  readonly body: Buffer;
  readonly headers: Record<string, string>;
}

export function sign(
  body: string | Uint8Array,
  now: Date,
  over: { secret?: string; path?: string; method?: string; timestamp?: string } = {},
): Delivery {
  const bytes = Buffer.from(body);
  const timestamp = over.timestamp ?? String(now.getTime());
  const uri = `${ORIGIN}${over.path ?? PATH}`;
  const signature = signatureV3(
    over.secret ?? SECRET,
    over.method ?? 'POST',
    uri,
    bytes,
    timestamp,
  );
  return {
    body: bytes,
    headers: {
      'content-type': 'application/json',
      'x-hubspot-signature-v3': signature.toString('base64'),
      'x-hubspot-request-timestamp': timestamp,
    },
  };
}

export interface Weather {
  readonly seed: number;
  /** Share of events lost for ever. */
  readonly loss?: number;
  /** Share of events sent again, up to eleven times. */
  readonly duplicates?: number;
  readonly reorder?: boolean;
  /** Events per delivery: 1 up to this many. */
  readonly regroup?: number;
  /** All events get the same `eventId`. */
  readonly equalIds?: boolean;
}

/** The same seed gives the same bytes. */
export function deliveries(history: readonly Event[], now: Date, weather: Weather): Delivery[] {
  const random = seeded(weather.seed);
  let events = history.filter(() => random() >= (weather.loss ?? 0));
  events = events.flatMap((e) => {
    const copies = random() < (weather.duplicates ?? 0) ? 2 + Math.floor(random() * 10) : 1;
    return Array.from({ length: copies }, (_, n) => ({ ...e, attemptNumber: n }));
  });
  if (weather.equalIds === true) events = events.map((e) => ({ ...e, eventId: 1 }));
  if (weather.reorder === true) events = shuffled(events, random);
  const groups: Event[][] = [];
  for (let i = 0; i < events.length; ) {
    const size = 1 + Math.floor(random() * (weather.regroup ?? 1));
    groups.push(events.slice(i, i + size));
    i += size;
  }
  return groups.map((group) => sign(JSON.stringify(group), now));
}

/** Mulberry32: small, fast, the same everywhere. */
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

export function shuffled<T>(items: readonly T[], random: () => number): T[] {
  const result = [...items];
  for (let i = result.length - 1; i > 0; i--) {
    const j = Math.floor(random() * (i + 1));
    [result[i], result[j]] = [result[j] as T, result[i] as T];
  }
  return result;
}
