/** Erasures outlive a restored backup: their list is kept apart from it, and applied to it. */
import { z } from 'zod';
import { recordId } from '../core/ids.ts';
import { parsePayload } from '../core/payload.ts';
import type { FlowContext } from './context.ts';
import { oneTenant } from './one-tenant.ts';
import { wake } from './train.ts';

/** A request's worth; `rapport erasures apply` sends as many as it takes. */
export const MOST_ERASURES = 5_000;

const namedSchema = z.object({ tenant: z.string().optional() });
const erasureSchema = z.object({
  hash: z.string().regex(/^[0-9a-f]{64}$/),
  at: z.coerce.date(),
});
const listSchema = namedSchema.extend({ erasures: z.array(erasureSchema).max(MOST_ERASURES) });

/** The list of the only account or the named one: hashes and times, nobody's name or id. */
export async function listErasures(ctx: FlowContext, query: unknown) {
  const { store, tenant } = await oneTenant(ctx, parsePayload(namedSchema, query).tenant);
  const erasures = await store.erasures.all(tenant.id);
  return {
    tenant: tenant.id as string,
    erasures: erasures.map(({ hash, at }) => ({ hash, at: at.toISOString() })),
  };
}

/** Bars everybody listed and has those who are held erased, as when the CRM tells of it. Safe to repeat. */
export async function applyErasures(ctx: FlowContext, body: unknown) {
  const { tenant: named, erasures } = parsePayload(listSchema, body);
  const one = await oneTenant(ctx, named);
  const { store, tenant, clock } = one;
  const people = await store.transaction(async (tx) => {
    await tx.erasures.bar(tenant.id, erasures);
    const held = await tx.erasures.heldPeople(tenant.id);
    await tx.marks.raise(
      tenant.id,
      'sync',
      held.map((id) => ({
        kind: 'contact',
        id: recordId(id),
        change: 'privacy_deleted',
        eventAt: null,
      })),
      clock.now(),
    );
    return held.length;
  });
  await wake(one);
  return { tenant: tenant.id as string, listed: erasures.length, erasing: people };
}
