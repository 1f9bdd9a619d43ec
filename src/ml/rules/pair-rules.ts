/** Rules between single items, from any pairing of "had before" and "took then", with false discoveries held down. */
import { RapportError } from '../../core/errors.ts';
import { benjaminiHochberg } from '../stats/multiple-testing.ts';
import { overlapTest } from './fisher.ts';

/**
 * One observation: the items on the left side and those on the right, each listed once. A basket on
 * its own has both sides alike; a sequence has what was had before on the left, the next basket on
 * the right.
 */
export interface Observation {
  readonly left: readonly number[];
  readonly right: readonly number[];
}

/** "Of `n` observations with `left`, `count` had `right` too." */
export interface PairRule {
  readonly left: number;
  readonly right: number;
  readonly count: number;
  readonly n: number;
  readonly confidence: number;
  /** Share of all observations with `right`. */
  readonly usual: number;
  readonly lift: number;
  /** Benjamini–Hochberg q of Fisher's one-sided test, over every pair whose two items are frequent. */
  readonly q: number;
}

export interface PairRuleOptions {
  /** Fewest observations of a pair. */
  readonly minCount: number;
  /** Largest expected share of chance findings among the rules; default 0.05. */
  readonly maxQ?: number;
  /** Whether an item may lead to itself: a repeat purchase. Default false. */
  readonly repeats?: boolean;
}

/**
 * Every pair with a lift above 1 that is not a chance finding, by left item, then right item.
 * Deterministic; time grows with Σ |left|·|right|.
 * @throws RapportError invalid_payload for a minCount below 1 or an item outside 0 … itemCount − 1.
 */
export function pairRules(
  observations: readonly Observation[],
  itemCount: number,
  { minCount, maxQ = 0.05, repeats = false }: PairRuleOptions,
): PairRule[] {
  if (!(minCount >= 1))
    throw new RapportError('invalid_payload', `minCount must be at least 1, not ${minCount}`);
  const { withLeft, right: takers } = margins(observations, itemCount);
  const frequent = (n: number): boolean => n >= minCount;
  const total = observations.length;
  const test = overlapTest(total);
  const lefts = withLeft.filter((rows) => frequent(rows.length)).length;
  const family = lefts * takers.filter(frequent).length;
  const found: Omit<PairRule, 'q'>[] = [];
  const p: number[] = [];
  const counts = new Int32Array(itemCount);
  for (let left = 0; left < itemCount; left++) {
    const rows = withLeft[left]!;
    if (!frequent(rows.length)) continue;
    const touched: number[] = [];
    for (const row of rows) {
      for (const right of observations[row]!.right) {
        if (counts[right] === 0) touched.push(right);
        counts[right] = counts[right]! + 1;
      }
    }
    for (const right of touched.sort((a, b) => a - b)) {
      const count = counts[right]!;
      counts[right] = 0;
      const confidence = count / rows.length;
      const usual = takers[right]! / total;
      if (count < minCount || confidence <= usual || (right === left && !repeats)) continue;
      found.push({
        left,
        right,
        count,
        n: rows.length,
        confidence,
        usual,
        lift: confidence / usual,
      });
      p.push(Math.exp(test(count, rows.length, takers[right]!)));
    }
  }
  // Pairs not tested count as p = 1: they enlarge the family and can never lower a q.
  const widen = family / Math.max(1, p.length);
  const q = benjaminiHochberg(p).map((value) => Math.min(1, value * widen));
  return found.flatMap((rule, i) => (q[i]! <= maxQ ? [{ ...rule, q: q[i]! }] : []));
}

function margins(observations: readonly Observation[], itemCount: number) {
  const withLeft = Array.from({ length: itemCount }, (): number[] => []);
  const right = new Int32Array(itemCount);
  const check = (item: number, row: number): number => {
    if (!(item >= 0 && item < itemCount))
      throw new RapportError('invalid_payload', `observation ${row} holds item number ${item}`);
    return item;
  };
  observations.forEach((observation, row) => {
    for (const item of observation.left) withLeft[check(item, row)]!.push(row);
    for (const item of observation.right) right[item] = right[check(item, row)]! + 1;
  });
  return { withLeft, right };
}
