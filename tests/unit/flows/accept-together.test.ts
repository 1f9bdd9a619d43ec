/** Deliveries kept together: fewer statements, and still each its own answer. */
import { setTimeout } from 'node:timers/promises';
import { beforeEach, describe, expect, test } from 'vitest';
import type { Delivery } from '../../../src/flows/accept.ts';
import { createKeepDelivery, type KeepDelivery } from '../../../src/flows/accept-together.ts';
import type { Store } from '../../../src/ports/store.ts';
import { tenant } from '../../support/builders.ts';
import { createFakeClock } from '../../support/fake-clock.ts';
import {
  createNotingQueue,
  createRecordingLog,
  createRecordingMeter,
} from '../../support/recorders.ts';

type Kept = Parameters<Store['inbox']['accept']>;

let statements: Kept[];
let asked: string[];
/** What the next statement waits for, or fails with. */
let storing: () => Promise<void>;
let queue: ReturnType<typeof createNotingQueue>;
let meter: ReturnType<typeof createRecordingMeter>;
let keep: KeepDelivery;
const clock = createFakeClock();

beforeEach(() => {
  statements = [];
  asked = [];
  storing = () => setTimeout(2);
  queue = createNotingQueue();
  meter = createRecordingMeter();
  const store = {
    tenants: {
      find: async (_host: string, account: string) => {
        asked.push(account);
        return account === '404'
          ? null
          : tenant(account, account === '9' ? { state: 'parked' } : {});
      },
      noteEvent: async () => {},
    },
    inbox: {
      accept: async (...kept: Kept) => {
        await storing();
        statements.push(kept);
      },
    },
  } as unknown as Store;
  keep = createKeepDelivery({
    store,
    queue,
    meter,
    clock,
    log: createRecordingLog(),
  });
});

const of = (accounts: Record<string, string>, malformed: Delivery['malformed'] = []): Delivery => ({
  accounts: new Map(Object.entries(accounts)),
  malformed,
});
const bodies = () => statements.flatMap(([rows]) => rows.map((r) => r.body));

describe('F06 deliveries at once', () => {
  test('are kept in few statements, none twice, none lost, in their order', async () => {
    const sent = Array.from({ length: 500 }, (_, n) => `[${n}]`);
    await Promise.all(sent.map((body) => keep('hubspot', of({ 7: body }))));
    expect(bodies().sort()).toEqual([...sent].sort());
    expect(statements.length).toBeLessThanOrEqual(2 + Math.ceil(498 / 50));
    expect(statements.every(([rows]) => rows.length <= 50)).toBe(true);
    // One question a statement, and one waking: they are all of one account.
    expect(asked).toHaveLength(statements.length);
    expect(queue.jobs).toHaveLength(statements.length);
  });

  test('of a large size go in statements of a bounded one, a huge one alone', async () => {
    const sizes = [10, 10, 1_900_000, 200_000, 9_000_000, 10];
    await Promise.all(sizes.map((n) => keep('hubspot', of({ 7: 'x'.repeat(n) }))));
    const written = statements.map(([rows]) => rows.map((r) => r.body.length)).sort();
    expect(written.flat().sort()).toEqual([...sizes].sort());
    for (const lengths of written)
      expect(lengths.length === 1 || lengths.reduce((a, b) => a + b) <= 2_000_000).toBe(true);
  });

  test('are each told what became of them', async () => {
    const answers = await Promise.all([
      keep('hubspot', of({ 1: 'a' })),
      keep('hubspot', of({ 2: 'b', 404: 'c' })),
      keep('hubspot', of({ 404: 'd' })),
      keep('hubspot', of({ 9: 'e', 1: 'f' }, [{ reason: 'no portalId', body: '{}' }])),
      keep('sandbox', of({ 1: 'g' })),
    ]);
    expect(answers).toEqual([
      { tenants: ['hubspot:1'], unknown: 0 },
      { tenants: ['hubspot:2'], unknown: 1 },
      { tenants: [], unknown: 1 },
      { tenants: ['hubspot:1'], unknown: 1 },
      { tenants: ['hubspot:1'], unknown: 0 },
    ]);
    expect(bodies().sort()).toEqual(['a', 'b', 'f', 'g']);
    expect(statements.flatMap(([, dead]) => dead)).toEqual([
      { reason: 'no portalId', body: '{}', tenantId: '', host: 'hubspot' },
    ]);
    expect(await meter.total('webhook_events', { outcome: 'unknown_account' })).toBe(3);
  });

  test('that could not be kept are told so, and the next are kept', async () => {
    storing = async () => {
      await setTimeout(1);
      throw new Error('disk full');
    };
    const lost = await Promise.allSettled(
      Array.from({ length: 20 }, (_, n) => keep('hubspot', of({ 7: String(n) }))),
    );
    expect(lost.every((l) => l.status === 'rejected')).toBe(true);
    expect(queue.jobs).toEqual([]);
    storing = async () => {};
    expect(await keep('hubspot', of({ 7: 'next' }))).toMatchObject({ tenants: ['hubspot:7'] });
    expect(bodies()).toEqual(['next']);
  });

  test('go past one statement that hangs', async () => {
    let first = true;
    storing = () => {
      const hangs = first;
      first = false;
      return hangs ? new Promise(() => {}) : Promise.resolve();
    };
    void keep('hubspot', of({ 7: 'hangs' }));
    await setTimeout(5);
    await Promise.all(['a', 'b', 'c'].map((body) => keep('hubspot', of({ 7: body }))));
    expect(bodies().sort()).toEqual(['a', 'b', 'c']);
  });
});

test('a delivery that is alone waits for nobody', async () => {
  storing = async () => {};
  await keep('hubspot', of({ 7: 'alone' }));
  expect(statements).toEqual([[[{ tenantId: 'hubspot:7', body: 'alone' }], [], clock.now()]]);
});
