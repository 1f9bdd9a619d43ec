/** The full explanation of one contact, deal or company, for the operator and the console. */
import type { Request } from 'express';
import { RapportError } from '../../core/errors.ts';
import type { FlowContext, TenantContext } from '../../flows/context.ts';
import { explainCompany, explainContact, explainDeal } from '../../flows/explain-record.ts';
import { oneTenant } from '../../flows/one-tenant.ts';
import { defineRoute, type Route } from '../route.ts';

type Explain = (ctx: TenantContext, id: string) => Promise<object>;

const EXPLAINERS: Readonly<Record<string, Explain>> = {
  '/api/contacts/:id': explainContact,
  '/api/deals/:id': explainDeal,
  '/api/companies/:id': explainCompany,
};

export const explainRoutes = (ctx: FlowContext): Route[] =>
  Object.entries(EXPLAINERS).map(([path, explain]) =>
    defineRoute({
      method: 'get',
      path,
      handle: async (req) => {
        const { tenant } = req.query;
        const named = typeof tenant === 'string' ? tenant : undefined;
        return { json: await explain(await oneTenant(ctx, named), idOf(req)) };
      },
    }),
  );

function idOf(req: Request): string {
  const { id } = req.params;
  if (typeof id !== 'string' || !/^\d{1,30}$/.test(id))
    throw new RapportError('invalid_payload', 'The id must be the number of a record.');
  return id;
}
