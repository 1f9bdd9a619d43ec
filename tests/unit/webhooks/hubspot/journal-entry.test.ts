/** Entries of the webhooks journal mean what the same webhook means, whatever form they have. */
import { describe, expect, test } from 'vitest';
import { translate } from '../../../../webhooks/hubspot/translate.ts';

const NOW = new Date('2026-03-02T10:00:05Z');
const AT = '2026-03-02T10:00:00.123Z';
const contact = { type: 'object', portalId: 7, occurredAt: AT, objectTypeId: '0-1', objectId: 101 };
const read = (...entries: unknown[]) => translate(JSON.stringify(entries), NOW);
const one = (entry: unknown) => read(entry).events[0];

describe('an entry', () => {
  test.each([
    ['CREATE', 'created'],
    ['UPDATE', 'changed'],
    ['DELETE', 'deleted'],
    ['RESTORE', 'restored'],
    ['GDPR_DELETE', 'privacy_deleted'],
  ])('%s means %s, at the millisecond that a webhook names', (action, change) => {
    expect(read({ ...contact, action })).toEqual({
      events: [
        {
          change,
          records: [{ kind: 'contact', id: '101' }],
          occurredAtMs: Date.parse(AT),
          bulk: true,
        },
      ],
      malformed: [],
      ignored: {},
    });
  });

  test('F08 and the webhook of the same change have the same key', () => {
    const hook = {
      portalId: 7,
      subscriptionType: 'object.propertyChange',
      objectTypeId: '0-1',
      objectId: 101,
      propertyName: 'phone',
      occurredAt: Date.parse(AT),
    };
    const entry = { ...contact, action: 'UPDATE', propertyChanges: { phone: '+1555' } };
    const key = ({ change, records, occurredAtMs }: NonNullable<ReturnType<typeof one>>) => ({
      change,
      records,
      occurredAtMs,
    });
    const [a, b] = [one(hook), one(entry)];
    if (a === undefined || b === undefined) throw new Error('not understood');
    expect(key(b)).toEqual(key(a));
    expect([a.bulk, b.bulk]).toEqual([false, true]);
  });

  test('of our own scores alone leads to nothing; one property of others is enough', () => {
    const ours = { rapport_segment: 'loyal', rapport_model: 'm' };
    const update = { ...contact, action: 'UPDATE' };
    expect(read({ ...update, propertyChanges: ours }).events).toEqual([]);
    expect(read({ ...update, propertyChanges: { ...ours, phone: null } }).events).toHaveLength(1);
    expect(read({ ...update, propertyChanges: {} }).events).toHaveLength(1);
  });

  test.each([
    [
      'the related record',
      { objectTypeId: '0-5', objectId: 9, associatedObjectTypeId: '0-1', associatedObjectId: 101 },
    ],
    [
      'from and to',
      { fromObjectTypeId: '0-5', fromObjectId: 9, toObjectTypeId: '0-1', toObjectId: 101 },
    ],
  ])('of an association names both ends as %s', (_form, ends) => {
    const entry = {
      type: 'association',
      portalId: 7,
      occurredAt: AT,
      action: 'ASSOCIATION_ADDED',
      ...ends,
    };
    expect(one(entry)?.records).toEqual([
      { kind: 'ticket', id: '9' },
      { kind: 'contact', id: '101' },
    ]);
  });

  test('of a merge that names the survivor alone is enough to look at it', () => {
    expect(one({ ...contact, action: 'MERGE' })?.records).toEqual([{ kind: 'contact', id: '101' }]);
    const whole = { ...contact, action: 'MERGE', primaryObjectId: 99, mergedObjectIds: [98] };
    expect(one(whole)?.records.map((r) => r.id)).toEqual(['99', '101', '98']);
  });

  test('of another kind is counted, a broken one buried, and the rest is read', () => {
    const found = read(
      { ...contact, action: 'SNAPSHOT' },
      { ...contact, action: 'UPDATE', objectId: 'x y' },
      { ...contact, action: 'DELETE' },
    );
    expect(found.ignored).toEqual({ 'object.SNAPSHOT': 1 });
    expect(found.malformed).toHaveLength(1);
    expect(found.events).toHaveLength(1);
  });
});
