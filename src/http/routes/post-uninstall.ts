/** The operator takes Rapport out of an account. */
import type { FlowContext } from '../../flows/context.ts';
import { uninstallNamed } from '../../flows/uninstall.ts';
import { defineRoute } from '../route.ts';

export const postUninstall = (ctx: FlowContext) =>
  defineRoute({
    method: 'post',
    path: '/api/uninstall',
    handle: async (req) => ({ json: await uninstallNamed(ctx, req.body) }),
  });
