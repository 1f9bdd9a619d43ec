/** Liveness, readiness and metrics. */
import type { FlowContext } from '../../flows/context.ts';
import { defineRoute } from '../route.ts';

export const getHealthz = defineRoute({
  method: 'get',
  path: '/healthz',
  handle: async () => ({ json: { ok: true } }),
});

/** 200 only when at least one account is connected and each that is has been read and scored. */
export const getReadyz = (ctx: FlowContext) =>
  defineRoute({
    method: 'get',
    path: '/readyz',
    handle: async () => {
      const tenants = (await ctx.store.tenants.all()).filter((t) => t.state !== 'parked');
      const ready = tenants.length > 0 && tenants.every((t) => t.state === 'ready');
      return {
        status: ready ? 200 : 503,
        json: { ready, tenants: tenants.map((t) => ({ id: t.id, state: t.state })) },
      };
    },
  });

export const getMetrics = (ctx: FlowContext) =>
  defineRoute({
    method: 'get',
    path: '/metrics',
    handle: async () => ({ text: await ctx.meter.text() }),
  });
