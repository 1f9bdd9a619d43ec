/** What the cards ask, signed by the host: show what is stored, and have its score refreshed. */
import type { Request } from 'express';
import { RapportError } from '../../core/errors.ts';
import { recordId } from '../../core/ids.ts';
import type { RecordRef } from '../../core/record.ts';
import { maySeeCards } from '../../core/settings.ts';
import type { Tenant } from '../../core/tenant.ts';
import type { FlowContext } from '../../flows/context.ts';
import { inTime } from '../../flows/in-time.ts';
import { showCard } from '../../flows/show-card.ts';
import { showCompanyCard } from '../../flows/show-company-card.ts';
import { showDealCard } from '../../flows/show-deal-card.ts';
import { showTicketCard } from '../../flows/show-ticket-card.ts';
import type { Caller } from '../middleware/host-signature.ts';
import { defineRoute, type Route } from '../route.ts';

/** Cards give up after eight seconds; a sentence and a button come sooner than that. */
const CARD_DEADLINE_MS = 3_000;

type Show = (ctx: FlowContext, tenant: Tenant | null, objectId: string) => Promise<object>;

const CARDS: Readonly<Record<string, Show>> = {
  '/hubspot/card': showCard,
  '/hubspot/ticket-card': showTicketCard,
  '/hubspot/deal-card': showDealCard,
  '/hubspot/company-card': showCompanyCard,
};

export const cardRoutes = (ctx: FlowContext): Route[] =>
  Object.entries(CARDS).map(([path, show]) =>
    defineRoute({
      method: 'get',
      path,
      handle: async (req) => ({
        json: await inTime(answerTo(ctx, show, callerOf(req), objectId(req)), CARD_DEADLINE_MS),
      }),
    }),
  );

async function answerTo(
  ctx: FlowContext,
  show: Show,
  { host, accountId, ...user }: Caller,
  id: string,
): Promise<object> {
  const tenant = await ctx.store.tenants.find(host, accountId);
  if (tenant !== null && !maySeeCards(tenant.settings, user))
    return { ...(await show(ctx, null, id)), state: 'no_access' };
  return show(ctx, tenant, id);
}

/** Has the record read and scored anew; safe to repeat, because hosts retry. */
export const postRefresh = (ctx: FlowContext) =>
  defineRoute({
    method: 'post',
    path: '/hubspot/refresh',
    handle: async (req) => {
      const tenant = await tenantOf(ctx, req);
      const mark = { ...recordOf(req), change: 'changed' } as const;
      const now = ctx.clock.now();
      await ctx.store.marks.raise(tenant.id, 'sync', [{ ...mark, eventAt: now }], now);
      await ctx.store.marks.raise(tenant.id, 'score', [{ ...mark, eventAt: now }], now);
      await ctx.queue.add('drain', { tenantId: tenant.id }, { dedupe: `drain:${tenant.id}` });
      return { status: 202, json: { accepted: true } };
    },
  });

export const callerOf = (req: Request): Caller => req.res?.locals['caller'] as Caller;

/** The signed account. Throws `unknown_tenant` when it is not connected, `no_access` for a person who may not see cards. */
export async function tenantOf(ctx: FlowContext, req: Request): Promise<Tenant> {
  const { host, accountId, ...user } = callerOf(req);
  const tenant = await ctx.store.tenants.find(host, accountId);
  if (tenant === null) throw new RapportError('unknown_tenant', 'This account is not connected.');
  if (!maySeeCards(tenant.settings, user))
    throw new RapportError('no_access', 'This person may not see or use the cards.');
  return tenant;
}

const KINDS = { '0-1': 'contact', '0-2': 'company', '0-3': 'deal', '0-5': 'ticket' } as const;

/** The record the card stands on; the account it belongs to is the signed one, never a parameter. */
export function recordOf(req: Request): RecordRef {
  const type = req.query['objectTypeId'] ?? '0-1';
  const kind = KINDS[type as keyof typeof KINDS];
  if (kind === undefined)
    throw new RapportError('invalid_payload', 'objectTypeId must be that of a record with a card.');
  return { kind, id: recordId(objectId(req)) };
}

export function objectId(req: Request): string {
  const id = req.query['objectId'];
  if (typeof id !== 'string' || !/^\d{1,30}$/.test(id))
    throw new RapportError('invalid_payload', 'objectId must be the number of a record.');
  return id;
}
