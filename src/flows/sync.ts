/** Re-reads marked records from the host, stores what it says, and marks whoever's score that may move. */
import { RapportError } from '../core/errors.ts';
import { recordId } from '../core/ids.ts';
import {
  INTERACTION_KINDS,
  RECORD_KINDS,
  type RecordKind,
  type RecordRef,
} from '../core/record.ts';
import type { Mark } from '../ports/sync-store.ts';
import { SCORED_KINDS } from './commit-scores.ts';
import type { TenantContext } from './context.ts';

const BATCH = 100;

/** Works off every `sync` mark, or about `most` of each kind; returns how many records were read. */
export async function sync(ctx: TenantContext, most = Number.POSITIVE_INFINITY): Promise<number> {
  let read = await eraseMarked(ctx);
  for (const kind of RECORD_KINDS) {
    for (let done = 0; done < most; done += BATCH) {
      const marks = await ctx.store.marks.take(ctx.tenant.id, 'sync', kind, BATCH);
      if (marks.length === 0 || ctx.signal.aborted) break;
      try {
        await syncBatch(ctx, kind, marks);
      } catch (error) {
        if (!(error instanceof RapportError) || error.code !== 'missing_scope') throw error;
        // Nothing of this kind can be read: a new consent reads all of it anew.
        await ctx.store.marks.clear(ctx.tenant.id, 'sync', marks);
        ctx.log.warn('no access to an object', { code: error.code, kind });
      }
      read += marks.length;
    }
  }
  return read;
}

/** Erases at once whoever is to be forgotten, whether the CRM answers or not. */
async function eraseMarked(ctx: TenantContext): Promise<number> {
  const { store, tenant, clock } = ctx;
  const marks = await store.marks.erasures(tenant.id);
  for (const mark of marks) {
    const near = await affected(ctx, [mark]);
    await store.transaction(async (tx) => {
      await tx.records.erase(tenant.id, mark.id, clock.now());
      await tx.marks.clear(tenant.id, 'sync', [mark]);
      await tx.marks.raise(
        tenant.id,
        'score',
        near
          .filter((ref) => ref.kind !== 'contact' || ref.id !== mark.id)
          .map((ref) => ({ ...ref, change: 'changed', eventAt: mark.eventAt })),
        clock.now(),
      );
    });
  }
  return marks.length;
}

async function syncBatch(
  ctx: TenantContext,
  kind: RecordKind,
  marks: readonly Mark[],
): Promise<void> {
  const { store, tenant, session, clock } = ctx;
  const eventAt = oldest(marks);
  const wanted = marks.map((m) => m.id);
  const readAt = clock.now();
  const { records, gone } = await session.read(kind, wanted);
  const missing = new Set(gone);
  await remarkChildren(
    ctx,
    kind,
    marks.filter((m) => m.change === 'merged' || missing.has(m.id)),
  );
  const goneRefs = gone.map((id): RecordRef => ({ kind, id: recordId(id) }));
  // People a record was linked to before the change feel it as much as those it is linked to now.
  const before = await affected(ctx, [...marks]);
  await store.transaction(async (tx) => {
    const changed = await tx.records.put(tenant.id, records, readAt);
    await tx.records.remove(tenant.id, goneRefs, clock.now());
    await tx.marks.clear(tenant.id, 'sync', marks);
    if (changed.length + gone.length === 0) return;
    const after = await affected({ ...ctx, store: tx }, changed);
    const live = [...before, ...after].filter((ref) => !gone.includes(ref.id) || ref.kind !== kind);
    await tx.marks.raise(
      tenant.id,
      'score',
      live.map((ref) => ({ ...ref, change: 'changed', eventAt })),
      clock.now(),
    );
  });
}

/**
 * A merge moves what hung on the merged record to the survivor, and no event says so; the merge
 * itself may be told as a deletion first.
 */
async function remarkChildren(
  { store, tenant, clock }: TenantContext,
  kind: RecordKind,
  moved: readonly Mark[],
): Promise<void> {
  if (moved.length === 0) return;
  const ids = moved.map((m) => m.id);
  const children = await store.records.children(tenant.id, kind, ids, RECORD_KINDS);
  const marks = children.map(({ record }) => ({
    kind: record.kind,
    id: record.id,
    change: 'associated',
    eventAt: oldest(moved),
  }));
  await store.marks.raise(tenant.id, 'sync', marks, clock.now());
}

/** The records whose score depends on these: themselves, the people they hang on, and their companies. */
async function affected(
  { store, tenant }: Pick<TenantContext, 'store' | 'tenant'>,
  refs: readonly RecordRef[],
): Promise<RecordRef[]> {
  const themselves = refs.filter((r) => (SCORED_KINDS as readonly string[]).includes(r.kind));
  const lineItems = refs.filter((r) => r.kind === 'line_item');
  const deals =
    lineItems.length === 0 ? [] : await store.records.parents(tenant.id, lineItems, 'deal');
  const contacts = await store.records.parents(tenant.id, [...refs, ...deals], 'contact');
  const tickets = [
    ...(await store.records.parents(tenant.id, refs, 'ticket')),
    ...(await waitingCases({ store, tenant }, refs)),
  ];
  const people = [...themselves.filter((r) => r.kind === 'contact'), ...contacts];
  const companies = await store.records.parents(tenant.id, people, 'company');
  const known = new Map(
    [...themselves, ...deals, ...contacts, ...companies, ...tickets].map(({ kind, id }) => [
      `${kind} ${id}`,
      { kind, id },
    ]),
  );
  return [...known.values()];
}

/** Cases of the people these touches were with: one of them may just have been answered. */
async function waitingCases(
  { store, tenant }: Pick<TenantContext, 'store' | 'tenant'>,
  refs: readonly RecordRef[],
): Promise<RecordRef[]> {
  const touches = refs.filter((r) => (INTERACTION_KINDS as readonly string[]).includes(r.kind));
  if (touches.length === 0) return [];
  const people = await store.records.parents(tenant.id, touches, 'contact');
  const cases = await store.records.children(
    tenant.id,
    'contact',
    people.map((p) => p.id),
    ['ticket'],
  );
  const waiting = await store.followUps.waiting(
    tenant.id,
    cases.map((c) => c.record.id),
  );
  return waiting.map((id) => ({ kind: 'ticket', id: recordId(id) }));
}

const oldest = (marks: readonly Mark[]): Date | null =>
  marks.reduce<Date | null>(
    (least, { eventAt }) =>
      eventAt !== null && (least === null || eventAt < least) ? eventAt : least,
    null,
  );
