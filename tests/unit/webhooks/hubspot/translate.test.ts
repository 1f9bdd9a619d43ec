/** HubSpot's events in our words: which records to look at again, and what is passed over. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseExact } from '../../../../src/core/exact-json.ts';
import { createHubSpotSource } from '../../../../webhooks/hubspot/source.ts';
import { translate } from '../../../../webhooks/hubspot/translate.ts';
import { ref } from '../../../support/builders.ts';
import { type Event, event, ORIGIN, SECRET } from '../../../support/deliveries.ts';

const NOW = new Date('2026-03-02T10:00:00Z');
const read = (...events: readonly unknown[]) => translate(JSON.stringify(events), NOW);
const one = (id: number | string, over: Event = {}) => read(event(id, over)).events[0];
const source = createHubSpotSource(ORIGIN, [{ host: 'hubspot', secrets: [SECRET] }]);

describe('kinds and changes', () => {
  test.each([
    ['object.creation', { objectTypeId: '0-1' }, 'created', 'contact'],
    ['object.propertyChange', { objectTypeId: '0-5' }, 'changed', 'ticket'],
    ['object.deletion', { objectTypeId: '0-48' }, 'deleted', 'call'],
    ['object.restore', { objectTypeId: '0-2' }, 'restored', 'company'],
    ['contact.propertyChange', { objectTypeId: undefined }, 'changed', 'contact'],
    ['line_item.creation', { objectTypeId: undefined }, 'created', 'line_item'],
    ['contact.privacyDeletion', { objectTypeId: undefined }, 'privacy_deleted', 'contact'],
  ])('%s', (subscriptionType, over, change, kind) => {
    expect(one(101, { subscriptionType, ...over })).toMatchObject({
      change,
      records: [{ kind, id: '101' }],
    });
  });

  test('the other name of the type field', () => {
    const { subscriptionType: eventType, ...rest } = event(101);
    expect(read({ ...rest, eventType }).events).toHaveLength(1);
  });

  test('F46 a merge looks at the survivor, the new id and all that were merged, once each', () => {
    const merge = one(1, {
      subscriptionType: 'object.merge',
      primaryObjectId: 1,
      mergedObjectIds: [2, 3, 1],
      newObjectId: 4,
    });
    expect(merge?.change).toBe('merged');
    expect(merge?.records.map((r) => r.id).sort()).toEqual(['1', '2', '3', '4']);
  });

  test('F48 an association looks at both ends', () => {
    const generic = {
      subscriptionType: 'object.associationChange',
      objectId: undefined,
      objectTypeId: undefined,
      fromObjectId: 900,
      fromObjectTypeId: '0-5',
      toObjectId: 101,
      toObjectTypeId: '0-1',
    };
    expect(one(0, generic)?.records).toEqual([ref('ticket', 900), ref('contact', 101)]);
    const named = {
      subscriptionType: 'contact.associationChange',
      associationType: 'CONTACT_TO_COMPANY',
      objectId: undefined,
      objectTypeId: undefined,
      fromObjectId: 1,
      toObjectId: 2,
    };
    expect(one(0, named)?.records).toEqual([ref('contact', 1), ref('company', 2)]);
    const halfForeign = { ...generic, fromObjectTypeId: '2-999' };
    expect(one(0, halfForeign)?.records).toEqual([ref('contact', 101)]);
  });

  test('F52 our own writes are passed over, what people set is not', () => {
    expect(one(1, { propertyName: 'rapport_segment' })).toBeUndefined();
    expect(one(1, { propertyName: 'rapport_do_not_score' })).toBeDefined();
    expect(one(1, { propertyName: 'rapport_human_type' })).toBeDefined();
    expect(one(1, { propertyName: 'rapport_human_topic' })).toBeDefined();
  });
});

describe('F12 times', () => {
  const at = (occurredAt: unknown) => one(1, { occurredAt })?.occurredAtMs;
  test('sensible ones are kept', () => {
    expect(at(NOW.getTime() - 5_000)).toBe(NOW.getTime() - 5_000);
  });

  test('absurd ones become the time of receipt and never lie in the future', () => {
    const seconds = Math.floor(NOW.getTime() / 1000);
    for (const odd of [seconds, -1, 0, NOW.getTime() + 3_600_000, 1e300, 'soon', null, {}, []])
      expect(at(odd)).toBe(NOW.getTime());
    fc.assert(
      fc.property(fc.oneof(fc.double(), fc.maxSafeInteger(), fc.string()), (odd) => {
        const got = at(odd) ?? Number.NaN;
        expect(got).toBeGreaterThan(0);
        expect(got).toBeLessThanOrEqual(NOW.getTime() + 60_000);
      }),
    );
  });
});

describe('F13 the unknown', () => {
  test('unknown types and objects are counted, not refused', () => {
    const { events, malformed, ignored } = read(
      event(1, { subscriptionType: 'object.painted' }),
      event(1, { subscriptionType: 'object.painted' }),
      event(1, { objectTypeId: '2-12345' }),
      event(1, { subscriptionType: 'conversation.newMessage' }),
      event(1),
    );
    expect(events).toHaveLength(1);
    expect(malformed).toEqual([]);
    expect(ignored).toEqual({
      'object.painted': 2,
      'object.propertyChange': 1,
      'conversation.newMessage': 1,
    });
  });

  test('new fields and fields that hold null do no harm', () => {
    const empty = { propertyName: null, changeSource: null, associationType: null };
    expect(one(1, { brandNew: { deep: [1] } })).toBeDefined();
    expect(one(1, { ...empty, mergedObjectIds: null, newObjectId: null })).toBeDefined();
  });

  test('one malformed event among good ones is set aside with its own JSON', () => {
    const bad = event('not a number');
    const { events, malformed } = read(event(1), bad, event(2), null, 'text', [1]);
    expect(events.map((e) => e.records[0]?.id)).toEqual(['1', '2']);
    expect(malformed).toHaveLength(4);
    expect(JSON.parse(malformed[0]?.body ?? '')).toEqual(bad);
    expect(malformed.every((m) => m.reason.length > 0)).toBe(true);
  });

  test('F28 names of built-in members are unknown like any other', () => {
    for (const name of ['constructor', 'toString', '__proto__', 'hasOwnProperty']) {
      const { events } = translate(
        `[{"subscriptionType":"contact.${name}","objectId":1,"portalId":7},{"__proto__":{"objectId":1}}]`,
        NOW,
      );
      expect(events).toEqual([]);
    }
    expect(({} as Record<string, unknown>)['objectId']).toBeUndefined();
  });

  test('whatever a list holds, nothing throws and nothing vanishes', () => {
    const field = fc.oneof(
      fc.jsonValue(),
      fc.constantFrom('object.merge', 'contact.deletion', '0-1', '101', 'CONTACT_TO_COMPANY', null),
    );
    const names = Object.keys(event(1, { fromObjectId: 1, toObjectId: 1, mergedObjectIds: [] }));
    const fuzzed = fc
      .dictionary(fc.constantFrom(...names), field, { maxKeys: 6 })
      .map((over) => ({ ...event(1), ...over }));
    fc.assert(
      fc.property(fc.array(fc.oneof(fuzzed, fc.jsonValue()), { maxLength: 8 }), (list) => {
        const { events, malformed, ignored } = read(...list);
        const passedOver = Object.values(ignored).reduce((sum, n) => sum + n, 0);
        expect(events.length + malformed.length + passedOver).toBe(list.length);
        for (const { records } of events)
          for (const { id } of records) expect(id).toMatch(/^\d{1,30}$/);
      }),
      { numRuns: 300 },
    );
  });
});

describe('F14 ids and texts', () => {
  test('ids beyond 2^53 stay exact, as numbers and as text', () => {
    const big = '9007199254740993123';
    const body = `[{"portalId":7777,"subscriptionType":"contact.creation","objectId":${big}},
      {"portalId":7777,"subscriptionType":"contact.creation","objectId":"${big}"}]`;
    expect(translate(body, NOW).events.map((e) => e.records[0]?.id)).toEqual([big, big]);
  });

  test('an account number beyond 2^53 stays exact, also when a delivery is split', () => {
    const big = '9007199254740993';
    const body = `[{"portalId":${big},"objectId":${big}1},{"portalId":8,"objectId":2}]`;
    const parts = source.split(body)?.accounts;
    expect([...(parts?.keys() ?? [])]).toEqual([big, '8']);
    expect(parts?.get(big)).toContain(`${big}1`);
  });

  test("digits inside people's words are left as they are", () => {
    const words = 'card 4111111111111111, \\"9007199254740993123\\" and 12345678901234567890';
    const parsed = parseExact(`[{"id":9007199254740993,"text":"${words}"}]`);
    expect(parsed).toEqual([{ id: '9007199254740993', text: words.replaceAll('\\"', '"') }]);
  });

  test('parses as JSON does wherever no id is long', () => {
    fc.assert(
      fc.property(fc.json(), (text) => {
        fc.pre(!/\d{16}/.test(text));
        expect(parseExact(text)).toEqual(JSON.parse(text));
      }),
    );
  });

  test.each([null, '', 'x'.repeat(65_536), '🙂', 'a\u0000b', '\ud800'])(
    'propertyValue %#',
    (propertyValue) => {
      expect(one(1, { propertyValue })?.records).toEqual([ref('contact', 1)]);
    },
  );
});

describe('split', () => {
  test('F22 a delivery of one account is kept byte for byte', () => {
    const body = ' [ {"portalId": 7777, "x": 1.0 } ]\n';
    expect(source.split(body)?.accounts.get('7777')).toBe(body);
  });

  test('F16 accounts are kept apart, and events without one are set aside', () => {
    const parts = source.split(
      JSON.stringify([event(1), event(2, { portalId: 8 }), event(3), { objectId: 4 }, null, 7]),
    );
    const ids = (account: string) =>
      (JSON.parse(parts?.accounts.get(account) ?? '[]') as { objectId: number }[]).map(
        (e) => e.objectId,
      );
    expect([ids('7777'), ids('8')]).toEqual([[1, 3], [2]]);
    expect(parts?.malformed).toHaveLength(3);
  });

  test.each(['', '{', '{}', 'null', '"[]"', '[1', '[]x'])('F15 %j is no list of events', (body) => {
    expect(source.split(body)).toBeNull();
  });
});
