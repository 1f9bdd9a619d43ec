/** Every search operator, run on a real database; every limit, refused. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { objectTypeOf } from '../../../../src/hosts/sandbox/object-types.ts';
import type { PropertyDefinition } from '../../../../src/hosts/sandbox/property-values.ts';
import {
  type Filter,
  type SearchRequest,
  searchSql,
} from '../../../../src/hosts/sandbox/search-query.ts';
import { createTables } from '../../../../src/hosts/sandbox/tables.ts';
import type { Sql } from '../../../../src/ports/sql.ts';
import { createEmptyPglite } from '../../../support/empty-pglite.ts';

const TYPES = {
  firstname: 'string',
  age: 'number',
  seen: 'datetime',
  born: 'date',
  stage: 'enumeration',
};
const definitions = new Map<string, PropertyDefinition>(
  Object.entries(TYPES).map(([name, type]) => [
    name,
    { name, type, label: name, fieldType: 'text', groupName: 'g', description: '', options: [] },
  ]),
);
const target = { type: objectTypeOf('contacts'), definitions };
const PEOPLE = [
  [1, { firstname: 'Zoe Marsh', age: '30', seen: '2026-01-01T00:00:00.000Z', stage: 'lead' }],
  [2, { firstname: 'zoe', age: '9', born: '1990-05-05', stage: 'customer' }],
  [3, { firstname: '王 小明', age: '101', seen: '2026-03-01T00:00:00.000Z', born: '2001-01-01' }],
  [4, {}],
] as const;

let sql: Sql;
beforeAll(async () => {
  sql = await createEmptyPglite();
  await createTables(sql);
  for (const [id, properties] of PEOPLE) {
    await sql.query(
      `insert into sandbox.objects (object_type, id, properties, created_at, updated_at)
       values ('contacts', $1, $2::jsonb, '2026-01-01', $3)`,
      [id, JSON.stringify(properties), new Date(Date.UTC(2026, 0, id))],
    );
  }
  await sql.query(
    `insert into sandbox.associations values ('contacts', 1, 'companies', 50, 279), ('contacts', 3, 'companies', 51, 279)`,
  );
});
afterAll(() => sql.close());

async function found(request: SearchRequest): Promise<number[]> {
  const search = searchSql(request, target);
  const rows = await sql.query<{ id: number }>(
    `select o.id from sandbox.objects o where ${search.where} order by ${search.orderBy}
     limit ${search.limit} offset ${search.offset}`,
    search.params,
  );
  return rows.map((row) => row.id);
}
const one = (
  propertyName: string,
  operator: string,
  more: Partial<Filter> = {},
): SearchRequest => ({
  filterGroups: [{ filters: [{ propertyName, operator, ...more }] }],
});

describe('operators', () => {
  test.each<[string, string, Partial<Filter>, number[]]>([
    ['firstname', 'EQ', { value: 'ZOE' }, [2]],
    ['firstname', 'NEQ', { value: 'zoe' }, [1, 3, 4]],
    ['age', 'LT', { value: '30' }, [2]],
    ['age', 'LTE', { value: '30' }, [1, 2]],
    ['age', 'GT', { value: '30' }, [3]],
    ['age', 'GTE', { value: '30' }, [1, 3]],
    ['age', 'BETWEEN', { value: '9', highValue: '30' }, [1, 2]],
    ['stage', 'IN', { values: ['lead', 'customer'] }, [1, 2]],
    ['stage', 'NOT_IN', { values: ['lead'] }, [2, 3, 4]],
    ['seen', 'HAS_PROPERTY', {}, [1, 3]],
    ['seen', 'NOT_HAS_PROPERTY', {}, [2, 4]],
    ['seen', 'GTE', { value: '1769904000000' }, [3]],
    ['born', 'LT', { value: '2000-01-01' }, [2]],
    ['firstname', 'CONTAINS_TOKEN', { value: 'marsh' }, [1]],
    ['firstname', 'CONTAINS_TOKEN', { value: 'mar*' }, [1]],
    ['firstname', 'CONTAINS_TOKEN', { value: 'mar' }, []],
    ['firstname', 'NOT_CONTAINS_TOKEN', { value: 'zoe' }, [3, 4]],
    ['hs_object_id', 'GT', { value: '2' }, [3, 4]],
    ['lastmodifieddate', 'GTE', { value: '2026-01-03T00:00:00Z' }, [3, 4]],
    ['associations.company', 'EQ', { value: '51' }, [3]],
  ])('%s %s %j', async (name, operator, more, ids) => {
    expect(await found(one(name, operator, more))).toEqual(ids);
  });

  test('groups are alternatives, filters add up, a query narrows', async () => {
    const filters = (...all: Filter[]) => ({ filters: all });
    const zoe: Filter = { propertyName: 'firstname', operator: 'CONTAINS_TOKEN', value: 'zoe' };
    const old: Filter = { propertyName: 'age', operator: 'GT', value: '20' };
    expect(await found({ filterGroups: [filters(zoe, old)] })).toEqual([1]);
    expect(await found({ filterGroups: [filters(zoe), filters(old)] })).toEqual([1, 2, 3]);
    expect(await found({ query: 'zo' })).toEqual([1, 2]);
    expect(await found({ query: '%' })).toEqual([]);
  });

  test('sorts by type, unset last, with paging', async () => {
    expect(await found({ sorts: ['age'] })).toEqual([2, 1, 3, 4]);
    expect(await found({ sorts: ['-age'] })).toEqual([3, 1, 2, 4]);
    expect(await found({ sorts: ['age'], limit: 2, after: '1' })).toEqual([1, 3]);
  });
});

test.each<[string, SearchRequest]>([
  ['six groups', { filterGroups: Array.from({ length: 6 }, () => ({ filters: [] })) }],
  ['an unknown property', one('nope', 'HAS_PROPERTY')],
  ['an unknown operator', one('age', 'LIKE', { value: '1' })],
  ['a missing value', one('age', 'EQ')],
  ['a value of the wrong type', one('age', 'EQ', { value: 'old' })],
  ['201 results', { limit: 201 }],
  ['results beyond 10,000', { limit: 200, after: '9900' }],
  ['two sorts', { sorts: ['age', 'seen'] }],
  ['a cursor that is no number', { after: 'x' }],
  [
    'seven filters in a group',
    {
      filterGroups: [
        {
          filters: Array.from({ length: 7 }, () => ({
            propertyName: 'age',
            operator: 'HAS_PROPERTY',
          })),
        },
      ],
    },
  ],
])('refuses %s', (_what, request) => {
  expect(() => searchSql(request, target)).toThrowError();
});
