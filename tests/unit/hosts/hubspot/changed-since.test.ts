/** F49 Reading changes by time and id: past HubSpot's ceiling, over equal times at page borders, while records move. */
import type { Client } from '@hubspot/api-client';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { changedSince } from '../../../../src/hosts/hubspot/changed-since.ts';
import { createSession } from '../../../../src/hosts/hubspot/session.ts';
import type { HostSession } from '../../../../src/ports/host.ts';
import { tenant } from '../../../support/builders.ts';
import { manifest } from '../../../support/flow-context.ts';
import { createRecordingMeter } from '../../../support/recorders.ts';
import { type SandboxServer, startSandbox } from '../../../support/sandbox-server.ts';

interface Filter {
  readonly propertyName: string;
  readonly operator: 'GTE' | 'LTE' | 'GT';
  readonly value: string;
}
interface Search {
  readonly filterGroups: readonly [{ readonly filters: readonly Filter[] }];
  readonly sorts: readonly [string];
  readonly limit: number;
  readonly after?: string;
}

/** HubSpot's search over records that the test may change between pages. */
function searching(records: Map<string, number>, between: (page: number) => void = () => {}) {
  let pages = 0;
  const client = {
    crm: {
      objects: {
        searchApi: {
          doSearch: async (_plural: string, search: Search) => {
            between(pages);
            pages += 1;
            const of = (id: string, name: string) =>
              name === 'hs_object_id' ? Number(id) : (records.get(id) ?? 0);
            const holds = (id: string, { propertyName, operator, value }: Filter) => {
              const held = of(id, propertyName);
              if (operator === 'GT') return held > Number(value);
              return operator === 'GTE' ? held >= Number(value) : held <= Number(value);
            };
            const [sort] = search.sorts;
            const found = [...records.keys()]
              .filter((id) => search.filterGroups[0].filters.every((f) => holds(id, f)))
              // Equal ones in an order of its own.
              .sort((a, b) => of(a, sort) - of(b, sort) || (a < b ? 1 : -1));
            const from = Number(search.after ?? 0);
            if (from + search.limit > 10_000) throw new Error('Paging beyond 10000 results.');
            const end = from + search.limit;
            return {
              total: found.length,
              results: found.slice(from, end).map((id) => {
                const updatedAt = new Date(records.get(id) ?? 0);
                return { id, updatedAt, properties: { lastmodifieddate: updatedAt.toISOString() } };
              }),
              ...(end < found.length ? { paging: { next: { after: String(end) } } } : {}),
            };
          },
        },
      },
    },
  } as unknown as Client;
  return { call: <T>(run: (c: Client) => Promise<T>) => run(client), pages: () => pages };
}

async function readAll(read: HostSession['changedSince'], since: number) {
  const ids = new Set<string>();
  let after: string | null = null;
  let pages = 0;
  do {
    const page = await read('contact', new Date(since), after);
    for (const { id } of page.changes) ids.add(id);
    after = page.after;
    pages += 1;
    expect(pages).toBeLessThan(1_000);
  } while (after !== null);
  return { ids, pages };
}

describe('F49 every record changed since then', () => {
  test('is told, however the times cluster, in about as many pages as they fill', async () => {
    const clusters = fc.array(
      fc.record({ gap: fc.integer({ min: 0, max: 3 }), records: fc.integer({ min: 1, max: 450 }) }),
      { maxLength: 12 },
    );
    await fc.assert(
      fc.asyncProperty(clusters, async (found) => {
        const records = new Map<string, number>();
        let ms = 1_000;
        for (const { gap, records: n } of found) {
          ms += gap;
          for (let k = 0; k < n; k++) records.set(String(records.size + 1), ms);
        }
        const { call } = searching(records);
        const { ids, pages } = await readAll((k, s, a) => changedSince(k, s, a, call), 1_001);
        const wanted = [...records].filter(([, at]) => at >= 1_001).map(([id]) => id);
        expect([...ids].sort()).toEqual(wanted.sort());
        // A page that ends within a millisecond is read again from there, at most once per cluster.
        expect(pages).toBeLessThanOrEqual(Math.ceil(wanted.length / 200) + 3 * found.length + 1);
      }),
      { numRuns: 60 },
    );
  });

  test('is told although those already read are changed again meanwhile', async () => {
    const records = new Map(
      Array.from({ length: 1_000 }, (_, n) => [String(n + 1), 1_000 + n] as const),
    );
    // After each page five records of it move to the end: an offset would now skip five.
    const { call } = searching(records, (page) => {
      if (page > 0 && page < 5)
        for (let n = 0; n < 5; n++) records.set(String((page - 1) * 190 + n + 1), 9_000 + page);
    });
    const { ids } = await readAll((k, s, a) => changedSince(k, s, a, call), 0);
    expect(ids.size).toBe(1_000);
  });

  test('F49 25,000 of them in one millisecond', async () => {
    const records = new Map<string, number>([['1', 4_999]]);
    for (let n = 0; n < 25_000; n++) records.set(String(n + 10), 5_000);
    records.set('99999', 5_001);
    const { call } = searching(records);
    const { ids, pages } = await readAll((k, s, a) => changedSince(k, s, a, call), 0);
    expect(ids.size).toBe(25_002);
    expect(pages).toBeLessThanOrEqual(130);
  });
});

describe('F49 on the sandbox, which refuses a page behind the ceiling', () => {
  let server: SandboxServer;
  let session: HostSession;
  beforeAll(async () => {
    server = await startSandbox(3);
    session = createSession({
      apiOrigin: server.info.api,
      manifest,
      tenant: tenant('1'),
      accessToken: async () => server.info.token,
      pace: async () => {},
      meter: createRecordingMeter(),
    });
    await server.call('PUT', '/sandbox/knobs', { clockSpeed: 100_000 });
    await server.sql.query(
      `insert into sandbox.objects (object_type, id, properties, created_at, updated_at)
       select 'contacts', 5000000 + n, '{}'::jsonb, '2026-01-01T00:00:00Z', '2026-01-01T00:00:00.123Z'
         from generate_series(1, 10200) as n`,
    );
  });
  afterAll(() => server?.close());

  test('an import of 10,200 in one millisecond is read to its end', async () => {
    const { ids } = await readAll(session.changedSince, Date.parse('2026-01-01T00:00:00Z'));
    expect([...ids].filter((id) => Number(id) > 5_000_000)).toHaveLength(10_200);
  });
});
