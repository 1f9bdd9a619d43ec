/** What a card's buttons order, signed by the host: a task or a note on the record, and "not now". */
import { activityRequestSchema } from '../../core/activity.ts';
import { parsePayload } from '../../core/payload.ts';
import { type FlowContext, forTenant } from '../../flows/context.ts';
import { createActivity } from '../../flows/create-activity.ts';
import { notNowSchema, sayNotNow } from '../../flows/not-now.ts';
import { defineRoute } from '../route.ts';
import { signedJson } from '../signed-json.ts';
import { callerOf, objectId, recordOf, tenantOf } from './card.ts';

/** Body: `{ kind, subject, body, dueAt, type }`. The record must be the signed account's; repeating makes no second one. */
export const postActivity = (ctx: FlowContext) =>
  defineRoute({
    method: 'post',
    path: '/hubspot/activity',
    handle: async (req) => {
      const tenant = await tenantOf(ctx, req);
      const request = parsePayload(activityRequestSchema, signedJson(req.body));
      const ordered = await createActivity(await forTenant(ctx, tenant.id), recordOf(req), request);
      return { status: 202, json: ordered };
    },
  });

/** Body: `{ reason, channel }`. */
export const postNotNow = (ctx: FlowContext) =>
  defineRoute({
    method: 'post',
    path: '/hubspot/not-now',
    handle: async (req) => {
      const tenant = await tenantOf(ctx, req);
      const given = parsePayload(notNowSchema, signedJson(req.body));
      const { userId } = callerOf(req);
      await sayNotNow(await forTenant(ctx, tenant.id), objectId(req), given, userId);
      return { status: 202, json: { accepted: true } };
    },
  });
