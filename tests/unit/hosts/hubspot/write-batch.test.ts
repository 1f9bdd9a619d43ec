/** Batch updates that HubSpot takes in part, refuses whole, or asks to wait with. */
import type { Client } from '@hubspot/api-client';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { RapportError } from '../../../../src/core/errors.ts';
import { createCallSize } from '../../../../src/hosts/hubspot/call-size.ts';
import { fromClientError, hubspotError } from '../../../../src/hosts/hubspot/errors.ts';
import type { Call } from '../../../../src/hosts/hubspot/property-options.ts';
import { writeBatch } from '../../../../src/hosts/hubspot/write-batch.ts';

type Input = { readonly id: string; readonly properties: Readonly<Record<string, string>> };
type Answer = (inputs: readonly Input[]) => object;

/** Runs against scripted answers; the definitions know the two properties that are written. */
function scripted(answer: Answer) {
  const sent: string[][] = [];
  const client = {
    crm: {
      objects: {
        batchApi: {
          update: async (_plural: string, { inputs }: { inputs: readonly Input[] }) => {
            sent.push(inputs.map((i) => i.id));
            return answer(inputs);
          },
        },
      },
      properties: {
        coreApi: {
          getAll: async () => ({
            results: [
              { name: 'rapport_model', type: 'string' },
              { name: 'rapport_status', type: 'enumeration', options: [{ value: 'ready' }] },
            ],
          }),
        },
      },
    },
  } as unknown as Client;
  const call = <T>(run: (c: Client) => Promise<T>): Promise<T> => run(client);
  return { sent, call };
}

const updates = Array.from({ length: 100 }, (_, n) => ({
  id: String(n + 1),
  values: { rapport_model: 'm' },
}));
const write = (some: Parameters<typeof writeBatch>[1], call: Call) =>
  writeBatch('contacts', some, call, createCallSize());
const taken: Answer = (inputs) => ({ results: inputs.map(({ id }) => ({ id })) });
const refusing =
  (bad: ReadonlySet<string>): Answer =>
  (inputs) => {
    if (inputs.some(({ id }) => bad.has(id))) throw hubspotError(400, 'VALIDATION_ERROR');
    return taken(inputs);
  };
/** As the client throws a 400 with these in its envelope. */
const naming = (body: object) =>
  fromClientError(
    Object.assign(new Error('x'), {
      code: 400,
      body: { category: 'VALIDATION_ERROR', message: 'not valid', ...body },
    }),
  );

test('F45 what a 207 does not name as written is refused with its reason, the other 99 are taken', async () => {
  const { sent, call } = scripted((inputs) => ({
    results: inputs.filter(({ id }) => id !== '42').map(({ id }) => ({ id })),
    numErrors: 1,
    errors: [{ category: 'OBJECT_NOT_FOUND', message: 'gone', context: { ids: ['42'] } }],
  }));
  expect(await write(updates, call)).toEqual({
    refused: [{ id: '42', reason: 'OBJECT_NOT_FOUND: gone' }],
    unsent: [],
    unusable: [],
  });
  expect(sent).toHaveLength(1);
});

/** Sends what is left again, as the next call of a run does. */
async function writeAll(answer: Answer) {
  const refusals: { id: string; reason: string }[] = [];
  const written = new Map<string, number>();
  const { sent, call } = scripted((inputs) => {
    const result = answer(inputs);
    for (const { id } of inputs) written.set(id, (written.get(id) ?? 0) + 1);
    return result;
  });
  const size = createCallSize();
  let rounds = 0;
  let left: typeof updates = updates;
  while (left.length > 0) {
    const { refused, unsent } = await writeBatch('contacts', left, call, size);
    refusals.push(...refused);
    // Every round judges something, or this would never end.
    expect(unsent.length).toBeLessThan(left.length);
    left = left.filter(({ id }) => unsent.includes(id));
    rounds += 1;
  }
  return { refusals, written, sent, rounds };
}

