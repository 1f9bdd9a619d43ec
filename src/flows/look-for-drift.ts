/** Compares the data with what the champion was fitted on; an alarm names the field, freezes writes and orders a successor. */
import { DateTime } from 'luxon';
import type { ContactFacts } from '../features/facts.ts';
import { checkDrift } from '../models/drift.ts';
import type { PortalModels } from '../models/portal-models.ts';
import type { TenantContext } from './context.ts';
import { readFacts } from './facts.ts';
import { freeze, orderRetraining } from './manage-models.ts';
import { pages } from './pages.ts';

/** Contacts looked at in at most; a larger portal is thinned out evenly. */
const SAMPLE = 5_000;

/** Of the days that are over, up to the last midnight (UTC); returns the fields that moved. */
export async function lookForDrift(
  ctx: TenantContext,
  champion: PortalModels,
  day: string,
): Promise<readonly string[]> {
  const { store, tenant, clock, log, meter } = ctx;
  if (champion.drift === null) return [];
  const asOf = DateTime.fromISO(day, { zone: 'utc' }).startOf('day').toJSDate();
  const facts = await sample(ctx);
  const fields = checkDrift(champion.drift, facts, tenant.settings.reach, asOf);
  const alarms = fields.filter((f) => f.moved).map((f) => f.field);
  await store.drift.put(tenant.id, {
    day,
    checkedAt: clock.now(),
    alarms,
    report: { contacts: facts.length, modelVersion: champion.version, fields },
  });
  if (alarms.length === 0) return alarms;
  log.warn('data drift', { event: 'drift', fields: alarms.join(',') });
  meter.count('drift_alarms');
  const { autoFreeze, freeze: held } = tenant.settings.models;
  if (autoFreeze && held === null) await freeze(ctx, true, 'drift', alarms);
  await orderRetraining(ctx, 'drift');
  return alarms;
}

async function sample(ctx: TenantContext): Promise<ContactFacts[]> {
  const total = await ctx.store.records.count(ctx.tenant.id, 'contact');
  const step = Math.max(1, Math.ceil(total / SAMPLE));
  const facts: ContactFacts[] = [];
  let n = 0;
  for await (const ids of pages(ctx, 'contact')) {
    const chosen = ids.filter(() => n++ % step === 0);
    facts.push(...(await readFacts(ctx, chosen)).filter((f) => !f.contact.doNotScore));
  }
  return facts;
}
