/** A workflow's question: signed by the host over the raw body, answered once per execution. */
import { RapportError } from '../../core/errors.ts';
import { type FlowContext, forTenant } from '../../flows/context.ts';
import { actionRequestSchema, runAction } from '../../flows/workflow-actions.ts';
import type { VerifyRequest } from '../middleware/host-signature.ts';
import { defineRoute } from '../route.ts';

/** Expects the raw body; `verify` is the host's check of its workflow signature. */
export const postAction = (ctx: FlowContext, verify: VerifyRequest) =>
  defineRoute({
    method: 'post',
    path: '/actions/:action',
    handle: async (req) => {
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
      const parsed = actionRequestSchema.safeParse(parseJson(body));
      if (!parsed.success)
        throw new RapportError('invalid_payload', 'The request is not a workflow execution.');
      const tenant = await ctx.store.tenants.find(host, parsed.data.origin.portalId);
      if (tenant === null)
        throw new RapportError('unknown_tenant', 'This account is not connected.');
      return {
        json: await runAction(
          await forTenant(ctx, tenant.id),
          String(req.params['action']),
          parsed.data,
        ),
      };
    },
  });

function parseJson(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8'));
  } catch {
    return null;
  }
}
