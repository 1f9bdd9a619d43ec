/** The ways in which few labels of a portal are turned into a classifier; cross-validation chooses. */
import { fitOneVsRest } from '../ml/linear/one-vs-rest.ts';
import { softmax } from '../ml/preprocess/calibrate.ts';
import { type Csr, csrColumns, csrConcat, csrDot, csrSelect } from '../ml/sparse.ts';
import { HEADS } from './feedback-model.ts';

export type LearnerName = 'reweighed' | 'own_terms' | 'self_trained';

export interface Learner {
  readonly name: LearnerName;
  /** Cost of an error against a penalty of ½‖w‖². */
  readonly cost: number;
  /** The labelled rows as this learner reads them. */
  readonly x: Csr;
  /** Weights per class, the intercept last, from these labelled rows alone. */
  fit(rows: readonly number[]): number[][];
}

export interface LearningTask {
  /** Labelled rows; the built-in columns come first. */
  readonly x: Csr;
  /** Class number per row. */
  readonly truth: readonly number[];
  readonly classes: number;
  /** Columns that come from the built-in model. */
  readonly builtIn: number;
  /** Texts of the same portal that nobody has labelled. */
  readonly unlabelled: Csr;
  /** Chances of each class per unlabelled text; `null` = the built-in scores teach. */
  readonly taught: readonly (readonly number[] | null)[] | null;
  readonly seed: number;
}

const COSTS = [1, 4, 16] as const;
/** Few labels bear little freedom: low costs keep close to the built-in reading. */
const COSTS_OF_FEW = [0.02, 0.2, 2] as const;
const TOLERANCE = 0.01;
/** Enough to choose among costs that are far apart. */
const TOLERANCE_OF_FEW = 0.05;
/** With more labels than this the portal's own words are known from the labels. */
export const MOST_LABELS = 1_000;
/** Fewer unlabelled texts teach nothing; more than the upper number only take longer. */
const LEAST_UNLABELLED = 300;
export const MOST_UNLABELLED = 3_000;

export function learnersOf(task: LearningTask): Learner[] {
  const few = task.truth.length <= MOST_LABELS;
  const costs = few ? COSTS_OF_FEW : COSTS;
  const tolerance = few ? TOLERANCE_OF_FEW : TOLERANCE;
  const supervised = (name: LearnerName, x: Csr): Learner[] =>
    costs.map((cost) => ({
      name,
      cost,
      x,
      fit: (rows) => fitLabels(task, x, rows, cost, tolerance),
    }));
  // What the built-in model has no score for is told by words alone.
  const learners =
    task.taught === null
      ? [
          ...supervised('reweighed', csrColumns(task.x, 0, task.builtIn)),
          ...supervised('own_terms', task.x),
        ]
      : supervised('own_terms', csrColumns(task.x, task.builtIn, task.x.cols));
  if (!few || task.unlabelled.rows < LEAST_UNLABELLED) return learners;
  const { x, builtIn, unlabelled } = task;
  const wordsOf = {
    labelled: csrColumns(x, builtIn, x.cols),
    unlabelled: csrColumns(unlabelled, builtIn, x.cols),
  };
  return [
    ...learners,
    {
      name: 'self_trained',
      cost: STUDENT_COST,
      x: task.x,
      fit: (rows) => selfTrain(task, wordsOf, rows),
    },
  ];
}

function fitLabels(
  { truth, classes, seed }: LearningTask,
  x: Csr,
  rows: readonly number[],
  c: number,
  tolerance = TOLERANCE,
): number[][] {
  const y = Int32Array.from(rows, (i) => truth[i] ?? 0);
  return fitOneVsRest(csrSelect(x, rows), y, classes, 'logistic', {
    c,
    seed,
    tolerance,
    maxPasses: 60,
  }).map((w) => Array.from(w));
}

const TEACHER_COST = 0.025;
const STUDENT_COST = 1;
/** A label counts as much as so many unlabelled texts of which the teacher is sure. */
const LABEL_WEIGHT = 10;
/** Share of the teacher's score in the answer. */
const TEACHER_SHARE = 0.5;
/** A text of which the teacher is less sure than this, from 0 (a guess) to 1, is left out. */
const LEAST_SURE = 0.02;

/**
 * Self-training (Yarowsky 1995; weights by confidence): the built-in scores, weighed anew on the
 * labels, read the portal's unlabelled texts; words are learnt from these readings and, with more
 * weight, from the labels. The answer adds both scores, so it is linear as any other.
 */
function selfTrain(
  task: LearningTask,
  wordsOf: { readonly labelled: Csr; readonly unlabelled: Csr },
  rows: readonly number[],
): number[][] {
  const { x, truth, classes, unlabelled, seed } = task;
  const teacher = task.taught === null ? reweighed(task, rows) : null;
  const labels: number[] = [];
  const weights: number[] = [];
  const sure: number[] = [];
  for (let i = 0; i < unlabelled.rows; i++) {
    const chances = teacher === null ? task.taught?.[i] : teacher.chances[i];
    if (!chances) continue;
    const best = Math.max(...chances);
    const certainty = (best * classes - 1) / (classes - 1);
    if (certainty < LEAST_SURE) continue;
    sure.push(i);
    labels.push(chances.indexOf(best));
    weights.push(certainty);
  }
  const words = csrConcat(csrSelect(wordsOf.unlabelled, sure), csrSelect(wordsOf.labelled, rows));
  for (const i of rows) {
    labels.push(truth[i] ?? 0);
    weights.push(LABEL_WEIGHT);
  }
  const student = fitOneVsRest(words, Int32Array.from(labels), classes, 'logistic', {
    c: STUDENT_COST,
    rowWeights: Float64Array.from(weights),
    seed,
  });
  return student.map((w, k) => {
    const taught = teacher?.weights[k] ?? [];
    const all = Array.from(w);
    for (let j = 0; j < HEADS.length; j++) all[j] = TEACHER_SHARE * (taught[j] ?? 0);
    all[x.cols] = (w[x.cols] ?? 0) + TEACHER_SHARE * (taught[HEADS.length] ?? 0);
    return all;
  });
}

/** The built-in scores weighed anew on the labels, and what they say of the unlabelled texts. */
function reweighed(
  task: LearningTask,
  rows: readonly number[],
): { readonly weights: number[][]; readonly chances: number[][] } {
  const weights = fitLabels(task, csrColumns(task.x, 0, HEADS.length), rows, TEACHER_COST);
  const reading = csrColumns(task.unlabelled, 0, HEADS.length);
  const chances = Array.from({ length: reading.rows }, (_, i) =>
    softmax(
      weights.map((w) => csrDot(reading, i, w) + (w[HEADS.length] ?? 0)),
      1,
    ),
  );
  return { weights, chances };
}
