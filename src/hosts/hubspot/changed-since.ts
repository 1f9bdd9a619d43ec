/** What changed since a time, page by page by time and id: no offset, so no ceiling, and nothing shifts while it is read. */
import type { Client } from '@hubspot/api-client';
import type { RecordKind } from '../../core/record.ts';
import type { HostSession } from '../../ports/host.ts';
import type { CallKind } from '../../ports/limiter.ts';
import { OBJECT_TYPES } from './object-types.ts';

const PAGE = 200;
const ID = 'hs_object_id';

type Call = <T>(run: (client: Client) => Promise<T>, kind?: CallKind) => Promise<T>;

/** A time to look from, or within the records of that one millisecond the id to look behind. */
interface Place {
  readonly ms: number;
  readonly behind: string | null;
}

/**
 * See `HostSession.changedSince`. Each page begins at the time where the last one ended, so records
 * of that time may come twice. Where a whole page is of one millisecond, as after an import, the
 * records of that millisecond are walked by their ids.
 */
export async function changedSince(
  kind: RecordKind,
  since: Date,
  after: string | null,
  call: Call,
): ReturnType<HostSession['changedSince']> {
  const { plural, modified } = OBJECT_TYPES[kind];
  const place = after === null ? { ms: since.getTime(), behind: null } : parse(after);
  const { ms, behind } = place;
  const filter = (propertyName: string, operator: string, value: string) => ({
    propertyName,
    operator: operator as never,
    value,
  });
  const from = filter(modified, 'GTE', String(ms));
  const page = await call(
    (c) =>
      c.crm.objects.searchApi.doSearch(plural, {
        filterGroups: [
          {
            filters:
              behind === null
                ? [from]
                : [from, filter(modified, 'LTE', String(ms)), filter(ID, 'GT', behind)],
          },
        ],
        sorts: [behind === null ? modified : ID],
        properties: [modified],
        limit: PAGE,
      }),
    'search',
  );
  const changes = page.results.map((o) => ({ id: o.id, updatedAt: new Date(o.updatedAt) }));
  const last = page.results.at(-1);
  if (page.paging?.next === undefined || last === undefined)
    return { changes, after: behind === null ? null : format({ ms: ms + 1, behind: null }) };
  if (behind !== null) return { changes, after: format({ ms, behind: last.id }) };
  // What is sorted by, should it ever differ from the record's own time.
  const lastMs = Date.parse(last.properties[modified] ?? '') || new Date(last.updatedAt).getTime();
  return {
    changes,
    after: format(lastMs > ms ? { ms: lastMs, behind: null } : { ms, behind: '0' }),
  };
}

const format = ({ ms, behind }: Place): string => (behind === null ? `${ms}` : `${ms}:${behind}`);

function parse(after: string): Place {
  const [ms, behind] = after.split(':');
  return { ms: Number(ms), behind: behind ?? null };
}
