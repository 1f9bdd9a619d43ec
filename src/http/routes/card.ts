/** The card's two calls, both signed by the host: show it, and have its score refreshed. */
import type { Request } from 'express';
import { RapportError } from '../../core/errors.ts';
import { recordId } from '../../core/ids.ts';
import type { FlowContext } from '../../flows/context.ts';
import { showCard } from '../../flows/show-card.ts';
import type { Caller } from '../middleware/host-signature.ts';
import { defineRoute } from '../route.ts';

export const getCard = (ctx: FlowContext) =>
  defineRoute({
    method: 'get',
    path: '/hubspot/card',
    handle: async (req) => {
      const { host, accountId } = callerOf(req);
      const tenant = await ctx.store.tenants.find(host, accountId);
      return { json: await showCard(ctx, tenant, objectId(req)) };
    },
  });

/** Has the record read and scored anew; safe to repeat, because hosts retry. */
export const postRefresh = (ctx: FlowContext) =>
  defineRoute({
    method: 'post',
    path: '/hubspot/refresh',
    handle: async (req) => {
      const { host, accountId } = callerOf(req);
      const tenant = await ctx.store.tenants.find(host, accountId);
      if (tenant === null)
        throw new RapportError('unknown_tenant', 'This account is not connected.');
      const mark = { kind: 'contact', id: recordId(objectId(req)), change: 'changed' } as const;
      const now = ctx.clock.now();
      await ctx.store.marks.raise(tenant.id, 'sync', [{ ...mark, eventAt: now }], now);
      await ctx.store.marks.raise(tenant.id, 'score', [{ ...mark, eventAt: now }], now);
      await ctx.queue.add('drain', { tenantId: tenant.id }, { dedupe: `drain:${tenant.id}` });
      return { status: 202, json: { accepted: true } };
    },
  });

export const callerOf = (req: Request): Caller => req.res?.locals['caller'] as Caller;

export function objectId(req: Request): string {
  const id = req.query['objectId'];
  if (typeof id !== 'string' || !/^\d{1,30}$/.test(id))
    throw new RapportError('invalid_payload', 'objectId must be the number of a record.');
  return id;
}
