/** Whether the advice helps, and which channels are answered where: what the console's results show. */
import type { FlowContext } from '../../flows/context.ts';
import { readResults } from '../../flows/results.ts';
import { defineRoute } from '../route.ts';

export const getResults = (ctx: FlowContext) =>
  defineRoute({
    method: 'get',
    path: '/api/results',
    handle: async () => ({ json: await readResults(ctx) }),
  });
