/** What the operator asks first: which accounts, how far, how much is waiting, what went wrong. */
import { RapportError } from '../core/errors.ts';
import type { NoticeCode } from '../core/notice.ts';
import type { Tenant } from '../core/tenant.ts';
import type { Certificate } from '../ports/sync-store.ts';
import { type FlowContext, forTenant } from './context.ts';
import { park } from './park.ts';

export interface TenantStatus {
  readonly id: string;
  readonly host: string;
  readonly name: string;
  readonly state: string;
  /** `crm` is `null` while the CRM does not answer. */
  readonly contacts: {
    readonly crm: number | null;
    readonly stored: number;
    readonly scored: number;
    readonly written: number;
  };
  readonly queue: {
    readonly waiting: number;
    readonly active: number;
    readonly failed: number;
    readonly dirty: number;
  };
  /** Per object: the CRM's records and ours, whether they were the same, and the last gap. */
  readonly completeness: readonly {
    readonly kind: string;
    readonly crm: number | null;
    readonly stored: number | null;
    readonly checksum: string | null;
    readonly complete: boolean | null;
    readonly checkedAt: string | null;
    readonly lastGap: { at: string; missing: number; surplus: number } | null;
  }[];
  readonly lastEventAt: string | null;
  readonly lastError: string | null;
  /** What the account's admin has to know or do, oldest first. */
  readonly notices: readonly {
    readonly code: NoticeCode;
    readonly details: readonly string[];
    readonly since: string;
  }[];
  readonly model: {
    readonly version: string;
    readonly trainedAt: string;
    readonly report: unknown;
  } | null;
  readonly runs: readonly {
    kind: string;
    startedAt: string;
    finishedAt: string | null;
    counts: Readonly<Record<string, number>>;
  }[];
}

export async function readStatus(ctx: FlowContext): Promise<{ tenants: TenantStatus[] }> {
  const queue = await ctx.queue.counts();
  const tenants = await ctx.store.tenants.all();
  return { tenants: await Promise.all(tenants.map((t) => tenantStatus(ctx, t, queue))) };
}

async function tenantStatus(
  ctx: FlowContext,
  tenant: Tenant,
  queue: { waiting: number; active: number; failed: number },
): Promise<TenantStatus> {
  const { store } = ctx;
  const marks = await store.marks.count(tenant.id);
  const model = await store.models.summary(tenant.id);
  const runs = await store.runs.latest(tenant.id, 10);
  return {
    id: tenant.id,
    host: tenant.host,
    name: tenant.name,
    state: tenant.state,
    contacts: {
      crm: await crmCount(ctx, tenant),
      stored: await store.records.count(tenant.id, 'contact'),
      scored: await store.scores.count(tenant.id, 'contact'),
      written: await store.writes.countWritten(tenant.id, 'contact'),
    },
    queue: { ...queue, dirty: marks.sync + marks.score + (await store.inbox.size(tenant.id)) },
    completeness: (await store.certificates.all(tenant.id)).map(toCompleteness),
    lastEventAt: tenant.lastEventAt?.toISOString() ?? null,
    lastError: tenant.lastError,
    notices: (await store.notices.all(tenant.id)).map((n) => ({
      ...n,
      since: n.since.toISOString(),
    })),
    model:
      model === null
        ? null
        : {
            version: model.version,
            trainedAt: model.trainedAt.toISOString(),
            report: model.report,
          },
    runs: runs.map((r) => ({
      kind: r.kind,
      startedAt: r.startedAt.toISOString(),
      finishedAt: r.finishedAt?.toISOString() ?? null,
      counts: r.counts,
    })),
  };
}

const toCompleteness = ({ kind, checked, gap }: Certificate) => ({
  kind,
  crm: checked?.crm.count ?? null,
  stored: checked?.stored.count ?? null,
  checksum: checked?.crm.checksum ?? null,
  complete: checked === null ? null : checked.crm.checksum === checked.stored.checksum,
  checkedAt: checked?.at.toISOString() ?? null,
  lastGap: gap === null ? null : { ...gap, at: gap.at.toISOString() },
});

const COUNT_AGE_MS = 10_000;

/** Asked of the CRM at most every ten seconds, so that watching costs no call budget. */
async function crmCount(ctx: FlowContext, tenant: Tenant): Promise<number | null> {
  const now = ctx.clock.now().getTime();
  const known = ctx.memory.crmCounts.get(tenant.id);
  if (known !== undefined && now - known.at < COUNT_AGE_MS) return known.count;
  const count = tenant.state === 'parked' ? null : await countContacts(ctx, tenant);
  ctx.memory.crmCounts.set(tenant.id, { at: now, count });
  return count;
}

async function countContacts(ctx: FlowContext, tenant: Tenant): Promise<number | null> {
  try {
    return await (await forTenant(ctx, tenant.id)).session.count('contact');
  } catch (error) {
    // Somebody watching must not go on asking in the name of a grant that is gone.
    if (error instanceof RapportError && error.code === 'needs_reconnect')
      await park(ctx, tenant.id);
    return null;
  }
}
