/** Decides which scores are worth a write, and journals the difference before anything is sent. */
import { chosenProperties, type ManifestProperty, type WrittenKind } from '../core/manifest.ts';
import type { NoticeCode } from '../core/notice.ts';
import type { Mark } from '../ports/sync-store.ts';
import type { PropertyChange } from '../ports/write-store.ts';
import type { TenantContext } from './context.ts';

const MAX_AGE_DAYS = 7;
/** So long the CRM is not asked again for what it refused, unless something else is to be written. */
const REFUSED_DAYS = 1;
const DAY_MS = 24 * 3600 * 1000;
/** Their details name properties that take no values. */
const CLOSING: ReadonlySet<string> = new Set<NoticeCode>(['property_limit', 'properties_refused']);

export interface WantedValues {
  readonly id: string;
  /** What the record should hold; `null` = empty. */
  readonly values: Readonly<Record<string, string | null>>;
  readonly modelVersion: string;
}

/** Returns how many records will be written. */
export async function planWrites(
  ctx: Pick<TenantContext, 'store' | 'tenant' | 'manifest' | 'clock'>,
  kind: WrittenKind,
  wanted: readonly WantedValues[],
  marks: readonly Mark[],
  runId: number,
): Promise<number> {
  const { store, tenant, manifest, clock } = ctx;
  const now = clock.now();
  const ids = wanted.map((w) => w.id);
  const held = await store.writes.written(tenant.id, kind, ids);
  const kept = await store.writes.kept(tenant.id, kind, ids);
  const lately = new Date(now.getTime() - REFUSED_DAYS * DAY_MS);
  const refused = await store.writes.refusedSince(tenant.id, kind, ids, lately);
  const closed = new Set(
    (await store.notices.all(tenant.id)).flatMap((n) => (CLOSING.has(n.code) ? n.details : [])),
  );
  const chosen = chosenProperties(manifest, kind, tenant.settings.properties.optional).filter(
    (p) => !closed.has(`${kind}.${p.name}`),
  );
  const eventAt = new Map(marks.map((m) => [m.id as string, m.eventAt]));
  const plans = wanted.flatMap(({ id, values, modelVersion }) => {
    const before = held.get(id);
    const old = before?.values ?? {};
    const stale =
      before !== undefined && now.getTime() - before.writtenAt.getTime() >= MAX_AGE_DAYS * DAY_MS;
    const theirs = kept.get(id) ?? {};
    const ours = chosen.filter((p) => theirs[p.name] === undefined);
    const changes = worthWriting(ours, old, values, stale);
    const again = refused.get(id);
    const vain =
      again !== undefined && worthWriting(ours, { ...old, ...again }, values, false) === null;
    return changes === null || vain
      ? []
      : [{ kind, id, changes, modelVersion, eventAt: eventAt.get(id) ?? null }];
  });
  await store.writes.plan(tenant.id, runId, plans, now);
  return plans.length;
}

/**
 * The changes to write, or `null` when none of them is a cause: a write is caused by a changed
 * band or option, by a number that moved by `minChange`, or by age; the rest goes along with it.
 */
export function worthWriting(
  properties: readonly ManifestProperty[],
  old: Readonly<Record<string, string>>,
  wanted: Readonly<Record<string, string | null>>,
  stale: boolean,
): Record<string, PropertyChange> | null {
  const changes: Record<string, PropertyChange> = {};
  let caused = stale;
  for (const property of properties) {
    if (property.writes === 'never') continue;
    const before = old[property.name] ?? '';
    const after = wanted[property.name] ?? '';
    if (before === after) continue;
    changes[property.name] = {
      old: before === '' ? null : before,
      new: after === '' ? null : after,
    };
    if (property.writes === 'on_change' && isCause(property, before, after)) caused = true;
  }
  return caused && Object.keys(changes).length > 0 ? changes : null;
}

function isCause(property: ManifestProperty, before: string, after: string): boolean {
  if (property.minChange === undefined || before === '' || after === '') return true;
  // Written values have two decimals; the tolerance keeps 0.30 → 0.35 a change of 0.05.
  return Math.abs(Number(after) - Number(before)) >= property.minChange - 1e-9;
}