describe('F45 a batch that is refused whole', () => {
  test('for one record, wherever it stands, singles it out in 8 calls at most', async () => {
    for (let bad = 1; bad <= 100; bad++) {
      const { sent, call } = scripted(refusing(new Set([String(bad)])));
      const { refused, unsent } = await write(updates, call);
      expect(refused.map((r) => r.id)).toEqual([String(bad)]);
      expect(unsent).toEqual([]);
      // The last call that held it was refused, or all it was last refused with were taken since.
      const last = sent.findLastIndex((ids) => ids.includes(String(bad)));
      const suspects = new Set(sent[last]);
      let calls = last + 1;
      while (suspects.size > 1) {
        for (const id of sent[calls] ?? []) suspects.delete(id);
        calls += 1;
      }
      expect(calls).toBeLessThanOrEqual(8);
      expect(sent.length).toBeLessThanOrEqual(9);
    }
  });

  test('for any set of records refuses exactly those, writes each other once, in few calls', async () => {
    const sets = fc.oneof(
      fc.uniqueArray(fc.integer({ min: 1, max: 100 }), { maxLength: 100 }),
      fc.uniqueArray(fc.integer({ min: 1, max: 100 }), { maxLength: 5 }),
      fc
        .uniqueArray(fc.integer({ min: 1, max: 100 }), { maxLength: 5 })
        .map((good) => updates.map((u) => Number(u.id)).filter((id) => !good.includes(id))),
    );
    await fc.assert(
      fc.asyncProperty(sets, async (ids) => {
        const bad = new Set(ids.map(String));
        const { refusals, written, sent } = await writeAll(refusing(bad));
        expect(new Set(refusals.map((r) => r.id))).toEqual(bad);
        expect(refusals).toHaveLength(bad.size);
        expect([...written.keys()].filter((id) => bad.has(id))).toEqual([]);
        expect(written.size).toBe(100 - bad.size);
        expect(new Set(written.values())).toEqual(new Set(bad.size === 100 ? [] : [1]));
        // Eight to single one out and one for what is left of it; singly where nearly all are bad.
        expect(sent.length).toBeLessThanOrEqual(Math.max(1, Math.min(9 * bad.size, 160)));
      }),
      { numRuns: 300 },
    );
  });

  test('for every record judges each in the end, a few calls at a time, then lets the account be', async () => {
    const bad = new Set(updates.map((u) => u.id));
    const { refusals, sent, rounds } = await writeAll(refusing(bad));
    expect(refusals).toHaveLength(100);
    expect(sent.length).toBeLessThanOrEqual(140);
    expect(sent.length / rounds).toBeLessThanOrEqual(23);
    // An account that refuses everything is not called without end.
    const { sent: calls, call } = scripted(refusing(bad));
    const size = createCallSize();
    for (let round = 0; round < 50; round++) await writeBatch('contacts', updates, call, size);
    expect(calls.length).toBeLessThan(180);
    expect(await writeBatch('contacts', updates, call, size)).toEqual({
      refused: [],
      unsent: updates.map((u) => u.id),
      unusable: [],
    });
  });

  test('gives no record the reason of another', async () => {
    const reasons = new Map(['9', '10', '55'].map((id) => [id, `rule ${id}`]));
    const { refusals } = await writeAll((inputs) => {
      const found = inputs.find(({ id }) => reasons.has(id));
      if (found !== undefined) throw hubspotError(400, reasons.get(found.id) ?? '');
      return taken(inputs);
    });
    for (const { id, reason } of refusals) expect(reason).toMatch(new RegExp(`rule ${id}\\b`));
    expect(refusals.map((r) => r.id).sort()).toEqual([...reasons.keys()].sort());
  });

  test('for records that it names costs one call more, whatever their number', async () => {
    const bad = ['3', '41', '99'];
    const { refusals, sent } = await writeAll((inputs) => {
      const named = inputs.map((i) => i.id).filter((id) => bad.includes(id));
      if (named.length > 0)
        throw naming({
          errors: [{ code: 'INVALID_OPTION', message: 'no', context: { ids: named } }],
        });
      return taken(inputs);
    });
    expect(refusals).toEqual(bad.map((id) => ({ id, reason: 'INVALID_OPTION: no' })));
    expect(sent.map((ids) => ids.length)).toEqual([100, 97]);
  });

  test('for a property that it names looks first at those who carry it', async () => {
    const carriers = ['17', '64', '65'];
    const mixed = updates.map((u) => ({
      ...u,
      values: carriers.includes(u.id) ? { ...u.values, rapport_status: 'ready' } : u.values,
    }));
    const { sent, call } = scripted((inputs) => {
      if (inputs.some(({ id }) => id === '64'))
        throw naming({
          errors: [
            {
              code: 'INVALID_OPTION',
              message: 'no',
              context: { propertyName: ['rapport_status'] },
            },
          ],
        });
      return taken(inputs);
    });
    const { refused } = await write(mixed, call);
    expect(refused.map((r) => r.id)).toEqual(['64']);
    expect(sent.map((ids) => ids.length)).toEqual([100, 3, 1, 1, 98]);
  });

  test('for a property that a record lacks is not blamed on those who carry it', async () => {
    const mixed = updates.map((u, n) =>
      n === 0 ? u : { ...u, values: { rapport_status: 'ready' } },
    );
    const { sent, call } = scripted((inputs) => {
      if (inputs.some(({ properties }) => !('rapport_status' in properties)))
        throw naming({
          errors: [
            {
              code: 'MISSING_REQUIRED_PROPERTY',
              message: 'required',
              context: { propertyName: ['rapport_status'] },
            },
          ],
        });
      return taken(inputs);
    });
    const { refused } = await write(mixed, call);
    expect(refused.map((r) => r.id)).toEqual(['1']);
    expect(sent.length).toBeLessThanOrEqual(9);
  });

  test('F50 for a property that is gone, or an option, writes all other values', async () => {
    const { sent, call } = scripted((inputs) => {
      const bad = inputs.some(
        ({ properties: p }) => 'rapport_gone' in p || (p['rapport_status'] ?? 'ready') !== 'ready',
      );
      if (bad) throw hubspotError(400, 'VALIDATION_ERROR');
      return taken(inputs);
    });
    const mixed = updates.map(({ id, values }, n) => ({
      id,
      values: { ...values, rapport_gone: 'x', rapport_status: n === 0 ? 'other' : 'ready' },
    }));
    expect(await write(mixed, call)).toEqual({
      refused: [],
      unsent: [],
      unusable: ['rapport_gone', 'rapport_status'],
    });
    expect(sent.map((ids) => ids.length)).toEqual([100, 100]);
  });
});

