/** The dry run's differences and the admin's decisions on them. */
import type { FlowContext } from '../../flows/context.ts';
import { actOnWrites, listWrites } from '../../flows/manage-writes.ts';
import { defineRoute, type Route } from '../route.ts';

export const writesRoutes = (ctx: FlowContext): Route[] => [
  defineRoute({
    method: 'get',
    path: '/api/writes',
    handle: async (req) => ({ json: await listWrites(ctx, req.query) }),
  }),
  defineRoute({
    method: 'post',
    path: '/api/writes/:action',
    handle: async (req) => ({
      json: await actOnWrites(ctx, String(req.params['action']), req.body),
    }),
  }),
];
