/** Text classification and nearest neighbours beside scikit-learn. */
import { join } from 'node:path';
import { evaluateSimilar } from '../../src/app/evaluate/similar.ts';
import { readTable } from '../../src/app/evaluate/table.ts';
import { scoreText } from '../../src/app/evaluate/text-score.ts';
import { FittedLinear } from '../../src/ml/linear/linear-model.ts';
import { fitLogisticWeights } from '../../src/ml/linear/logistic-weights.ts';
import { fitOneVsRest, type Loss } from '../../src/ml/linear/one-vs-rest.ts';
import { macroF1 } from '../../src/ml/metrics.ts';
import { selectAnyText } from '../../src/ml/text/select-any-text.ts';
import { fitTfidf, type TfidfOptions } from '../../src/ml/text/tfidf.ts';
import type { BenchCase, BenchRun } from './case.ts';

const AIRLINE = 'sentiment_en_airline.jsonl';
const BANKING = 'intent_en_banking77.jsonl';
const APPS = 'feedback_en_appreviews.jsonl';
const SUGGESTIONS = 'suggestion_en_semeval2019t9a.jsonl';
const WAIMAI = 'sentiment_zh_waimai.jsonl';
const SHOPPING = 'sentiment_zh_shopping6.jsonl.gz';
/** The peer's two feature sets. */
const FEATURES = { word: {}, char: { words: 0, grams: [1, 3] } } satisfies Record<
  string,
  TfidfOptions
>;
type Features = keyof typeof FEATURES;

interface Part {
  readonly texts: string[];
  readonly labels: string[];
}

async function load(datasets: string, file: string): Promise<{ train: Part; test: Part }> {
  const table = await readTable(join(datasets, file));
  const [texts, labels, split] = ['text', 'label', 'split'].map((c) => table.text(c));
  const part = (name: string): Part => {
    const rows = (split ?? []).flatMap((s, i) => (s === name ? [i] : []));
    return { texts: rows.map((i) => texts?.[i] ?? ''), labels: rows.map((i) => labels?.[i] ?? '') };
  };
  return { train: part('train'), test: part('test') };
}

const fitSvm: typeof fitLogisticWeights = (x, y, classes, options) =>
  fitOneVsRest(x, y, classes, 'svm', options);

interface Fitted {
  readonly trainSeconds: number;
  readonly docsPerS: number;
  readonly f1: number;
}

function fitAndScore(train: Part, test: Part, features: Features, loss: Loss, c: number): Fitted {
  const began = performance.now();
  const { vectorizer, x } = fitTfidf(train.texts, FEATURES[features]);
  const classes = [...new Set(train.labels)].sort();
  const y = Int32Array.from(train.labels, (l) => classes.indexOf(l));
  const solve = loss === 'svm' ? fitSvm : fitLogisticWeights;
  const weights = solve(x, y, classes.length, { c });
  const trainSeconds = (performance.now() - began) / 1000;
  const model = new FittedLinear({ columns: x.cols, classes, weights });
  const label = (): string[] =>
    Array.from(model.predict(vectorizer.transform(test.texts)), (k) => classes[k] ?? '');
  const f1 = macroF1(test.labels, label());
  const start = performance.now();
  for (let pass = 0; pass < 3; pass++) label();
  const docsPerS = (3 * test.texts.length * 1000) / (performance.now() - start);
  return { trainSeconds, docsPerS, f1 };
}

const figure = (line: Readonly<Record<string, unknown>>, key: string): number => Number(line[key]);

function training(
  name: string,
  file: string,
  loss: Loss,
  c: number,
  features: Features,
  target: number,
): BenchCase {
  const model = loss === 'svm' ? 'svc' : 'lr';
  return {
    name,
    target,
    ours: async (datasets): Promise<BenchRun> => {
      const { train, test } = await load(datasets, file);
      const { trainSeconds, f1 } = fitAndScore(train, test, features, loss, c);
      return { seconds: trainSeconds, quality: { macro_f1: f1 } };
    },
    peer: {
      script: 'text_classify.py',
      args: [`$DATA/${file}`, '--model', model, '--feat', features, '-C', String(c)],
      read: (line) => ({
        seconds: figure(line, 'total_train_s'),
        quality: { macro_f1: figure(line, 'macro_f1') },
      }),
    },
  };
}

