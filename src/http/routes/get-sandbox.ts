/** The sandbox's address and throwaway secrets, for the command line. */
import { defineRoute, type Route } from '../route.ts';

export const getSandbox = (info: () => Promise<object>): Route =>
  defineRoute({
    method: 'get',
    path: '/api/sandbox',
    handle: async () => ({ json: await info() }),
  });
