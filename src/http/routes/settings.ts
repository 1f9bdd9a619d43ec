/** An account's settings, for the console and the command line. */
import { readSettings, setSettings } from '../../flows/change-settings.ts';
import type { FlowContext } from '../../flows/context.ts';
import { defineRoute, type Route } from '../route.ts';

export const settingsRoutes = (ctx: FlowContext): Route[] => [
  defineRoute({
    method: 'get',
    path: '/api/settings',
    handle: async (req) => ({ json: await readSettings(ctx, req.query) }),
  }),
  defineRoute({
    method: 'put',
    path: '/api/settings',
    handle: async (req) => ({ json: await setSettings(ctx, req.body) }),
  }),
];
