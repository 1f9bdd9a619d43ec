/** What the ticket card asks, and corrections from any card; both signed by the host. */
import { RapportError } from '../../core/errors.ts';
import { parsePayload } from '../../core/payload.ts';
import { type FlowContext, forTenant } from '../../flows/context.ts';
import { correctionSchema, giveCorrection } from '../../flows/give-correction.ts';
import { showTicketCard } from '../../flows/show-ticket-card.ts';
import { defineRoute } from '../route.ts';
import { callerOf, objectId } from './card.ts';

export const getTicketCard = (ctx: FlowContext) =>
  defineRoute({
    method: 'get',
    path: '/hubspot/ticket-card',
    handle: async (req) => {
      const { host, accountId } = callerOf(req);
      const tenant = await ctx.store.tenants.find(host, accountId);
      return { json: await showTicketCard(ctx, tenant, objectId(req)) };
    },
  });

/** Body: `{ kind, id, field, label }`. The record must be the signed account's; repeating is harmless. */
export const postFeedback = (ctx: FlowContext) =>
  defineRoute({
    method: 'post',
    path: '/hubspot/feedback',
    handle: async (req) => {
      const { host, accountId } = callerOf(req);
      const tenant = await ctx.store.tenants.find(host, accountId);
      if (tenant === null)
        throw new RapportError('unknown_tenant', 'This account is not connected.');
      const given = parsePayload(correctionSchema, jsonOf(req.body));
      await giveCorrection(await forTenant(ctx, tenant.id), given, 'card');
      return { status: 202, json: { accepted: true } };
    },
  });

/** The signature covers the bytes, so the body arrives unparsed. */
function jsonOf(body: unknown): unknown {
  try {
    return JSON.parse(Buffer.isBuffer(body) ? body.toString('utf8') : '');
  } catch (cause) {
    throw new RapportError('invalid_payload', 'The body is not JSON.', { cause });
  }
}
