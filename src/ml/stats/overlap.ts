/** Whether recorded decisions can say anything about another policy. */
import type { LoggedDecisions } from './logged-decisions.ts';
import { meanInterval } from './mean-interval.ts';

export interface Overlap {
  /** `good`; `thin`: few effective rows or heavy weights; `broken`: do not read the estimates. */
  readonly verdict: 'good' | 'thin' | 'broken';
  readonly meanWeight: number;
  readonly maxWeight: number;
  readonly minPropensity: number;
  /** Share of the target's choices that were never recorded, about which the data say nothing. */
  readonly unseenShare: number;
  /** Effective sample size over rows. */
  readonly essShare: number;
}

/** Effective rows, and whether the record covers what the target would do. */
export function support(
  { action, actionCount, propensity, target }: LoggedDecisions,
  w: Float64Array,
) {
  const n = action.length;
  const seen = new Uint8Array(actionCount);
  for (const a of action) seen[a] = 1;
  let total = 0;
  let squares = 0;
  let maxWeight = 0;
  let minPropensity = 1;
  let unseen = 0;
  for (let i = 0; i < n; i++) {
    total += w[i]!;
    squares += w[i]! ** 2;
    maxWeight = Math.max(maxWeight, w[i]!);
    minPropensity = Math.min(minPropensity, propensity[i]!);
    for (let a = 0; a < actionCount; a++)
      if (seen[a] === 0) unseen += target[i * actionCount + a]! / n;
  }
  const ess = squares > 0 ? total ** 2 / squares : 0;
  const meanWeight = total / n;
  // Weights of true propensities average to 1; the interval says how far chance may take them.
  const { low, high } = meanInterval(w);
  const consistent = low <= 1 && high >= 1 - unseen - 1e-9;
  const broken = ess < 10 || unseen > 0.01 || !consistent;
  const thin = ess < 100 || ess < 0.1 * n || maxWeight > 0.05 * n;
  const overlap: Overlap = {
    verdict: broken ? 'broken' : thin ? 'thin' : 'good',
    meanWeight,
    maxWeight,
    minPropensity,
    unseenShare: unseen,
    essShare: ess / n,
  };
  return { ess, overlap };
}
