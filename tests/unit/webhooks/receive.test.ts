/** The receiver over a real store: what is answered, what is kept, and how the two hang together. */
import { setTimeout } from 'node:timers/promises';
import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Contact } from '../../../src/core/record.ts';
import { createKeepDelivery } from '../../../src/flows/accept-together.ts';
import { ingest } from '../../../src/flows/ingest.ts';
import { sync } from '../../../src/flows/sync.ts';
import type { Store } from '../../../src/ports/store.ts';
import { createHubSpotSource } from '../../../webhooks/hubspot/source.ts';
import { type Receipt, type ReceiverPorts, receive } from '../../../webhooks/receive.ts';
import { AT, call, contact, later, newTenant } from '../../support/builders.ts';
import { type Database, openPglite } from '../../support/databases.ts';
import {
  type Delivery,
  deliveries,
  type Event,
  event,
  ORIGIN,
  PATH,
  SECRET,
  seeded,
  sign,
} from '../../support/deliveries.ts';
import { createRig, forTenantOf, type Rig } from '../../support/flow-context.ts';

const source = createHubSpotSource(ORIGIN, [{ host: 'hubspot', secrets: [SECRET] }]);
let database: Database;
let rig: Rig;
beforeAll(async () => {
  database = await openPglite();
});
afterAll(() => database?.close());
beforeEach(() => {
  rig = createRig(database.store);
});

const hear = (
  ports: ReceiverPorts,
  ...[from, request]: [Parameters<typeof receive>[1], Parameters<typeof receive>[2]]
) => receive(ports, from, request, createKeepDelivery(ports));
const send = ({ body, headers }: Delivery, store: Store = rig.store): Promise<Receipt> =>
  hear({ ...rig, store }, source, { method: 'POST', pathAndQuery: PATH, headers, body });
const signed = (body: string | Uint8Array) => sign(body, rig.clock.now());
const of = (account: string, ...events: readonly Event[]) =>
  signed(JSON.stringify(events.map((e) => ({ ...e, portalId: Number(account) }))));
const withInbox = (inbox: Partial<Store['inbox']>): Store => ({
  ...rig.store,
  inbox: { ...rig.store.inbox, ...inbox },
});

describe('what is kept and what is answered', () => {
  test('a signed delivery is in the inbox, byte for byte, and its tenant is woken once', async () => {
    const t = await newTenant(rig.store);
    const body = `[ {"portalId": ${t.accountId}, "objectId": 1.0} ]`;
    expect(await send(signed(body))).toEqual({ status: 200, outcome: 'accepted' });
    expect((await rig.store.inbox.take(t.id, 9)).map((r) => r.body)).toEqual([body]);
    expect(rig.queue.jobs).toEqual([
      { job: 'drain', payload: { tenantId: t.id }, options: { dedupe: `drain:${t.id}` } },
    ]);
  });

  test('F21 I8 an unsigned delivery is refused before anything is parsed or stored', async () => {
    const unparsed = {
      ...source,
      split: () => {
        throw new Error('parsed an unverified body');
      },
    };
    const forbidden = withInbox({
      accept: () => {
        throw new Error('stored an unverified body');
      },
    });
    const request = { method: 'POST', pathAndQuery: PATH, headers: {}, body: Buffer.from('[]') };
    const receipt = await hear({ ...rig, store: forbidden }, unparsed, request);
    expect(receipt).toEqual({ status: 401, outcome: 'unsigned' });
    expect(await rig.meter.total('webhook_deliveries', { outcome: 'unsigned' })).toBe(1);
  });

  test.each([
    ['cut short', '[{"portalId":7777,"objectId":10'],
    ['no list', '{"portalId":7777}'],
    ['empty', ''],
    ['a page', '<html>\u0000</html>'],
  ])('F15 signed but broken (%s): answered 200, kept as a dead letter', async (_name, body) => {
    expect(await send(signed(body))).toEqual({ status: 200, outcome: 'dead_letter' });
    const [letter] = await rig.store.inbox.deadLetters('', 1);
    expect(letter?.body).toBe(body.replace('\u0000', '\ufffd'));
    expect(letter?.host).toBe('hubspot');
  });

  test('F16 each account gets its own events; strangers and parked accounts are dropped', async () => {
    const [a, b, parked] = [
      await newTenant(rig.store),
      await newTenant(rig.store),
      await newTenant(rig.store, { state: 'parked' }),
    ];
    const portal = (t: { accountId: string }) => ({ portalId: Number(t.accountId) });
    const mixed = [
      event(1, portal(a)),
      event(2, portal(b)),
      event(3, { portalId: 999_999_999 }),
      event(4, portal(parked)),
      event(5, { portalId: 'x' }),
    ];
    expect(await send(signed(JSON.stringify(mixed)))).toMatchObject({ status: 200 });
    const kept = async (t: typeof a) =>
      (await rig.store.inbox.take(t.id, 9)).flatMap((r) =>
        (JSON.parse(r.body) as { objectId: number }[]).map((e) => e.objectId),
      );
    expect([await kept(a), await kept(b), await kept(parked)]).toEqual([[1], [2], []]);
    expect((await rig.store.inbox.deadLetters('', 1))[0]?.body).toContain('"portalId":"x"');
    expect(await rig.meter.total('webhook_events', { outcome: 'unknown_account' })).toBe(2);
  });

  test('F16 a delivery of strangers only is answered 200 and leaves nothing', async () => {
    expect(await send(of('999999998', event(1)))).toEqual({
      status: 200,
      outcome: 'unknown_account',
    });
    expect(rig.queue.jobs).toEqual([]);
  });

  test('F26 a sandbox account cannot be spoken for with the HubSpot secret', async () => {
    const sandbox = await newTenant(rig.store, { host: 'sandbox' });
    expect(await send(of(sandbox.accountId, event(1)))).toMatchObject({
      outcome: 'unknown_account',
    });
    expect(await rig.store.inbox.size(sandbox.id)).toBe(0);
  });

  test('a queue that is down does not cost the delivery', async () => {
    const t = await newTenant(rig.store);
    const queue = { ...rig.queue, add: () => Promise.reject(new Error('no queue')) };
    const { body, headers } = of(t.accountId, event(1));
    const request = { method: 'POST', pathAndQuery: PATH, headers, body };
    expect(await hear({ ...rig, queue }, source, request)).toMatchObject({ status: 200 });
    expect(await rig.store.inbox.size(t.id)).toBe(1);
  });
});

