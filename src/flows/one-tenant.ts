/** Which account an admin means: the one they name, or the only one there is. */
import { RapportError } from '../core/errors.ts';
import { type FlowContext, forTenant, type TenantContext } from './context.ts';

/** Throws `unknown_tenant`; the message lists the accounts to choose from. */
export async function oneTenant(ctx: FlowContext, named?: string): Promise<TenantContext> {
  const all = await ctx.store.tenants.all();
  const [only] = named === undefined ? all : all.filter((t) => t.id === named);
  if (only === undefined || (named === undefined && all.length > 1))
    throw new RapportError(
      'unknown_tenant',
      all.length === 0
        ? 'No account is connected yet.'
        : `Name one of the accounts: ${all.map((t) => t.id).join(', ')}.`,
    );
  return forTenant(ctx, only.id);
}
