/** The differences of the dry run, or of what a run wrote, record by record with their names. */
import { z } from 'zod';
import type { ActivityKind } from '../core/activity.ts';
import { recordId } from '../core/ids.ts';
import type { WrittenKind } from '../core/manifest.ts';
import { parsePayload } from '../core/payload.ts';
import type { Company, Contact, Deal, RecordRef, Ticket } from '../core/record.ts';
import type { Differences } from '../core/settings-page.ts';
import type { Tenant } from '../core/tenant.ts';
import type { JournalEntry } from '../ports/write-store.ts';
import { type FlowContext, hostOf } from './context.ts';
import { fromWrite } from './plan-activity.ts';
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
    records: shown.flatMap((entry) => {
      const of = recordOf(entry);
      if (of === undefined) return [];
      return [
        {
          write: entry.writeId,
          kind: entry.kind,
          id: of.id,
          name: names.get(`${of.kind} ${of.id}`) ?? '',
          url: host.recordUrl(tenant.accountId, of.kind, of.id),
          changes: Object.entries(entry.changes).map(([property, change]) => ({
            property,
            ...labelsOf(ctx, entry.kind, property),
            ...change,
          })),
        },
      ];
    }),
    next: entries.length > PAGE ? (shown.at(-1)?.writeId ?? null) : null,
  };
}

/** A task or a note is shown with the record it stands on. */
function recordOf(entry: JournalEntry): RecordRef | undefined {
  const { kind, id } = entry;
  return isActivity(kind) ? fromWrite(entry).about[0] : { kind, id: recordId(id) };
}

const isActivity = (kind: JournalEntry['kind']): kind is ActivityKind =>
  kind === 'task' || kind === 'note';

/** What a task or a note says of itself. */
const ACTIVITY_LABELS: Readonly<Record<string, readonly [en: string, zh: string]>> = {
  about: ['On the records', '所在记录'],
  subject: ['Title', '标题'],
  body: ['Text', '内容'],
  at: ['Time', '时间'],
  type: ['Type', '类型'],
  owner: ['Owner', '负责人'],
};

function labelsOf(
  { manifest }: FlowContext,
  kind: JournalEntry['kind'],
  property: string,
): { label: string; labelZh: string } {
  const [label = property, labelZh = property] = ACTIVITY_LABELS[property] ?? [];
  if (isActivity(kind)) return { label, labelZh };
  const known = manifest.properties[kind as WrittenKind].find((p) => p.name === property);
  return { label: known?.label ?? property, labelZh: known?.labelZh ?? property };
}

type Named = Contact | Company | Deal | Ticket;

async function namesOf(
  { store }: FlowContext,
  tenant: Tenant,
  entries: readonly JournalEntry[],
): Promise<Map<string, string>> {
  const names = new Map<string, string>();
  const records = entries.flatMap((e) => recordOf(e) ?? []);
  for (const kind of new Set(records.map((r) => r.kind as WrittenKind))) {
    const ids = records.filter((r) => r.kind === kind).map((r) => r.id);
    for (const record of await store.records.get<Named>(tenant.id, kind, ids))
      names.set(`${kind} ${record.id}`, nameOf(record));
  }
  return names;
}

function nameOf(record: Named): string {
  if (record.kind === 'contact') return calledName(record);
  return record.kind === 'ticket' ? record.subject : record.name;
}