describe('a store in trouble', () => {
  test('F02 nothing is answered before the commit', async () => {
    const t = await newTenant(rig.store);
    let commit: () => void = () => {};
    const held = new Promise<void>((resolve) => {
      commit = resolve;
    });
    const store = withInbox({
      accept: async (...given) => {
        await held;
        await rig.store.inbox.accept(...given);
      },
    });
    let answered = false;
    const answer = send(of(t.accountId, event(1)), store).finally(() => {
      answered = true;
    });
    await setTimeout(300);
    expect([answered, await rig.store.inbox.size(t.id)]).toEqual([false, 0]);
    commit();
    expect(await answer).toMatchObject({ status: 200 });
    expect(await rig.store.inbox.size(t.id)).toBe(1);
  });

  test('F03 a store that does not answer: 503 in less than 4.5 s', async () => {
    const t = await newTenant(rig.store);
    const began = Date.now();
    const store = withInbox({ accept: () => new Promise(() => {}) });
    const answers = await Promise.all([
      send(of(t.accountId, event(1)), store),
      send(of(t.accountId, event(2))),
    ]);
    expect(Date.now() - began).toBeLessThan(4_500);
    expect(answers.map((a) => a.status)).toEqual([503, 200]);
  });

  test('F04 a store that is down: 503 at once, nothing kept back, and it recovers by itself', async () => {
    const t = await newTenant(rig.store);
    const down = withInbox({ accept: () => Promise.reject(new Error('connection refused')) });
    for (let n = 0; n < 50; n++)
      expect(await send(of(t.accountId, event(n)), down)).toEqual({
        status: 503,
        outcome: 'store_down',
      });
    expect(rig.queue.jobs).toEqual([]);
    expect(await send(of(t.accountId, event(1)))).toMatchObject({ status: 200 });
    expect(await rig.store.inbox.size(t.id)).toBe(1);
  });
});

