/** The differences of the dry run, or of what a run wrote, record by record with their names. */
import { z } from 'zod';
import type { WrittenKind } from '../core/manifest.ts';
import { parsePayload } from '../core/payload.ts';
import type { Company, Contact, Deal, Ticket } from '../core/record.ts';
import type { Differences } from '../core/settings-page.ts';
import type { Tenant } from '../core/tenant.ts';
import type { JournalEntry } from '../ports/write-store.ts';
import { type FlowContext, hostOf } from './context.ts';
import { calledName } from './show-card.ts';

const PAGE = 25;

const querySchema = z.object({
  run: z.coerce.number().int().positive().optional(),
  before: z.coerce.number().int().positive().optional(),
});

/** Without `run` what is planned; with it what that run wrote. Newest first. */
export async function showDifferences(
  ctx: FlowContext,
  tenant: Tenant,
  query: unknown,
): Promise<Differences> {
  const { run, before } = parsePayload(querySchema, query);
  const entries = await ctx.store.writes.list(
    tenant.id,
    {
      ...(run === undefined ? { state: 'planned' as const } : { runId: run }),
      ...(before === undefined ? {} : { before }),
    },
    PAGE + 1,
  );
  const shown = entries.slice(0, PAGE);
  const names = await namesOf(ctx, tenant, shown);
  const host = hostOf(ctx, tenant.host);
  return {
    records: shown.map(({ writeId, kind, id, changes }) => ({
      write: writeId,
      kind,
      id,
      name: names.get(`${kind} ${id}`) ?? '',
      url: host.recordUrl(tenant.accountId, kind, id),
      changes: Object.entries(changes).map(([property, change]) => {
        const known = ctx.manifest.properties[kind as WrittenKind].find((p) => p.name === property);
        return {
          property,
          label: known?.label ?? property,
          labelZh: known?.labelZh ?? property,
          ...change,
        };
      }),
    })),
    next: entries.length > PAGE ? (shown.at(-1)?.writeId ?? null) : null,
  };
}

type Named = Contact | Company | Deal | Ticket;

async function namesOf(
  { store }: FlowContext,
  tenant: Tenant,
  entries: readonly JournalEntry[],
): Promise<Map<string, string>> {
  const names = new Map<string, string>();
  for (const kind of new Set(entries.map((e) => e.kind as WrittenKind))) {
    const ids = entries.filter((e) => e.kind === kind).map((e) => e.id);
    for (const record of await store.records.get<Named>(tenant.id, kind, ids))
      names.set(`${kind} ${record.id}`, nameOf(record));
  }
  return names;
}

function nameOf(record: Named): string {
  if (record.kind === 'contact') return calledName(record);
  return record.kind === 'ticket' ? record.subject : record.name;
}
