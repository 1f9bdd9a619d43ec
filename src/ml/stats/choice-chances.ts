/** The chance of each of several choices given facts in words, learnt from other people's choices only. */
import type { Frame } from '../frame.ts';
import { type PackedRows, packRows } from '../linear/packed-rows.ts';
import { fitSoftmax } from '../linear/softmax-regression.ts';
import type { Random } from '../random.ts';
import { groupFolds } from '../split.ts';

export interface ChoiceOptions {
  /** Rows a fold learns from at most; default 6000. */
  readonly maxRows?: number;
  /** Facts a fold uses at most, the most frequent ones; default 120. */
  readonly maxFacts?: number;
  /** Fewest rows of a fact that counts; default 20. */
  readonly minRows?: number;
  /** Penalties to choose from by the log-loss on the other fold; default 1, 5, 20, 80. */
  readonly l2?: readonly number[];
}

/** Facts that might have been true instead, with the chance that they would have been. */
export interface Possible {
  readonly facts: readonly string[];
  readonly weight: number;
}

const FOLDS = 2;

/**
 * Per row the chance of every choice, from a multinomial logistic regression fitted on the rows of
 * the other fold (cross-fitting: Chernozhukov et al. 2018, Econometrics Journal 21).
 * @param facts what is true of a row, as words.
 * @param codes the choice made, 0 … classes − 1.
 * @param groups rows of one group (a person) share a fold.
 * @param mixtures where some facts of a row were drawn with known chances: every possibility with its
 *   chance. The row's answer is then the mean over them; `null` = the row's own facts alone.
 */
export function crossFittedChances(
  facts: readonly (readonly string[])[],
  codes: Int32Array,
  classes: number,
  groups: readonly string[],
  random: Random,
  { maxRows = 6000, maxFacts = 120, minRows = 20, l2 = [1, 5, 20, 80] }: ChoiceOptions = {},
  mixtures?: readonly (readonly Possible[] | null)[],
): Float64Array[] {
  const folds = groupFolds(groups, FOLDS, random);
  const uniform = () => facts.map(() => new Float64Array(classes).fill(1 / classes));
  // From the strongest penalty on each fit starts where the last one ended, which is near.
  const tried = [...l2]
    .sort((a, b) => b - a)
    .map((penalty) => ({ penalty, loss: 0, chances: uniform() }));
  for (let fold = 0; fold < FOLDS; fold++) {
    const own: number[] = [];
    const others: number[] = [];
    folds.forEach((f, i) => {
      (f === fold ? own : others).push(i);
    });
    const chosen = random.permutation(others.length).subarray(0, maxRows).sort();
    const train = Array.from(chosen, (k) => others[k]!);
    if (train.length === 0 || own.length === 0) continue;
    const factsOf = (rows: readonly number[]) => rows.map((i) => facts[i]!);
    const columns = frequentFacts(factsOf(train), minRows).slice(0, maxFacts);
    const learnt = packRows(indicators(factsOf(train), columns));
    const possible = own.map((i) => mixtures?.[i] ?? [{ facts: facts[i]!, weight: 1 }]);
    const asked = packRows(
      indicators(
        possible.flatMap((list) => list.map((one) => one.facts)),
        columns,
      ),
    );
    const askedCount = possible.reduce((n, list) => n + list.length, 0);
    const known = Int32Array.from(train, (i) => codes[i]!);
    let weights: Float64Array[] | undefined;
    for (const candidate of tried) {
      weights = fitSoftmax(learnt, known, classes, candidate.penalty, weights);
      const rows = softmaxOf(weights, asked, askedCount);
      let next = 0;
      possible.forEach((list, r) => {
        const mean = new Float64Array(classes);
        for (const { weight } of list) {
          const row = rows[next++]!;
          for (let c = 0; c < classes; c++) mean[c] = mean[c]! + weight * row[c]!;
        }
        candidate.chances[own[r]!] = mean;
        candidate.loss -= Math.log(mean[codes[own[r]!]!]!);
      });
    }
  }
  return tried.reduce((a, b) => (b.loss < a.loss ? b : a)).chances;
}

function softmaxOf(weights: readonly Float64Array[], rows: PackedRows, count: number) {
  const eta = weights.map((w) => {
    const out = new Float64Array(count);
    rows.times(w, out);
    return out;
  });
  return Array.from({ length: count }, (_, r) => {
    const top = Math.max(...eta.map((e) => e[r]!));
    const raised = eta.map((e) => Math.exp(e[r]! - top));
    const total = raised.reduce((a, b) => a + b, 0);
    return Float64Array.from(raised, (v) => v / total);
  });
}

function indicators(rows: readonly (readonly string[])[], columns: readonly string[]): Frame {
  const at = new Map(columns.map((name, j) => [name, j]));
  const data = new Float64Array(rows.length * columns.length);
  rows.forEach((row, r) => {
    for (const fact of row) {
      const j = at.get(fact);
      if (j !== undefined) data[r * columns.length + j] = 1;
    }
  });
  return { rows: rows.length, cols: columns.length, data, columns };
}

/** Facts that are true of enough rows, but not of all; most frequent first. */
function frequentFacts(rows: readonly (readonly string[])[], least: number): string[] {
  const counts = new Map<string, number>();
  for (const row of rows) for (const fact of row) counts.set(fact, (counts.get(fact) ?? 0) + 1);
  return [...counts]
    .filter(([, n]) => n >= least && n < rows.length)
    .sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))
    .map(([fact]) => fact);
}
