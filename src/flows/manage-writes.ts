/** The admin's hand on what is written, as questions and decisions of outside form: list, approve, hold, release, undo. */
import { z } from 'zod';
import { RapportError } from '../core/errors.ts';
import { parsePayload } from '../core/payload.ts';
import { RECORD_KINDS } from '../core/record.ts';
import { type JournalEntry, WRITE_STATES } from '../ports/write-store.ts';
import { approveWrites, holdWrites, releaseValues } from './approve-writes.ts';
import type { FlowContext, TenantContext } from './context.ts';
import { oneTenant } from './one-tenant.ts';
import { undoWrites } from './undo-writes.ts';

const querySchema = z.object({
  tenant: z.string().optional(),
  state: z.enum(WRITE_STATES).optional(),
  run: z.coerce.number().int().positive().optional(),
  kind: z.enum([...RECORD_KINDS, 'task']).optional(),
  before: z.coerce.number().int().positive().optional(),
  limit: z.coerce.number().int().min(1).max(1000).default(100),
});

const tenantSchema = z.object({ tenant: z.string().optional() });
const undoSchema = tenantSchema.extend({ run: z.number().int().positive() });

export interface WritesList {
  readonly mode: string;
  readonly pending: { readonly planned: number; readonly sending: number };
  readonly writes: readonly JournalEntry[];
}

export async function listWrites(ctx: FlowContext, query: unknown): Promise<WritesList> {
  const { tenant: named, state, run, kind, before, limit } = parsePayload(querySchema, query);
  const { store, tenant } = await oneTenant(ctx, named);
  const filter = {
    ...(state === undefined ? {} : { state }),
    ...(run === undefined ? {} : { runId: run }),
    ...(kind === undefined ? {} : { kind }),
    ...(before === undefined ? {} : { before }),
  };
  return {
    mode: tenant.settings.writes.mode,
    pending: await store.writes.pending(tenant.id),
    writes: await store.writes.list(tenant.id, filter, limit),
  };
}

const ACTIONS: Readonly<
  Record<string, (ctx: FlowContext, body: unknown) => Promise<Readonly<Record<string, unknown>>>>
> = {
  approve: forNamed(approveWrites),
  hold: forNamed(holdWrites),
  release: forNamed(releaseValues),
  undo: async (ctx, body) => {
    const { tenant, run } = parsePayload(undoSchema, body);
    return { ...(await undoWrites(await oneTenant(ctx, tenant), run)) };
  },
};

/** `approve`, `hold`, `release` or `undo` (with `run`), for the only account or the named `tenant`. */
export function actOnWrites(
  ctx: FlowContext,
  action: string,
  body: unknown,
): Promise<Readonly<Record<string, unknown>>> {
  const act = Object.hasOwn(ACTIONS, action) ? ACTIONS[action] : undefined;
  if (act === undefined) throw new RapportError('not_found', 'There is nothing here.');
  return act(ctx, body);
}

function forNamed<T extends object>(act: (ctx: TenantContext) => Promise<T>) {
  return async (ctx: FlowContext, body: unknown) => ({
    ...(await act(await oneTenant(ctx, parsePayload(tenantSchema, body).tenant))),
  });
}
