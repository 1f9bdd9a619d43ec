/** `rapport evaluate feedback`: the built-in model, which has seen no label of yours, on your own texts. */
import { Command, Option } from 'commander';
import { RapportError } from '../../core/errors.ts';
import { flatMacroF1, macroF1Interval } from '../../ml/confusion.ts';
import { createRandom } from '../../ml/random.ts';
import { builtInFeedback } from '../../models/built-in-feedback.ts';
import type { LabelledText } from '../../models/text-labels.ts';
import { numberOption } from './config-error.ts';
import { answers } from './feedback-answers.ts';
import { type Folded, foldLabels, parseMap, type Question } from './feedback-labels.ts';
import { evaluateLearning } from './feedback-learning.ts';
import { report } from './report.ts';
import { readTable, type Table } from './table.ts';
import { scoreClass } from './text-score.ts';

interface FeedbackOptions {
  readonly builtin: Question;
  readonly data: string;
  readonly text: string;
  readonly label: string;
  readonly split?: string;
  readonly map?: string;
  readonly labels?: string;
  readonly draws?: string;
  readonly json?: boolean;
}

export function feedbackCommand(): Command {
  return new Command('feedback')
    .description('the built-in reading of type, sentiment or urgency, beside labels you have')
    .addOption(
      new Option('--builtin <question>', 'what to ask')
        .choices(['type', 'sentiment', 'urgency'])
        .makeOptionMandatory(),
    )
    .requiredOption('--data <file>', 'labelled texts: .csv or .jsonl, each also as .gz')
    .requiredOption('--text <column>', 'column of the text')
    .requiredOption('--label <column>', 'column of the label')
    .option('--split <column>', 'column of train and test; only test rows are read')
    .option('--map <pairs>', 'their label=our label, with commas between; * for all others')
    .option(
      '--labels <n|all|file>',
      'learn as a portal does from so many labels per class, from all training rows, or from a file',
    )
    .option('--draws <n>', 'times that labels are drawn anew', '20')
    .option('--json', 'print one JSON object')
    .action(async (options: FeedbackOptions) => report(await evaluateFeedback(options), options));
}

/** Abstentions count as errors; `coverage` is the share of texts answered. */
export async function evaluateFeedback(options: FeedbackOptions): Promise<object> {
  const table = await readTable(options.data);
  const split = options.split === undefined ? null : table.text(options.split);
  const all = table.text(options.text).map((text, i) => ({ text, i }));
  const asked = all.filter(({ i }) => split === null || split[i] === 'test');
  const given = table.text(options.label);
  const folded = foldLabels(
    asked.map(({ i }) => given[i] ?? ''),
    parseMap(options.map),
    options.builtin,
  );
  const rows = asked.flatMap(({ text }, k) => {
    const label = folded.labels[k];
    return label === null || label === undefined ? [] : [{ text, label }];
  });
  if (rows.length === 0)
    throw new RapportError('config_invalid', `${options.data}: there are no rows to test on.`);
  if (options.labels !== undefined) return learn(options, table, folded, rows);
  const loadBegan = performance.now();
  const model = builtInFeedback();
  const loadMs = performance.now() - loadBegan;
  const texts = rows.map((r) => r.text);
  const began = performance.now();
  const picks = answers(model, texts, options.builtin, folded);
  const seconds = (performance.now() - began) / 1000;
  const labels = rows.map((r) => r.label);
  return {
    model: model.state.version,
    builtin: options.builtin,
    n: rows.length,
    left_out: asked.length - rows.length,
    classes: [...new Set(labels)].sort(),
    ...scoreAnswers(labels, picks),
    docs_per_s: Math.round(rows.length / seconds),
    load_ms: loadMs,
  };
}

/** The training rows' labels are folded as the test rows' are. */
async function learn(
  options: FeedbackOptions,
  table: Table,
  folded: Folded,
  test: readonly LabelledText<string>[],
): Promise<object> {
  const { labels = '', builtin } = options;
  const split = options.split === undefined ? null : table.text(options.split);
  const texts = table.text(options.text).filter((_, i) => split === null || split[i] !== 'test');
  const counted = labels === 'all' || /^\d+$/.test(labels);
  if (counted && split === null)
    throw new RapportError(
      'config_invalid',
      '--labels needs --split: labels come from its train rows.',
    );
  const given = counted ? table : await readTable(labels);
  const from = counted ? (i: number) => split?.[i] !== 'test' : () => true;
  const names = given.text(options.label).filter((_, i) => from(i));
  const named = foldLabels(names, parseMap(options.map), builtin).labels;
  const train = given
    .text(options.text)
    .filter((_, i) => from(i))
    .flatMap((text, k) => {
      const label = named[k];
      return label === null || label === undefined ? [] : [{ text, label }];
    });
  const draws = Math.floor(numberOption('draws', options.draws ?? '20', 1, 1_000));
  const perClass = /^\d+$/.test(labels) ? Number(labels) : ('all' as const);
  const model = builtInFeedback();
  return {
    model: model.state.version,
    builtin,
    n: test.length,
    ...evaluateLearning(
      model,
      { train, texts, test },
      { perClass, draws, question: builtin, folded },
    ),
  };
}

/** Macro-F1 over the labels the data has; an answer that is none of them, or none, is an error. */
export function scoreAnswers(labels: readonly string[], picks: readonly (string | null)[]) {
  const classes = [...new Set(labels)].sort();
  const numberOf = new Map(classes.map((name, c) => [name, c]));
  const truth = Int32Array.from(labels, (l) => numberOf.get(l) ?? 0);
  const chosen = Int32Array.from(picks, (p) => numberOf.get(p ?? '') ?? classes.length);
  const [low, high] = macroF1Interval(truth, chosen, classes.length, createRandom(1));
  const answered = picks.filter((p) => p !== null).length;
  const right = truth.reduce((n, t, i) => n + (t === chosen[i] ? 1 : 0), 0);
  return {
    accuracy: right / labels.length,
    macro_f1: flatMacroF1(truth, chosen, classes.length),
    macro_f1_low: low,
    macro_f1_high: high,
    per_class: Object.fromEntries(classes.map((name, c) => [name, scoreClass(truth, chosen, c)])),
    /** Of the texts it did answer. */
    accuracy_answered: right / Math.max(1, answered),
    coverage: answered / labels.length,
    abstained: labels.length - answered,
  };
}
