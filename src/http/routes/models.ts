/** The admin's hand on a tenant's models; the words are those of `rapport models`. */
import type { Request } from 'express';
import { RapportError } from '../../core/errors.ts';
import type { FlowContext } from '../../flows/context.ts';
import { freeze, listModels, orderRetraining, prove, rollback } from '../../flows/manage-models.ts';
import { oneTenant } from '../../flows/one-tenant.ts';
import { defineRoute, type Route } from '../route.ts';

export const modelRoutes = (ctx: FlowContext): Route[] => [
  defineRoute({
    method: 'get',
    path: '/api/models',
    handle: async (req) => {
      const { tenant } = req.query;
      const name = typeof tenant === 'string' ? tenant : undefined;
      return { json: await listModels(await oneTenant(ctx, name)) };
    },
  }),
  defineRoute({
    method: 'post',
    path: '/api/models/rollback',
    handle: async (req) => {
      const { tenant, version } = bodyOf(req);
      return { json: await rollback(await oneTenant(ctx, tenant), named(version)) };
    },
  }),
  defineRoute({
    method: 'post',
    path: '/api/models/prove',
    handle: async (req) => {
      const { tenant, version } = bodyOf(req);
      return { json: await prove(await oneTenant(ctx, tenant), named(version)) };
    },
  }),
  defineRoute({
    method: 'post',
    path: '/api/models/retrain',
    handle: async (req) => ({
      status: 202,
      json: await orderRetraining(await oneTenant(ctx, bodyOf(req).tenant), 'admin'),
    }),
  }),
  defineRoute({
    method: 'post',
    path: '/api/models/freeze',
    handle: async (req) => {
      const { tenant, off } = bodyOf(req);
      return { json: await freeze(await oneTenant(ctx, tenant), !off) };
    },
  }),
];

interface Body {
  readonly tenant: string | undefined;
  readonly version: string | undefined;
  readonly off: boolean;
}

function bodyOf(req: Request): Body {
  const body = (req.body ?? {}) as Readonly<Record<string, unknown>>;
  const text = (name: string): string | undefined => {
    const value = body[name];
    if (value !== undefined && typeof value !== 'string')
      throw new RapportError('invalid_payload', `${name} must be text.`);
    return value;
  };
  return { tenant: text('tenant'), version: text('version'), off: body['off'] === true };
}

function named(version: string | undefined): string {
  if (version === undefined) throw new RapportError('invalid_payload', 'Name a version.');
  return version;
}
