/** `rapport evaluate feedback`: the built-in model, which has seen no label of yours, on your own texts. */
import { Command, Option } from 'commander';
import { RapportError } from '../../core/errors.ts';
import { flatMacroF1, macroF1Interval } from '../../ml/confusion.ts';
import { createRandom } from '../../ml/random.ts';
import { builtInFeedback } from '../../models/built-in-feedback.ts';
import { answers } from './feedback-answers.ts';
import { foldLabels, parseMap, type Question } from './feedback-labels.ts';
import { report } from './report.ts';
import { readTable } from './table.ts';
import { scoreClass } from './text-score.ts';

interface FeedbackOptions {
  readonly builtin: Question;
  readonly data: string;
  readonly text: string;
  readonly label: string;
  readonly split?: string;
  readonly map?: string;
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

/** Macro-F1 over the labels the data has; an answer that is none of them, or none, is an error. */
export function scoreAnswers(labels: readonly string[], picks: readonly (string | null)[]) {
  const classes = [...new Set(labels)].sort();
  const numberOf = new Map(classes.map((name, c) => [name, c]));
  const truth = Int32Array.from(labels, (l) => numberOf.get(l) ?? 0);
  const chosen = Int32Array.from(picks, (p) => numberOf.get(p ?? '') ?? classes.length);
  const [low, high] = macroF1Interval(truth, chosen, classes.length, createRandom(1));
  const answered = picks.filter((p) => p !== null).length;
  return {
    accuracy: truth.reduce((n, t, i) => n + (t === chosen[i] ? 1 : 0), 0) / labels.length,
    macro_f1: flatMacroF1(truth, chosen, classes.length),
    macro_f1_low: low,
    macro_f1_high: high,
    per_class: Object.fromEntries(classes.map((name, c) => [name, scoreClass(truth, chosen, c)])),
    coverage: answered / labels.length,
    abstained: labels.length - answered,
  };
}
