/** What `rapport status` prints and the console shows. */
import type { FlowContext } from '../../flows/context.ts';
import { readStatus } from '../../flows/status.ts';
import { defineRoute } from '../route.ts';

export const getStatus = (ctx: FlowContext) =>
  defineRoute({
    method: 'get',
    path: '/api/status',
    handle: async () => ({ json: await readStatus(ctx) }),
  });
