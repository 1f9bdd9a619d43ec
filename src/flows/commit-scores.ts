/** Keeps a batch of scores: scores, planned writes, marks of what lies above and cleared marks stand or fall together. */
import { WRITTEN_KINDS, type WrittenKind } from '../core/manifest.ts';
import type { RecordRef } from '../core/record.ts';
import type { Store } from '../ports/store.ts';
import type { Mark } from '../ports/sync-store.ts';
import type { TenantContext } from './context.ts';
import { planWrites, type WantedValues } from './plan-writes.ts';

export const SCORED_KINDS = ['contact', 'ticket', 'feedback', 'deal', 'company'] as const;
export type ScoredKind = (typeof SCORED_KINDS)[number];

export interface ScoredRecord {
  readonly id: string;
  readonly modelVersion: string;
  /** Kept as the score; `null` keeps none. */
  readonly data: object | null;
  readonly values: WantedValues['values'];
  /** Whose scores are built on this one. */
  readonly above?: readonly RecordRef[];
}

/** Returns how many records will be written. */
export async function commitScores(
  ctx: TenantContext,
  kind: ScoredKind,
  marks: readonly Mark[],
  scored: readonly ScoredRecord[],
  runId: number,
  also: (tx: Store, runId: number) => Promise<void> = async () => {},
): Promise<number> {
  const { tenant, clock } = ctx;
  const now = clock.now();
  const eventAt = new Map<string, Date | null>(marks.map((m) => [m.id, m.eventAt]));
  const rows = scored.flatMap(({ id, modelVersion, data }) =>
    data === null ? [] : [{ kind, id, scoredAt: now, modelVersion, data }],
  );
  const above = scored.flatMap((s) =>
    (s.above ?? []).map((ref) => ({
      ...ref,
      change: 'rescore',
      eventAt: eventAt.get(s.id) ?? null,
    })),
  );
  return ctx.store.transaction(async (tx) => {
    await tx.scores.put(tenant.id, rows);
    await also(tx, runId);
    const planned = isWritten(kind)
      ? await planWrites({ ...ctx, store: tx }, kind, scored, marks, runId)
      : 0;
    await tx.marks.raise(tenant.id, 'score', above, now);
    await tx.marks.clear(tenant.id, 'score', marks);
    return planned;
  });
}

const isWritten = (kind: ScoredKind): kind is WrittenKind & ScoredKind =>
  (WRITTEN_KINDS as readonly string[]).includes(kind);
