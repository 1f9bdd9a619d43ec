/** What may be done on the settings page: save, approve, hold, release, undo; only by those who may change settings. */
import { z } from 'zod';
import { mayChangeSettings } from '../core/settings.ts';
import type { PageAnswer } from '../core/settings-page.ts';
import type { Tenant } from '../core/tenant.ts';
import { approveWrites, holdWrites, releaseValues } from './approve-writes.ts';
import { changeSettings } from './change-settings.ts';
import { type FlowContext, forTenant, type TenantContext } from './context.ts';
import { type Asker, showSettings } from './show-settings.ts';

const undoSchema = z.object({ run: z.number().int().positive() });
type Done = { readonly count: number | null } | Extract<PageAnswer, { readonly ok: false }>;

const refused = (reason: 'not_connected' | 'no_access'): PageAnswer => ({
  ok: false,
  reason,
  problems: [],
});

const ACTS: Readonly<
  Record<string, (ctx: TenantContext, body: unknown, actor: string) => Promise<Done>>
> = {
  async save(ctx, body, actor) {
    const answer = await changeSettings(ctx, body, actor);
    return answer.ok ? { count: null } : { ...answer, reason: 'invalid' };
  },
  async approve(ctx, _body, actor) {
    await noteAct(ctx, 'writes.approve', actor);
    return { count: (await approveWrites(ctx)).approved };
  },
  async hold(ctx, _body, actor) {
    await noteAct(ctx, 'writes.hold', actor);
    await holdWrites(ctx);
    return { count: null };
  },
  async release(ctx, _body, actor) {
    await noteAct(ctx, 'writes.release', actor);
    return { count: (await releaseValues(ctx)).released };
  },
  /** As a job: reading what thousands of records hold now takes longer than the host waits. */
  async undo(ctx, body, actor) {
    const parsed = undoSchema.safeParse(body);
    if (!parsed.success)
      return { ok: false, reason: 'invalid', problems: [{ path: 'run', code: 'invalid_type' }] };
    const run = String(parsed.data.run);
    const { tenant, queue } = ctx;
    await noteAct(ctx, 'writes.undo', actor, { run });
    await holdWrites(ctx);
    await queue.add('undo', { tenantId: tenant.id, run }, { dedupe: `undo:${tenant.id}:${run}` });
    return { count: null };
  },
};

export const isPageAct = (name: string): boolean => Object.hasOwn(ACTS, name);

/** Answers every case in its own words; the asker must be one of the account's editors. */
export async function actOnSettingsPage(
  ctx: FlowContext,
  tenant: Tenant | null,
  asker: Asker,
  act: string,
  body: unknown,
): Promise<PageAnswer> {
  if (tenant === null) return refused('not_connected');
  if (!mayChangeSettings(tenant.settings, asker)) {
    ctx.log.warn('settings refused', { tenant: tenant.id, event: act });
    return refused('no_access');
  }
  const run = ACTS[act];
  if (run === undefined) return refused('no_access');
  const actor = asker.userEmail ?? asker.userId ?? '';
  const done = await run(await forTenant(ctx, tenant.id), body, actor);
  if ('ok' in done) return done;
  const page = await showSettings(ctx, await ctx.store.tenants.get(tenant.id), asker);
  return { ok: true, page, count: done.count };
}

const noteAct = (
  { store, tenant, clock }: TenantContext,
  action: string,
  actor: string,
  detail: object = {},
): Promise<void> => store.audit.add(tenant.id, { at: clock.now(), actor, action, detail });
