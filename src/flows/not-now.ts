/** A person sets the advice on a contact aside and says why; the cards stop pressing it for some days. */
import { z } from 'zod';
import { NOT_NOW_REASONS, type NotNow } from '../core/activity.ts';
import { RapportError } from '../core/errors.ts';
import type { Contact } from '../core/record.ts';
import type { Tenant } from '../core/tenant.ts';
import type { Clock } from '../ports/clock.ts';
import type { Store } from '../ports/store.ts';
import type { TenantContext } from './context.ts';

const KEPT_DAYS = 7;
const DAY_MS = 86_400_000;

export const notNowSchema = z.strictObject({
  reason: z.enum(NOT_NOW_REASONS),
  channel: z.string().max(30).nullable(),
});

/** Throws `record_gone` for a contact that is not this account's. */
export async function sayNotNow(
  ctx: Pick<TenantContext, 'store' | 'tenant' | 'clock' | 'meter'>,
  contactId: string,
  { reason, channel }: z.infer<typeof notNowSchema>,
  userId: string | null,
): Promise<NotNow> {
  const { store, tenant, clock, meter } = ctx;
  const [contact] = await store.records.get<Contact>(tenant.id, 'contact', [contactId]);
  if (contact === undefined)
    throw new RapportError('record_gone', `This account has no contact ${contactId}.`);
  const [scored] = await store.scores.get(tenant.id, 'contact', [contactId]);
  const said: NotNow = {
    contactId,
    reason,
    channel,
    userId,
    modelVersion: scored?.modelVersion ?? '',
    at: clock.now(),
  };
  await store.notNow.add(tenant.id, said);
  meter.count('not_now', { reason });
  return said;
}

/** What was said of these days' advice; advice on another channel than that is advice anew. */
export async function setAsideOf(
  { store, clock }: { readonly store: Store; readonly clock: Clock },
  tenant: Tenant,
  contactId: string,
  advised: string | null,
): Promise<{ reason: string; at: string } | null> {
  const since = new Date(clock.now().getTime() - KEPT_DAYS * DAY_MS);
  const said = await store.notNow.latest(tenant.id, contactId, since);
  if (said === null || said.channel !== advised) return null;
  return { reason: said.reason, at: said.at.toISOString() };
}
