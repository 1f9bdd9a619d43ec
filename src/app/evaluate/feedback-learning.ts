/** What a portal's own labels add to the built-in reading: drawn from the training rows, measured on the test rows. */
import { RapportError } from '../../core/errors.ts';
import { flatMacroF1 } from '../../ml/confusion.ts';
import { createRandom, type Random } from '../../ml/random.ts';
import { detectLanguage } from '../../ml/text/language.ts';
import type { FeedbackModel } from '../../models/feedback-model.ts';
import { beatsBuiltIn, classify, type TextClassifierModel } from '../../models/text-classifier.ts';
import type { LabelledText } from '../../models/text-labels.ts';
import { builtInQuestion, fitQuestion } from '../../models/text-question.ts';
import { TextRows } from '../../models/text-rows.ts';
import { answerOf, answers } from './feedback-answers.ts';
import type { Folded, Question } from './feedback-labels.ts';
import { progress } from './report.ts';

export interface LearningRows {
  /** Texts whose labels may be given to the portal. */
  readonly train: readonly LabelledText<string>[];
  /** Texts of the portal; their labels, if any, are not looked at. */
  readonly texts: readonly string[];
  readonly test: readonly LabelledText<string>[];
}

export interface LearningOptions {
  /** Labels given per class, or all of `train`. */
  readonly perClass: number | 'all';
  readonly draws: number;
  readonly question: Question;
  readonly folded: Pick<Folded, 'own' | 'rest'>;
}

const RESAMPLED = 400;

/** As in the product: what was learnt answers only where cross-validation on the labels likes it better. */
export function evaluateLearning(
  model: FeedbackModel,
  { train, texts, test }: LearningRows,
  { perClass, draws, question, folded }: LearningOptions,
) {
  const classes = [...new Set([...train, ...test].map((r) => r.label))].sort();
  const codes = (labels: readonly (string | null)[]): Int32Array =>
    Int32Array.from(labels, (l) => {
      const k = classes.indexOf(l ?? '');
      return k < 0 ? classes.length : k;
    });
  const truth = codes(test.map((r) => r.label));
  const testTexts = test.map((r) => r.text);
  // Without its gate, so that what it abstains from is no gain of the labels.
  const builtIn = answers(model, testTexts, question, folded, false);
  const rows = TextRows.fit(model, texts);
  const parts = testTexts.map((text) =>
    detectLanguage(text) === 'other' ? null : rows.partsOf(text, model.read(text)),
  );
  const runs = Array.from({ length: perClass === 'all' ? 1 : draws }, (_, d) => {
    const given = perClass === 'all' ? train : drawn(train, classes, perClass, createRandom(d + 1));
    const began = performance.now();
    const fitted = fitQuestion(
      model,
      rows,
      {
        ...builtInQuestion(question, (reading) =>
          answerOf(model, reading, question, folded, false),
        ),
        labelled: given,
        texts,
      },
      d + 1,
    );
    const seconds = (performance.now() - began) / 1000;
    const own = parts.map((p) =>
      p === null || fitted === null ? null : classify(fitted, p).label,
    );
    const kept = fitted !== null && beatsBuiltIn(fitted);
    progress(`draw ${d + 1}: ${fitted?.report.learner ?? 'nothing'}${kept ? '' : ', not kept'}`);
    return { fitted, seconds, own: codes(own), picks: codes(kept ? own : builtIn), kept, given };
  });
  const base = codes(builtIn);
  const mean = (value: (run: (typeof runs)[number]) => number): number =>
    runs.reduce((sum, run) => sum + value(run), 0) / runs.length;
  const f1 = (picks: Int32Array, at?: Int32Array): number =>
    flatMacroF1(truth, picks, classes.length, at);
  const [low, high] = interval(truth.length, runs.length, (at, chosen) => {
    const there = f1(base, at);
    return chosen.reduce((sum, d) => sum + f1(runs[d]!.picks, at) - there, 0) / chosen.length;
  });
  return {
    classes,
    labels: mean((run) => run.given.length),
    draws: runs.length,
    texts: texts.length,
    macro_f1: mean((run) => f1(run.picks)),
    accuracy: mean((run) => run.picks.filter((p, i) => p === truth[i]).length / truth.length),
    builtin_macro_f1: f1(base),
    gain: mean((run) => f1(run.picks)) - f1(base),
    gain_low: low,
    gain_high: high,
    worst_gain: Math.min(...runs.map((run) => f1(run.picks))) - f1(base),
    kept: mean((run) => (run.kept ? 1 : 0)),
    /** Had it always been kept. */
    macro_f1_ungated: mean((run) => f1(run.own)),
    learners: counts(runs.map((run) => run.fitted)),
    fit_s: mean((run) => run.seconds),
  };
}

/** As many rows of each class, without replacement; all of a class that has fewer. */
function drawn(
  train: readonly LabelledText<string>[],
  classes: readonly string[],
  perClass: number,
  random: Random,
): LabelledText<string>[] {
  const order = random.permutation(train.length);
  const shuffled = Array.from(order, (i) => train[i]!);
  const given = classes.flatMap((k) => shuffled.filter((r) => r.label === k).slice(0, perClass));
  if (given.length === 0)
    throw new RapportError('config_invalid', 'There are no labelled training rows to draw from.');
  return given;
}

/** 95 % percentile interval over resampled test rows and resampled draws of the labels. */
function interval(
  rows: number,
  draws: number,
  value: (at: Int32Array, chosen: readonly number[]) => number,
): readonly [number, number] {
  const random = createRandom(1);
  const values = Array.from({ length: RESAMPLED }, () => {
    const at = Int32Array.from({ length: rows }, () => random.int(rows));
    return value(
      at,
      Array.from({ length: draws }, () => random.int(draws)),
    );
  }).sort((a, b) => a - b);
  return [values[Math.floor(RESAMPLED * 0.025)]!, values[Math.ceil(RESAMPLED * 0.975) - 1]!];
}

function counts(fitted: readonly (TextClassifierModel | null)[]): Record<string, number> {
  const found: Record<string, number> = {};
  for (const one of fitted) {
    const name = one?.report.learner ?? 'none';
    found[name] = (found[name] ?? 0) + 1;
  }
  return found;
}
