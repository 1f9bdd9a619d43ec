/** Held-out scores: rows of them, and labels picked with a lean learnt from the other folds. */
import { fitLean } from '../confusion.ts';
import { pick } from '../linear/linear-model.ts';

/** The scores of some rows, in their order. */
export function gatherRows(scores: Float64Array, rows: Int32Array, classes: number): Float64Array {
  const out = new Float64Array(rows.length * classes);
  rows.forEach((i, r) => {
    out.set(scores.subarray(i * classes, (i + 1) * classes), r * classes);
  });
  return out;
}

/** The places where `keep` holds for the fold. */
export const rowsWhere = (fold: Int32Array, keep: (own: number) => boolean): Int32Array =>
  Int32Array.from(fold.keys()).filter((i) => keep(fold[i] ?? -1));

/** Scores of the tested rows, what is true of them, and the fold that tested each. */
export interface HeldScores {
  /** Rows × classes. */
  readonly scores: Float64Array;
  readonly truth: Int32Array;
  readonly fold: Int32Array;
  readonly classes: number;
}

/** Picks of each fold's rows, leaned by what the other folds taught. */
export function crossFittedPicks({ scores, truth, fold, classes }: HeldScores): Int32Array {
  const picks = new Int32Array(truth.length);
  for (const f of new Set(fold)) {
    const others = rowsWhere(fold, (own) => own !== f);
    const here = rowsWhere(fold, (own) => own === f);
    const lean = fitLean(
      gatherRows(scores, others, classes),
      Int32Array.from(others, (i) => truth[i] ?? 0),
      classes,
    );
    const own = pick(gatherRows(scores, here, classes), classes, lean);
    here.forEach((i, r) => {
      picks[i] = own[r] ?? 0;
    });
  }
  return picks;
}
