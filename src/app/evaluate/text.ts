/** `rapport evaluate text`: a text classifier on the user's own labelled texts. */
import { Command, Option } from 'commander';
import { RapportError } from '../../core/errors.ts';
import { selectAnyText } from '../../ml/text/select-any-text.ts';
import type { TextLabeller } from '../../ml/text/text-trees.ts';
import { numberOption, onUserData } from './config-error.ts';
import { progress, report } from './report.ts';
import { readTable } from './table.ts';
import { type Scored, scoreText } from './text-score.ts';

interface TextOptions {
  readonly data: string;
  readonly text: string;
  readonly label: string;
  readonly split?: string;
  readonly test?: string;
  readonly time?: string;
  readonly model: 'auto' | 'nb' | 'lr' | 'svm' | 'rf' | 'gbdt';
  readonly seed: string;
  readonly json?: boolean;
}

interface Labelled {
  readonly texts: readonly string[];
  readonly labels: readonly string[];
  readonly timesMs?: readonly number[];
}

export function textCommand(): Command {
  return new Command('text')
    .description('learn to label texts, and see how well it works on texts kept apart')
    .requiredOption('--data <file>', 'labelled texts: .csv or .jsonl, each also as .gz')
    .requiredOption('--text <column>', 'column of the text')
    .requiredOption('--label <column>', 'column of the label')
    .option('--split <column>', 'column that says train or test for each row')
    .option('--test <file>', 'a second file to test on')
    .option('--time <column>', 'column of the date; models are then chosen forward in time')
    .addOption(
      new Option('--model <model>', 'auto chooses by cross-validation on the training rows')
        .choices(['auto', 'nb', 'lr', 'svm', 'rf', 'gbdt'])
        .default('auto'),
    )
    .option('--seed <n>', 'seed of folds and fits', '1')
    .option('--json', 'print one JSON object')
    .action(async (options: TextOptions) => report(await evaluateText(options), options));
}

async function evaluateText(options: TextOptions): Promise<object> {
  const seed = numberOption('seed', options.seed, 0, 2 ** 32 - 1);
  const { train, test } = await readRows(options);
  const began = performance.now();
  const chosen = onUserData(options.data, () =>
    selectAnyText(train.texts, train.labels, {
      model: options.model,
      seed,
      onProgress: progress,
      ...(train.timesMs === undefined ? {} : { timesMs: train.timesMs }),
    }),
  );
  const fitS = (performance.now() - began) / 1000;
  const docsPerS = predictRate(chosen.model, test.texts);
  const scored = scoreText(chosen.model, test.texts, test.labels);
  const baseline = scoreMajority(train.labels, test.labels);
  const first = chosen.candidates[0];
  return {
    model: chosen.name,
    verdict: verdict(scored, baseline),
    n_train: train.texts.length,
    n_test: test.texts.length,
    classes: chosen.model.classes,
    accuracy: scored.accuracy,
    macro_f1: scored.macro_f1,
    macro_f1_low: scored.low,
    macro_f1_high: scored.high,
    cv_macro_f1: first?.macro_f1 ?? null,
    ece: scored.ece,
    ece_floor: scored.ece_floor,
    calibration: chosen.calibration ?? null,
    log_loss: scored.log_loss,
    baseline,
    per_class: scored.per_class,
    candidates: chosen.candidates,
    near_copies: chosen.nearCopies,
    fit_s: fitS,
    predict_docs_per_s: docsPerS,
    peak_rss_mb: process.resourceUsage().maxRSS / 1024,
  };
}

/** Labels as given; an empty label is refused, rows of neither part are left out. */
async function readRows(options: TextOptions): Promise<{ train: Labelled; test: Labelled }> {
  if ((options.split === undefined) === (options.test === undefined))
    throw new RapportError('config_invalid', 'Give either --split <column> or --test <file>.');
  const table = await readTable(options.data);
  const texts = table.text(options.text);
  const labels = table.text(options.label);
  const times =
    options.time === undefined
      ? undefined
      : moments(options.data, options.time, table.text(options.time));
  const rows = (keep: (i: number) => boolean): Labelled => {
    const chosen = texts.map((_, i) => i).filter(keep);
    return {
      texts: chosen.map((i) => texts[i] ?? ''),
      labels: chosen.map((i) => labelOf(options.data, options.label, labels[i] ?? '', i)),
      ...(times === undefined ? {} : { timesMs: chosen.map((i) => times[i] ?? 0) }),
    };
  };
  let parts: { train: Labelled; test: Labelled };
  if (options.split !== undefined) {
    const split = table.text(options.split);
    parts = { train: rows((i) => split[i] === 'train'), test: rows((i) => split[i] === 'test') };
  } else {
    const other = await readTable(options.test ?? '');
    const otherLabels = other.text(options.label);
    parts = {
      train: rows(() => true),
      test: {
        texts: other.text(options.text),
        labels: otherLabels.map((l, i) => labelOf(other.file, options.label, l, i)),
      },
    };
  }
  for (const [name, part] of Object.entries(parts))
    if (part.texts.length === 0)
      throw new RapportError(
        'config_invalid',
        `${options.data}: there are no ${name} rows${options.split === undefined ? '' : ` in column "${options.split}"`}.`,
      );
  return parts;
}

function labelOf(file: string, column: string, label: string, row: number): string {
  if (label.trim() !== '') return label;
  throw new RapportError('config_invalid', `${file}: column "${column}", row ${row + 1} is empty.`);
}

function moments(file: string, column: string, cells: readonly string[]): number[] {
  return cells.map((cell, row) => {
    const at = Date.parse(cell);
    if (Number.isFinite(at)) return at;
    throw new RapportError(
      'config_invalid',
      `${file}: column "${column}", row ${row + 1} holds "${cell}", which is not a date.`,
    );
  });
}

/** Texts per second, vectorising included; the median of a few passes, each of at least 2,000 texts. */
function predictRate(model: TextLabeller, texts: readonly string[]): number {
  const many = Array.from(
    { length: Math.max(2000, texts.length) },
    (_, i) => texts[i % texts.length] ?? '',
  );
  const rates = Array.from({ length: 5 }, () => {
    const began = performance.now();
    model.predict(many);
    return (many.length * 1000) / (performance.now() - began);
  }).sort((a, b) => a - b);
  return Math.round(rates[2] ?? 0);
}

function scoreMajority(train: readonly string[], test: readonly string[]) {
  const counts = new Map<string, number>();
  for (const l of train) counts.set(l, (counts.get(l) ?? 0) + 1);
  const [label = ''] = [...counts].sort((a, b) => b[1] - a[1])[0] ?? [];
  const hits = test.filter((l) => l === label).length;
  const classes = new Set([...test, label]).size;
  return {
    always: label,
    accuracy: hits / test.length,
    macro_f1: (2 * hits) / (hits === 0 ? 1 : test.length + hits) / classes,
  };
}

function verdict(scored: Scored, baseline: { always: string; macro_f1: number }): string {
  const against = `always answering "${baseline.always}" (macro-F1 ${baseline.macro_f1.toFixed(3)})`;
  const own = `macro-F1 ${scored.macro_f1.toFixed(3)}, 95 % interval ${scored.low.toFixed(3)} to ${scored.high.toFixed(3)}`;
  return scored.low > baseline.macro_f1
    ? `Better than ${against}: ${own}.`
    : `Not better than the baseline, ${against}: ${own}.`;
}