/** Seconds per 100,000 texts, vectorising included. */
function predicting(name: string, file: string, features: Features, target: number): BenchCase {
  return {
    name,
    target,
    ours: async (datasets) => {
      const { train, test } = await load(datasets, file);
      const { docsPerS } = fitAndScore(train, test, features, 'svm', 1);
      return { seconds: 1e5 / docsPerS, quality: { docs_per_s: docsPerS } };
    },
    peer: {
      script: 'text_classify.py',
      args: [`$DATA/${file}`, '--model', 'svc', '--feat', features, '--rep', '2'],
      read: (line) => ({
        seconds: 1e5 / figure(line, 'predict_docs_per_s'),
        quality: { docs_per_s: figure(line, 'predict_docs_per_s') },
      }),
    },
  };
}

function selecting(name: string, file: string, feat: string | null, target?: number): BenchCase {
  return {
    name,
    ...(target === undefined ? {} : { target }),
    ours: async (datasets) => {
      const { train, test } = await load(datasets, file);
      const began = performance.now();
      const { model } = selectAnyText(train.texts, train.labels);
      const seconds = (performance.now() - began) / 1000;
      const { macro_f1, ece, ece_floor } = scoreText(model, test.texts, test.labels);
      return { seconds, quality: { macro_f1, ece, ece_floor } };
    },
    ...(feat === null
      ? {}
      : {
          peer: {
            script: 'cv_select.py',
            args: [`$DATA/${file}`, '--feat', feat],
            read: (line: Readonly<Record<string, unknown>>) => ({
              seconds: figure(line, 'total_s'),
              quality: { macro_f1: figure(line, 'test_f1') },
            }),
          },
        }),
  };
}

export const cases: readonly BenchCase[] = [
  training('svm airline', AIRLINE, 'svm', 1, 'word', 0.5),
  training('svm banking77', BANKING, 'svm', 1, 'word', 0.8),
  training('svm waimai', WAIMAI, 'svm', 1, 'char', 0.4),
  training('svm shopping6', SHOPPING, 'svm', 1, 'char', 0.2),
  training('logistic airline', AIRLINE, 'logistic', 10, 'word', 0.1),
  training('logistic banking77', BANKING, 'logistic', 10, 'word', 0.15),
  predicting('predict airline, per 100,000 texts', AIRLINE, 'word', 0.333),
  predicting('predict waimai, per 100,000 texts', WAIMAI, 'char', 0.167),
  {
    name: 'cosine top 10, per query',
    target: 0.4,
    ours: async (datasets) => {
      const files = [AIRLINE, SUGGESTIONS].map((f) => readTable(join(datasets, f)));
      const texts = (await Promise.all(files)).flatMap((t) => t.text('text')).slice(0, 20_000);
      const { query_ms, recall_at_10, sum_top10 } = evaluateSimilar(texts, 200);
      return { seconds: query_ms.p50 / 1000, quality: { sum_top10, recall_at_10 } };
    },
    peer: {
      script: 'cosine.py',
      args: [`$DATA/${AIRLINE}`, `$DATA/${SUGGESTIONS}`],
      read: (line) => ({
        seconds: figure(line, 'per_query_ms_p50') / 1000,
        quality: { sum_top10: figure(line, 'sum_top10'), recall_at_10: 1 },
      }),
    },
  },
  selecting('auto airline', AIRLINE, 'word', 0.3),
  selecting('auto banking77', BANKING, null),
  selecting('auto appreviews', APPS, null),
  selecting('auto suggestions', SUGGESTIONS, null),
  selecting('auto waimai', WAIMAI, null),
  selecting('auto shopping6', SHOPPING, null),
];
