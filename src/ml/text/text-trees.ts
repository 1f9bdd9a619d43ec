/** Random forest and gradient boosting on the few hundred terms that tell most about the label. */
import type { FittedTableClassifier, Frame } from '../frame.ts';
import { encodeLabels } from '../labels.ts';
import type { Csr } from '../sparse.ts';
import { GradientBoosting } from '../tree/gradient-boosting.ts';
import { RandomForest } from '../tree/random-forest.ts';
import { type FittedTfidf, fitTfidf } from './tfidf.ts';
import { type TriedModel, triedModel } from './tried-model.ts';

export type TreeFamily = 'rf' | 'gbdt';

/** Terms kept; trees on dense columns take no more in reasonable time. */
const TERMS = 300;

/** Labels for texts; the linear model and the trees both give them. */
export interface TextLabeller {
  readonly classes: readonly string[];
  predict(texts: readonly string[]): string[];
  predictProba(texts: readonly string[]): number[][];
}

export class FittedTextTrees implements TextLabeller {
  readonly #vectorizer: FittedTfidf;
  readonly #columns: Int32Array;
  readonly #trees: FittedTableClassifier;

  constructor(vectorizer: FittedTfidf, columns: Int32Array, trees: FittedTableClassifier) {
    this.#vectorizer = vectorizer;
    this.#columns = columns;
    this.#trees = trees;
  }

  get classes(): readonly string[] {
    return this.#trees.classes;
  }

  predict(texts: readonly string[]): string[] {
    return this.predictProba(texts).map((row) => this.classes[row.indexOf(Math.max(...row))] ?? '');
  }

  predictProba(texts: readonly string[]): number[][] {
    const x = this.#vectorizer.transform(texts);
    const chances = this.#trees.predictProba(toFrame(x, this.#vectorizer, this.#columns));
    const k = this.classes.length;
    return texts.map((_, i) => Array.from(chances.subarray(i * k, (i + 1) * k)));
  }
}

export function fitTextTrees(
  texts: readonly string[],
  labels: readonly string[],
  family: TreeFamily,
  seed: number,
  segment: boolean,
): FittedTextTrees {
  const { vectorizer, x } = fitTfidf(texts, { wordLength: 1, marks: true, segment });
  const columns = mostTelling(x, labels);
  const frame = toFrame(x, vectorizer, columns);
  const trees =
    family === 'rf'
      ? new RandomForest({ seed, minLeafRows: 2 }).fit(frame, labels)
      : new GradientBoosting({ seed, rounds: 60 }).fit(frame, labels);
  return new FittedTextTrees(vectorizer, columns, trees);
}

/** The columns with the highest chi² of their sums per class against the class shares. */
function mostTelling(x: Csr, labels: readonly string[]): Int32Array {
  const { classes, codes } = encodeLabels(labels);
  const rows = new Int32Array(classes.length);
  for (const k of codes) rows[k] = rows[k]! + 1;
  const share = Array.from(rows, (n) => n / labels.length);
  const sums = new Float64Array(x.cols * classes.length);
  const totals = new Float64Array(x.cols);
  for (let i = 0; i < x.rows; i++) {
    const k = codes[i]!;
    for (let at = x.indptr[i]!; at < x.indptr[i + 1]!; at++) {
      const j = x.indices[at]!;
      sums[j * classes.length + k] = sums[j * classes.length + k]! + x.values[at]!;
      totals[j] = totals[j]! + x.values[at]!;
    }
  }
  const chi2 = totals.map((total, j) =>
    share.reduce(
      (sum, p, k) => sum + (sums[j * classes.length + k]! - p * total) ** 2 / (p * total),
      0,
    ),
  );
  const order = Array.from(chi2, (_, j) => j).sort((a, b) => chi2[b]! - chi2[a]! || a - b);
  return Int32Array.from(order.slice(0, TERMS)).sort();
}

function toFrame(x: Csr, vectorizer: FittedTfidf, columns: Int32Array): Frame {
  const place = new Int32Array(x.cols).fill(-1);
  columns.forEach((j, c) => {
    place[j] = c;
  });
  const data = new Float64Array(x.rows * columns.length);
  for (let i = 0; i < x.rows; i++)
    for (let at = x.indptr[i]!; at < x.indptr[i + 1]!; at++) {
      const c = place[x.indices[at]!]!;
      if (c >= 0) data[i * columns.length + c] = x.values[at]!;
    }
  const names = Array.from(columns, (j) => vectorizer.term(j));
  return { rows: x.rows, cols: columns.length, data, columns: names };
}

export interface TreeTrial {
  readonly texts: readonly string[];
  readonly labels: readonly string[];
  readonly train: readonly number[];
  readonly test: readonly number[];
  /** What the linear winner said about the test rows; absent when there is none. */
  readonly rival?: readonly string[];
}

/** Trees learnt on one fold's training rows, judged on its test rows beside the linear winner. */
export function tryTextTrees(
  { texts, labels, train, test, rival }: TreeTrial,
  family: TreeFamily,
  seed: number,
  segment: boolean,
): TriedModel {
  const of = (values: readonly string[], rows: readonly number[]): string[] =>
    rows.map((i) => values[i] ?? '');
  const model = fitTextTrees(of(texts, train), of(labels, train), family, seed, segment);
  const classes = [...new Set(labels)].sort();
  const numbers = (names: readonly string[]): Int32Array =>
    Int32Array.from(names, (name) => classes.indexOf(name));
  const truth = numbers(of(labels, test));
  const picks = numbers(model.predict(of(texts, test)));
  const winner = rival === undefined ? picks : numbers(rival);
  const name = `${family} on the ${TERMS} most telling terms`;
  return triedModel(name, 1, { truth, picks, winner }, classes.length, seed);
}
