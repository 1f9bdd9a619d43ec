/** A workflow's question: signed by the host over the raw body, answered once per execution. */
import type { Request } from 'express';
import { RapportError } from '../../core/errors.ts';
import { listOptions, optionsRequestSchema } from '../../flows/action-options.ts';
import { type FlowContext, forTenant, type TenantContext } from '../../flows/context.ts';
import { actionRequestSchema } from '../../flows/workflow-action.ts';
import { runAction } from '../../flows/workflow-actions.ts';
import type { VerifyRequest } from '../middleware/host-signature.ts';
import { defineRoute, type Route } from '../route.ts';

/** Expects the raw body; `verify` is the host's check of its workflow signature. */
export const actionRoutes = (ctx: FlowContext, verify: VerifyRequest): Route[] => [
  defineRoute({
    method: 'post',
    path: '/actions/:action',
    handle: async (req) => {
      const { tenant, request } = await asked(ctx, verify, req, actionRequestSchema);
      return { json: await runAction(tenant, String(req.params['action']), request) };
    },
  }),
  defineRoute({
    method: 'post',
    path: '/actions/options/:list',
    handle: async (req) => {
      const { tenant, request } = await asked(ctx, verify, req, optionsRequestSchema);
      return { json: await listOptions(tenant, String(req.params['list']), request) };
    },
  }),
];

interface Asked {
  readonly origin: { readonly portalId: string };
}
interface Schema<T> {
  safeParse(
    value: unknown,
  ): { readonly success: true; readonly data: T } | { readonly success: false };
}

/** Who asks is who signed: nothing of the body is read before. */
async function asked<T extends Asked>(
  ctx: FlowContext,
  verify: VerifyRequest,
  req: Request,
  schema: Schema<T>,
): Promise<{ tenant: TenantContext; request: T }> {
  const body: Buffer = Buffer.isBuffer(req.body) ? req.body : Buffer.alloc(0);
  const host = verify(
    { method: req.method, pathAndQuery: req.originalUrl, headers: req.headers, body },
    ctx.clock.now().getTime(),
  );
  if (host === null)
    throw new RapportError(
      'invalid_signature',
      'The request is not signed by a CRM that is connected here.',
    );
  const parsed = schema.safeParse(parseJson(body));
  if (!parsed.success)
    throw new RapportError('invalid_payload', 'The request is not that of a workflow action.');
  const tenant = await ctx.store.tenants.find(host, parsed.data.origin.portalId);
  if (tenant === null) throw new RapportError('unknown_tenant', 'This account is not connected.');
  return { tenant: await forTenant(ctx, tenant.id), request: parsed.data };
}

function parseJson(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8'));
  } catch {
    return null;
  }
}