describe('from deliveries to records', () => {
  test('F08 each delivery 1 to 11 times: one look, one record, the same result', async () => {
    const t = await newTenant(rig.store);
    rig.crm.put(contact(1), contact(2));
    for (let n = 0; n < 11; n++)
      await send(of(t.accountId, event(1, { attemptNumber: n }), event(2, { attemptNumber: n })));
    const ctx = forTenantOf(rig, t);
    expect(await ingest(ctx)).toBe(22);
    expect(await sync(ctx)).toBe(2);
    expect(await rig.store.records.count(t.id, 'contact')).toBe(2);
    await send(of(t.accountId, event(1)));
    await ingest(ctx);
    await rig.store.marks.clear(
      t.id,
      'score',
      await rig.store.marks.take(t.id, 'score', 'contact', 9),
    );
    await sync(ctx);
    expect((await rig.store.marks.count(t.id)).score).toBe(0);
  });

  test('F09 equal event ids lose no event, across records, properties and accounts', async () => {
    const [a, b] = [await newTenant(rig.store), await newTenant(rig.store)];
    const same = { eventId: 7, subscriptionId: 1 };
    await send(of(a.accountId, event(1, same), event(2, same), event(3, same)));
    await send(of(b.accountId, event(1, same)));
    await ingest(forTenantOf(rig, a));
    await ingest(forTenantOf(rig, b));
    const marked = async (t: typeof a) =>
      (await rig.store.marks.take(t.id, 'sync', 'contact', 9)).map((m) => m.id).sort();
    expect([await marked(a), await marked(b)]).toEqual([['1', '2', '3'], ['1']]);
  });

  test('F12 a time far in the future blocks no later change', async () => {
    const t = await newTenant(rig.store);
    const ctx = forTenantOf(rig, t);
    rig.crm.put(contact(1, { firstName: 'First' }));
    await send(of(t.accountId, event(1, { occurredAt: 9e15 })));
    await ingest(ctx);
    await sync(ctx);
    rig.crm.put(contact(1, { firstName: 'Second', updatedAt: later(1) }));
    await send(of(t.accountId, event(1)));
    await ingest(ctx);
    await sync(ctx);
    const [kept] = await rig.store.records.get<Contact>(t.id, 'contact', ['1']);
    expect(kept?.firstName).toBe('Second');
  });

  test('F13 F16 malformed events go to the dead letters, the good ones on', async () => {
    const t = await newTenant(rig.store);
    await send(of(t.accountId, event(1), event('nonsense'), event(2, { subscriptionType: 'x.y' })));
    expect(await ingest(forTenantOf(rig, t))).toBe(1);
    expect(await rig.store.inbox.deadLetters(t.id, 9)).toHaveLength(1);
    expect(await rig.store.inbox.size(t.id)).toBe(0);
    expect(await rig.meter.total('webhook_events', { outcome: 'ignored_x.y' })).toBe(1);
  });

  test('F10 I2 however deliveries are doubled, reordered and regrouped, the store converges', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.nat(),
        fc.array(
          fc.record({
            id: fc.integer({ min: 1, max: 4 }),
            act: fc.constantFrom('save', 'drop', 'call'),
            worked: fc.boolean(),
          }),
          { maxLength: 12 },
        ),
        async (seed, history) => {
          const world = createRig(database.store);
          const t = await newTenant(world.store);
          const ctx = forTenantOf(world, t);
          const events: Event[] = [];
          const tell = (id: number, type: string, over: Event = {}) =>
            events.push(
              event(id, { portalId: Number(t.accountId), subscriptionType: type, ...over }),
            );
          let n = 0;
          const deliver = async () => {
            for (const d of deliveries(events.splice(0), world.clock.now(), {
              seed: seed + n,
              duplicates: 0.3,
              reorder: true,
              regroup: 4,
              equalIds: true,
            }))
              await hear(world, source, { method: 'POST', pathAndQuery: PATH, ...d });
            await ingest(ctx);
            await sync(ctx);
          };
          for (const { id, act, worked } of history) {
            n += 1;
            world.clock.advance(1_000);
            const updatedAt = world.clock.now();
            if (act === 'save') {
              const known = world.crm.truth.has(`contact ${id}`);
              world.crm.put(contact(id, { firstName: `v${n}`, updatedAt }));
              tell(id, known ? 'object.propertyChange' : 'object.creation');
            } else if (act === 'drop') {
              world.crm.drop('contact', String(id));
              tell(id, 'object.deletion');
            } else {
              world.crm.put(call(id, 1 + (n % 4), { text: `v${n}`, updatedAt }));
              tell(id, 'object.propertyChange', { objectTypeId: '0-48' });
            }
            if (worked) await deliver();
          }
          await deliver();
          const held = [
            ...(await world.store.records.get(t.id, 'contact', ['1', '2', '3', '4'])),
            ...(await world.store.records.get(t.id, 'call', ['1', '2', '3', '4'])),
          ];
          const key = (r: { kind: string; id: string }) => `${r.kind} ${r.id}`;
          expect(held.map(key).sort()).toEqual([...world.crm.truth.keys()].sort());
          for (const record of held) expect(record).toEqual(world.crm.truth.get(key(record)));
          const marks = await world.store.marks.count(t.id);
          expect([marks.sync, await world.store.inbox.size(t.id)]).toEqual([0, 0]);
        },
      ),
      { numRuns: 40 },
    );
  });

  test('the generator of deliveries gives the same bytes for the same seed', () => {
    const history = Array.from({ length: 30 }, (_, n) => event(n));
    const weather = { seed: 5, loss: 0.1, duplicates: 0.2, reorder: true, regroup: 9 };
    expect(deliveries(history, AT, weather)).toEqual(deliveries(history, AT, weather));
    expect(seeded(1)()).not.toBe(seeded(2)());
  });
});
