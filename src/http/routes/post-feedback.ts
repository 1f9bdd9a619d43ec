/** Corrections from any card, signed by the host. */
import { parsePayload } from '../../core/payload.ts';
import { type FlowContext, forTenant } from '../../flows/context.ts';
import { correctionSchema, giveCorrection } from '../../flows/give-correction.ts';
import { defineRoute } from '../route.ts';
import { signedJson } from '../signed-json.ts';
import { tenantOf } from './card.ts';

/** Body: `{ kind, id, field, label }`. The record must be the signed account's; repeating is harmless. */
export const postFeedback = (ctx: FlowContext) =>
  defineRoute({
    method: 'post',
    path: '/hubspot/feedback',
    handle: async (req) => {
      const tenant = await tenantOf(ctx, req);
      const given = parsePayload(correctionSchema, signedJson(req.body));
      await giveCorrection(await forTenant(ctx, tenant.id), given, 'card');
      return { status: 202, json: { accepted: true } };
    },
  });
