/** Clusters, maps and topics beside scikit-learn. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Dbscan } from '../../src/ml/cluster/dbscan.ts';
import { KMeans } from '../../src/ml/cluster/kmeans.ts';
import { searchK } from '../../src/ml/cluster/kmeans-search.ts';
import { MiniBatchKMeans } from '../../src/ml/cluster/minibatch-kmeans.ts';
import { silhouette } from '../../src/ml/cluster/silhouette.ts';
import { halfDocumentPerplexity, npmi } from '../../src/ml/decompose/coherence.ts';
import { Lda } from '../../src/ml/decompose/lda.ts';
import { Pca } from '../../src/ml/decompose/pca.ts';
import { vocabularyOf, wordColumns, wordCounts } from '../../src/ml/decompose/word-counts.ts';
import { blobs, fixedStart } from './blobs.ts';
import type { BenchCase, BenchRun } from './case.ts';
import { PEER_STOP_WORDS } from './peer-stop-words.ts';

const K = 5;

function timed<T>(work: () => T, quality: (result: T) => Record<string, number>): BenchRun {
  const begun = performance.now();
  const result = work();
  return { seconds: (performance.now() - begun) / 1000, quality: quality(result) };
}

type Line = Readonly<Record<string, unknown>>;

/** cluster.py on the generated table, one cold run as ours is. */
const peer = (args: readonly string[], quality: (line: Line) => Record<string, number>) => ({
  script: 'cluster.py',
  args: [...args, '--rep', '1'],
  read: (line: Line): BenchRun => ({ seconds: Number(line['s']), quality: quality(line) }),
});

const kmeans = (n: number): BenchCase => ({
  name: `k-means ${n} x 8, same start`,
  ours: async () => {
    const x = blobs(n);
    const start = fixedStart(x, K);
    return timed(
      () => new KMeans({ k: K, start }).fit(x),
      ({ model }) => ({ inertia: model.inertia, iterations: model.iterations }),
    );
  },
  peer: peer(['kmeans', '--n', String(n)], (line) => ({
    inertia: Number(line['inertia']),
    iterations: Number(line['iters']),
  })),
  target: 1,
});

const miniBatch: BenchCase = {
  name: 'mini-batch k-means 1000000 x 8',
  ours: async () => {
    const x = blobs(1_000_000);
    return timed(
      () => new MiniBatchKMeans({ k: K }).fit(x),
      ({ model }) => ({ inertia: model.inertia }),
    );
  },
};

const search: BenchCase = {
  name: 'k search 100000 x 8: 2 to 10, 10 starts, 20 bootstraps (aim 10 s)',
  ours: async () => {
    const x = blobs(100_000);
    return timed(
      () => searchK(x),
      ({ best }) => ({ k: best.k, inertia: best.inertia, stability: best.stability }),
    );
  },
};

const pca: BenchCase = {
  name: 'pca 1000000 x 8',
  ours: async () => {
    const x = blobs(1_000_000);
    return timed(
      () => {
        const model = new Pca({ components: 2 }).fit(x);
        model.transform(x);
        return model.explainedRatio;
      },
      ([first = 0, second = 0]) => ({ first, second }),
    );
  },
  peer: peer(['pca', '--n', '1000000'], (line) => {
    const [first = 0, second = 0] = line['explained'] as number[];
    return { first, second };
  }),
  target: 0.2,
};

const silhouettes: BenchCase = {
  name: 'silhouette 10000 x 8',
  ours: async () => {
    const x = blobs(10_000);
    const { labels } = new KMeans({ k: K, starts: 1, seed: 0 }).fit(x);
    return timed(
      () => silhouette(x, labels),
      (value) => ({ silhouette: value }),
    );
  },
  peer: peer(['silhouette', '--n', '10000'], (line) => ({
    silhouette: Number(line['silhouette']),
  })),
  target: 0.5,
};

const dbscan: BenchCase = {
  name: 'dbscan 20000 x 8, eps 5',
  ours: async () => {
    const x = blobs(20_000);
    return timed(
      () => new Dbscan({ eps: 5, minSamples: 10 }).fit(x),
      ({ clusters, labels }) => ({ clusters, noise: labels.filter((l) => l < 0).length }),
    );
  },
  peer: peer(['dbscan', '--n', '20000', '--eps', '5'], (line) => ({
    clusters: Number(line['clusters']),
    noise: Number(line['noise']),
  })),
  target: 0.5,
};

interface Text {
  readonly text: string;
  readonly label: string | null;
  readonly split: string;
}

const words = (text: string): string[] =>
  (text.toLowerCase().match(/[a-z]{3,}/g) ?? []).filter((word) => !PEER_STOP_WORDS.has(word));

/** Topics on the train split, perplexity on the test split, words counted as the peer counts them. */
const lda = (name: string, file: string): BenchCase => ({
  name: `lda ${name}, 10 topics`,
  ours: async (datasets) => {
    const lines = (await readFile(join(datasets, file), 'utf8')).trim().split('\n');
    const rows = lines.map((line) => JSON.parse(line) as Text).filter(({ label }) => label);
    const of = (split: string) =>
      rows.filter((row) => row.split === split).map((r) => words(r.text));
    const train = of('train');
    const vocabulary = vocabularyOf(train);
    const x = wordCounts(wordColumns(train, vocabulary), vocabulary);
    const test = wordColumns(of('test'), vocabulary);
    return timed(
      () => new Lda({ topics: 10 }).fit(x, vocabulary),
      (model) => ({
        npmi: npmi(x, model.top(10)),
        half_perplexity: halfDocumentPerplexity(model, test),
      }),
    );
  },
  peer: {
    script: 'lda.py',
    args: [`$DATA/${file}`, '--k', '10', '--tool', 'batch', '--rep', '1'],
    read: (line) => ({
      seconds: Number(line['fit_s']),
      quality: { npmi: Number(line['npmi']), half_perplexity: Number(line['half_perplexity']) },
    }),
  },
  target: 0.12,
});

export const cases: readonly BenchCase[] = [
  kmeans(100_000),
  kmeans(1_000_000),
  miniBatch,
  search,
  pca,
  silhouettes,
  dbscan,
  lda('airline', 'sentiment_en_airline.jsonl'),
  lda('app reviews', 'feedback_en_appreviews.jsonl'),
];
