/** Searches over the records of one type. */
import type { Clock } from '../../ports/clock.ts';
import type { ApiRoute } from './api.ts';
import { invalid } from './api-error.ts';
import type { ObjectParts } from './object-routes.ts';
import { OBJECT_COLUMNS, type StoredObject } from './object-store.ts';
import { presentObject } from './present-object.ts';
import { readable, typeFor } from './request-parts.ts';
import { type SearchRequest, searchSql } from './search-query.ts';
import type { Knobs } from './settings.ts';

const MAX_BODY_CHARS = 3_000;

export interface SearchParts extends Pick<ObjectParts, 'sql' | 'properties'> {
  readonly clock: Clock;
  readonly knobs: () => Knobs;
}

export function searchRoutes({ sql, properties, clock, knobs }: SearchParts): readonly ApiRoute[] {
  return [
    {
      method: 'post',
      path: '/crm/v3/objects/:objectType/search',
      request: 'objects.PublicObjectSearchRequest',
      replies: { 200: 'objects.CollectionResponseWithTotalSimplePublicObjectForwardPaging' },
      limit: 'search',
      async handle(call) {
        const type = typeFor(call, 'read');
        const request = call.body as SearchRequest;
        if (JSON.stringify(request).length > MAX_BODY_CHARS) {
          throw invalid(`A search body may have ${MAX_BODY_CHARS} characters at most.`);
        }
        const definitions = readable(call, type, await properties.definitions(type.name));
        const search = searchSql(request, { type, definitions });
        const params = [...search.params, new Date(clock.now().getTime() - knobs().searchLagMs)];
        const where = `${search.where} and o.updated_at <= $${params.length}`;
        const [counted] = await sql.query<{ total: number }>(
          `select count(*)::int as total from sandbox.objects o where ${where}`,
          params,
        );
        const rows = await sql.query<StoredObject>(
          `select ${OBJECT_COLUMNS} from sandbox.objects o where ${where}
           order by ${search.orderBy} limit ${search.limit} offset ${search.offset}`,
          params,
        );
        const total = counted?.total ?? 0;
        const end = search.offset + rows.length;
        const selection = { properties: request.properties ?? [], withHistory: [] };
        return {
          status: 200,
          body: {
            total,
            results: rows.map((row) => presentObject(type, row, definitions, selection)),
            ...(end < total && rows.length > 0 ? { paging: { next: { after: String(end) } } } : {}),
          },
        };
      },
    },
  ];
}
