/** Batch updates that HubSpot takes in part, refuses whole, or asks to wait with. */
import type { Client } from '@hubspot/api-client';
import { describe, expect, test } from 'vitest';
import { RapportError } from '../../../../src/core/errors.ts';
import { fromClientError, hubspotError } from '../../../../src/hosts/hubspot/errors.ts';
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
const taken: Answer = (inputs) => ({ results: inputs.map(({ id }) => ({ id })) });
const refusing =
  (bad: ReadonlySet<string>): Answer =>
  (inputs) => {
    if (inputs.some(({ id }) => bad.has(id))) throw hubspotError(400, 'VALIDATION_ERROR');
    return taken(inputs);
  };

test('F45 what a 207 does not name as written is refused with its reason, the other 99 are taken', async () => {
  const { sent, call } = scripted((inputs) => ({
    results: inputs.filter(({ id }) => id !== '42').map(({ id }) => ({ id })),
    numErrors: 1,
    errors: [{ category: 'OBJECT_NOT_FOUND', message: 'gone', context: { ids: ['42'] } }],
  }));
  expect(await writeBatch('contacts', updates, call)).toEqual({
    refused: [{ id: '42', reason: 'OBJECT_NOT_FOUND: gone' }],
    unusable: [],
  });
  expect(sent).toHaveLength(1);
});

describe('F45 a batch that is refused whole', () => {
  test.each([[['1']], [['100']], [['37']], [['12', '88']]])(
    'for %j writes all the others',
    async (bad) => {
      const { sent, call } = scripted(refusing(new Set(bad)));
      const { refused } = await writeBatch('contacts', updates, call);
      expect(refused.map((r) => r.id)).toEqual(bad);
      expect(sent.length).toBeLessThanOrEqual(bad.length * 14 + 1);
    },
  );

  test('for every record costs few calls, so that the share of errors stays small', async () => {
    const { sent, call } = scripted(refusing(new Set(updates.map((u) => u.id))));
    const { refused } = await writeBatch('contacts', updates, call);
    expect(refused).toHaveLength(100);
    expect(sent.length).toBeLessThanOrEqual(25);
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
    expect(await writeBatch('contacts', mixed, call)).toEqual({
      refused: [],
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
    const error = await writeBatch('contacts', updates, call).catch((e: unknown) => e);
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
