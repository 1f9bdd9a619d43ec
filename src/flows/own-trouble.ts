/** One record's trouble stays its own: the others are scored, and this one says `error` until it can be. */
import type { RecordKind } from '../core/record.ts';
import type { DealScore } from '../core/score.ts';
import type { CaseScore } from '../core/service.ts';
import type { TenantContext } from './context.ts';

/** The answer of `compute`, or of `failed` when it throws; what was thrown is logged and counted. */
export function ownTrouble<T>(
  { log, meter }: Pick<TenantContext, 'log' | 'meter'>,
  kind: RecordKind,
  compute: () => T,
  failed: () => T,
): T {
  try {
    return compute();
  } catch (error) {
    meter.count('records_failed', { kind });
    log.error('record not scored', {
      kind,
      code: error instanceof Error ? error.message : String(error),
      stack: error instanceof Error ? error.stack : undefined,
    });
    return failed();
  }
}

/** A deal of which nothing could be computed: nothing is said, and the reason is the status. */
export const failedDeal = (modelVersion: string): DealScore => ({
  status: 'error',
  win: null,
  silentDays: null,
  stalledAfterDays: null,
  stalled: null,
  nextTouch: null,
  expectedValue: null,
  modelVersion,
});

/** What is kept of a case of which nothing could be computed: nobody is said to wait. */
export const FAILED_CASE: CaseScore = {
  followUp: {
    state: 'none',
    dueAt: null,
    waitingSince: null,
    answeredAt: null,
    answeredBy: null,
    cameBack: false,
    evidence: 'case',
  },
  priority: { score: 0, parts: [] },
  summary: [],
  similar: [],
};
