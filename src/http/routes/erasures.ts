/** The list of erasures, to keep beside backups, and its application to one that was restored. */
import type { FlowContext } from '../../flows/context.ts';
import { applyErasures, listErasures } from '../../flows/erasures.ts';
import { defineRoute, type Route } from '../route.ts';

export const erasureRoutes = (ctx: FlowContext): Route[] => [
  defineRoute({
    method: 'get',
    path: '/api/erasures',
    handle: async (req) => ({ json: await listErasures(ctx, req.query) }),
  }),
  defineRoute({
    method: 'post',
    path: '/api/erasures',
    handle: async (req) => ({ status: 202, json: await applyErasures(ctx, req.body) }),
  }),
];
