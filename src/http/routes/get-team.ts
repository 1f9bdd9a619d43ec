/** The app page: today's list and how it is going. Signed by the host. */
import type { FlowContext } from '../../flows/context.ts';
import { showTeam } from '../../flows/show-team.ts';
import { defineRoute } from '../route.ts';
import { callerOf } from './card.ts';

export const getTeam = (ctx: FlowContext, publicUrl: string) =>
  defineRoute({
    method: 'get',
    path: '/hubspot/team',
    handle: async (req) => {
      const caller = callerOf(req);
      const tenant = await ctx.store.tenants.find(caller.host, caller.accountId);
      return { json: await showTeam(ctx, tenant, caller, `${publicUrl}/console`) };
    },
  });