test.each([
  [429, { policyName: 'TEN_SECONDLY_ROLLING' }, {}, 'host_rate_limited', 10_000],
  [429, { policyName: 'SECONDLY' }, {}, 'host_rate_limited', 1_000],
  [429, { policyName: 'DAILY' }, { 'retry-after': '60' }, 'host_rate_limited', 60_000],
  [423, {}, {}, 'host_rate_limited', 2_000],
  [477, {}, { 'retry-after': '86400' }, 'host_rate_limited', 86_400_000],
  [500, {}, {}, 'host_unavailable', undefined],
  [502, '<h1>Bad Gateway</h1>', {}, 'host_unavailable', undefined],
  [504, {}, {}, 'host_unavailable', undefined],
  [521, {}, {}, 'host_unavailable', undefined],
  [401, {}, {}, 'needs_reconnect', undefined],
  [403, { category: 'MISSING_SCOPES' }, {}, 'missing_scope', undefined],
] as const)(
  'F42 F43 %i %j is thrown on as what happens next, and nothing is refused',
  async (code, body, headers, expected, retryAfterMs) => {
    const { sent, call } = scripted(() => {
      throw fromClientError(Object.assign(new Error('x'), { code, body, headers }));
    });
    const error = await write(updates, call).catch((e: unknown) => e);
    expect(error).toBeInstanceOf(RapportError);
    expect(error).toMatchObject({ code: expected, retryAfterMs });
    expect(sent).toHaveLength(1);
  },
);

test.each([
  ['a lost connection', new TypeError('fetch failed')],
  ['half of the JSON', new SyntaxError('Unexpected end of JSON input')],
])('F43 %s is an answer that did not come', (_what, cause) => {
  expect(fromClientError(cause)).toMatchObject({ code: 'host_unavailable', retry: 'later' });
});
