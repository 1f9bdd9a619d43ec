/** Everything the settings page inside the CRM needs, in one read. */
import { chosenProperties, WRITTEN_KINDS, type WrittenKind } from '../core/manifest.ts';
import type { RecordKind } from '../core/record.ts';
import { mayChangeSettings } from '../core/settings.ts';
import type {
  DryRun,
  PageModel,
  PageObject,
  SettingsPage,
  SettingsValues,
} from '../core/settings-page.ts';
import type { Tenant, TenantSettings } from '../core/tenant.ts';
import type { FlowContext } from './context.ts';

type Ctx = Pick<FlowContext, 'store' | 'manifest'>;

/** Who asks, as the host signed it. */
export interface Asker {
  readonly userId: string | null;
  readonly userEmail: string | null;
}

const RUNS_LOOKED_AT = 50;
const RUNS_SHOWN = 10;

/** `null` tenant = the account is not connected; a parked one is shown as it is. */
export async function showSettings(
  ctx: Ctx,
  tenant: Tenant | null,
  asker: Asker,
): Promise<SettingsPage> {
  if (tenant === null)
    return {
      state: 'not_connected',
      mayChange: false,
      account: null,
      notices: [],
      objects: [],
      dryRun: null,
      model: null,
      values: null,
    };
  const { name, accountId, state, currency, timeZone, lastEventAt, lastError } = tenant;
  return {
    state: 'ready',
    mayChange: mayChangeSettings(tenant.settings, asker),
    account: {
      name,
      accountId,
      state,
      currency,
      timeZone,
      lastEventAt: lastEventAt?.toISOString() ?? null,
      lastError,
    },
    notices: (await ctx.store.notices.all(tenant.id)).map((notice) => ({
      ...notice,
      since: notice.since.toISOString(),
    })),
    objects: await readObjects(ctx, tenant),
    dryRun: await readDryRun(ctx, tenant),
    model: await readModel(ctx, tenant),
    values: valuesOf(tenant.settings),
  };
}

async function readObjects({ store, manifest }: Ctx, tenant: Tenant): Promise<PageObject[]> {
  const certificates = new Map((await store.certificates.all(tenant.id)).map((c) => [c.kind, c]));
  return Object.entries(manifest.objects).map(([kind, { reads }]) => {
    const { checked = null, gap = null } = certificates.get(kind as RecordKind) ?? {};
    return {
      kind,
      reads,
      writes: isWritten(kind)
        ? chosenProperties(manifest, kind, tenant.settings.properties.optional)
            .filter((p) => p.writes !== 'never')
            .map(({ name, label, labelZh }) => ({ name, label, labelZh }))
        : [],
      crm: checked?.crm.count ?? null,
      stored: checked?.stored.count ?? null,
      complete: checked === null ? null : checked.crm.checksum === checked.stored.checksum,
      checkedAt: checked?.at.toISOString() ?? null,
      lastGap: gap === null ? null : { ...gap, at: gap.at.toISOString() },
    };
  });
}

const isWritten = (kind: string): kind is WrittenKind =>
  (WRITTEN_KINDS as readonly string[]).includes(kind);

async function readDryRun({ store }: Ctx, tenant: Tenant): Promise<DryRun> {
  const { planned, sending } = await store.writes.pending(tenant.id);
  const runs = await store.runs.latest(tenant.id, RUNS_LOOKED_AT);
  return {
    writing: tenant.settings.writes.mode === 'write',
    planned,
    sending,
    runs: runs
      .filter(({ counts }) => (counts['records_written'] ?? 0) > 0)
      .slice(0, RUNS_SHOWN)
      .map(({ runId, kind, startedAt, counts }) => ({
        run: runId,
        kind,
        at: startedAt.toISOString(),
        records: counts['records_written'] ?? 0,
        properties: counts['properties_written'] ?? 0,
      })),
  };
}

async function readModel({ store }: Ctx, tenant: Tenant): Promise<PageModel | null> {
  const model = await store.models.summary(tenant.id);
  if (model === null) return null;
  const [newest] = await store.models.list(tenant.id);
  const [drift] = await store.drift.latest(tenant.id, 1);
  const { freeze } = tenant.settings.models;
  const { touches } = model.report as { readonly touches?: number };
  return {
    version: model.version,
    trainedAt: model.trainedAt.toISOString(),
    touches: touches ?? null,
    verdict: newest?.verdict.reason ?? null,
    frozen: freeze === null ? null : { by: freeze.by, fields: freeze.fields },
    alarms: drift?.alarms ?? [],
  };
}

const valuesOf = ({
  reach,
  holdout,
  demographics,
  service,
  models,
  properties,
  cards,
  access,
}: TenantSettings): SettingsValues => ({
  holdoutShare: holdout.share,
  explorationShare: reach.explorationShare,
  touchesPerWeek: reach.touchesPerWeek,
  quietHours: reach.quietHours,
  businessHours: reach.businessHours,
  businessDays: reach.businessDays,
  demographics,
  due: service.due,
  replies: service.replies,
  autoFreeze: models.autoFreeze,
  retrainEveryDays: models.retrainEveryDays,
  optionalProperties: properties.optional,
  overdueTasks: service.tasks.overdue,
  viewers: cards.viewers,
  editors: access.editors,
});
