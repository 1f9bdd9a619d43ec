/** What a contact's card asks for when one of its panels opens, signed by the host. */
import { parsePayload } from '../../core/payload.ts';
import { type FlowContext, forTenant } from '../../flows/context.ts';
import { draftMessage } from '../../flows/draft-message.ts';
import { readingSchema, readText } from '../../flows/read-text.ts';
import { showDetails } from '../../flows/show-details.ts';
import { defineRoute, type Route } from '../route.ts';
import { signedJson } from '../signed-json.ts';
import { objectId, tenantOf } from './card.ts';

/** Body of `read`: `{ text }`. */
export const cardPanelRoutes = (ctx: FlowContext): Route[] => [
  defineRoute({
    method: 'get',
    path: '/hubspot/draft',
    handle: async (req) => {
      const { id } = await tenantOf(ctx, req);
      return { json: await draftMessage(await forTenant(ctx, id), objectId(req)) };
    },
  }),
  defineRoute({
    method: 'get',
    path: '/hubspot/details',
    handle: async (req) => {
      const { id } = await tenantOf(ctx, req);
      return { json: await showDetails(await forTenant(ctx, id), objectId(req)) };
    },
  }),
  defineRoute({
    method: 'post',
    path: '/hubspot/read',
    handle: async (req) => {
      const { id } = await tenantOf(ctx, req);
      const { text } = parsePayload(readingSchema, signedJson(req.body));
      return { json: await readText(await forTenant(ctx, id), text) };
    },
  }),
];
