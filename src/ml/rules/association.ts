/** Association rules: what goes with what, how surely, and whether that could be chance. */
import { RapportError } from '../../core/errors.ts';
import { benjaminiHochberg } from '../stats/multiple-testing.ts';
import { overlapTest } from './fisher.ts';
import { type ItemSets, itemsOf } from './itemsets.ts';

/** "Who takes all of `left` takes `right` too." Items are numbers of the baskets they come from. */
export interface Rule {
  /** Rarest first; empty when `right` alone is frequent enough to be predicted for everybody. */
  readonly left: readonly number[];
  readonly right: number;
  /** Baskets with both sides. */
  readonly count: number;
  /** Share of all baskets with both sides. */
  readonly support: number;
  /** Share of the baskets with `left` that hold `right`. */
  readonly confidence: number;
  /** Confidence over the share of `right` in all baskets; 1 is what chance gives. */
  readonly lift: number;
  /** (1 − share of `right`) / (1 − confidence); infinite for a rule without exception (Brin et al. 1997). */
  readonly conviction: number;
  /** One-sided Fisher exact p of independence. */
  readonly p: number;
  /** ln p, for a p too small for a double. */
  readonly logP: number;
  /** Benjamini–Hochberg q over every rule that the support allows, not only the confident ones. */
  readonly q: number;
}

export interface RuleOptions {
  /** In [0, 1]. */
  readonly minConfidence: number;
}

/**
 * Every rule with one item on the right and at least the given confidence, by lift, then support,
 * then item numbers. The definition is that of the R package arules: a rule's set is frequent, and
 * the left side may be empty.
 * @throws RapportError invalid_payload for a confidence outside [0, 1].
 */
export function associationRules(sets: ItemSets, { minConfidence }: RuleOptions): Rule[] {
  if (!(minConfidence >= 0 && minConfidence <= 1))
    throw new RapportError(
      'invalid_payload',
      `confidence must be between 0 and 1, not ${minConfidence}`,
    );
  const candidates = allCandidates(sets);
  const p = candidates.logP.map(Math.exp);
  const q = benjaminiHochberg(Array.from(p));
  const single = singles(sets);
  const n = sets.baskets;
  const rules: Rule[] = [];
  for (let i = 0; i < p.length; i++) {
    const node = candidates.node[i]!;
    const left = candidates.left[i]!;
    const right = candidates.right[i]!;
    const count = sets.count[node]!;
    const confidence = count / sets.count[left]!;
    if (confidence < minConfidence - 1e-12) continue;
    const share = single.get(right)! / n;
    rules.push({
      left: itemsOf(sets, left),
      right,
      count,
      support: count / n,
      confidence,
      lift: confidence / share,
      conviction: confidence === 1 ? Number.POSITIVE_INFINITY : (1 - share) / (1 - confidence),
      p: p[i]!,
      logP: candidates.logP[i]!,
      q: q[i]!,
    });
  }
  return rules.sort(byLift);
}

function byLift(a: Rule, b: Rule): number {
  const first = b.lift - a.lift || b.count - a.count || a.left.length - b.left.length;
  if (first !== 0) return first;
  for (let i = 0; i < a.left.length; i++) {
    const difference = a.left[i]! - b.left[i]!;
    if (difference !== 0) return difference;
  }
  return a.right - b.right;
}

function singles(sets: ItemSets): ReadonlyMap<number, number> {
  const counts = new Map<number, number>();
  for (let node = 1; node <= sets.size; node++)
    if (sets.depth[node] === 1) counts.set(sets.item[node]!, sets.count[node]!);
  return counts;
}

/** All (set, right side) pairs: the set's node, the node of the left side, the right item, and ln p. */
function allCandidates(sets: ItemSets) {
  const { size, parent, item, count, depth, baskets } = sets;
  const childOf = children(sets);
  const first = new Int32Array(size + 2);
  for (let node = 1; node <= size; node++) first[node + 1] = first[node]! + depth[node]!;
  const total = first[size + 1]!;
  const node = new Int32Array(total);
  const left = new Int32Array(total);
  const right = new Int32Array(total);
  const logP = new Float64Array(total);
  const single = singles(sets);
  const test = overlapTest(baskets);
  for (let at = 1; at <= size; at++) {
    const above = parent[at]!;
    const length = depth[at]!;
    for (let j = 0; j < length; j++) {
      const i = first[at]! + j;
      const last = j === length - 1;
      // Without its j-th item the set is its parent without that item, and then its own last item.
      const rest = last ? above : childOf(left[first[above]! + j]!, item[at]!);
      node[i] = at;
      left[i] = rest;
      right[i] = last ? item[at]! : right[first[above]! + j]!;
      logP[i] = rest === 0 ? 0 : test(count[at]!, count[rest]!, single.get(right[i]!)!);
    }
  }
  return { node, left, right, logP };
}

/** (node, item) → child, by open addressing over the nodes themselves. */
function children({ size, parent, item }: ItemSets): (above: number, what: number) => number {
  const mask = 2 ** Math.ceil(Math.log2(2 * size + 2)) - 1;
  const slots = new Int32Array(mask + 1);
  const slotOf = (above: number, what: number): number => {
    let slot = (Math.imul(above, 0x9e3779b1) ^ Math.imul(what, 0x85ebca6b)) >>> 0;
    slot = (slot ^ (slot >>> 15)) & mask;
    for (;;) {
      const node = slots[slot]!;
      if (node === 0 || (parent[node] === above && item[node] === what)) return slot;
      slot = (slot + 1) & mask;
    }
  };
  for (let node = 1; node <= size; node++) slots[slotOf(parent[node]!, item[node]!)] = node;
  return (above, what) => slots[slotOf(above, what)]!;
}
