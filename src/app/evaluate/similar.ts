/** `rapport evaluate similar`: nearest neighbours among the user's own texts. */
import { Command } from 'commander';
import { mostlyHan } from '../../ml/text/feature-sets.ts';
import { type Neighbour, SimilarityIndex } from '../../ml/text/similarity.ts';
import { numberOption, onUserData } from './config-error.ts';
import { report } from './report.ts';
import { readTable } from './table.ts';

interface SimilarOptions {
  readonly data: string;
  readonly text: string;
  readonly queries: string;
  readonly json?: boolean;
}

const K = 10;

export function similarCommand(): Command {
  return new Command('similar')
    .description('find the ten most similar texts of each query: speed and exactness')
    .requiredOption('--data <file>', 'texts: .csv or .jsonl, each also as .gz')
    .requiredOption('--text <column>', 'column of the text')
    .option('--queries <n>', 'texts, spread evenly over the file, to look up', '200')
    .option('--json', 'print one JSON object')
    .action(async (options: SimilarOptions) => {
      const queries = Math.floor(numberOption('queries', options.queries, 1, 1e6));
      const texts = (await readTable(options.data)).text(options.text);
      report(
        onUserData(options.data, () => evaluateSimilar(texts, queries)),
        options,
      );
    });
}

/** Recall is the share of the ten best by full comparison that the index finds, ties counting as found. */
export function evaluateSimilar(texts: readonly string[], queries: number) {
  const began = performance.now();
  const words = mostlyHan(texts, 1)
    ? ({ words: 1, wordLength: 1, segment: true } as const)
    : ({ words: 1 } as const);
  const index = SimilarityIndex.of(texts, words);
  const indexS = (performance.now() - began) / 1000;
  const n = Math.min(queries, texts.length);
  const rows = Array.from({ length: n }, (_, q) => Math.floor((q * texts.length) / n));
  const times: number[] = [];
  let found = 0;
  let wanted = 0;
  let sum = 0;
  for (const row of rows) {
    const start = performance.now();
    const near = index.neighbours(row, K);
    times.push(performance.now() - start);
    const exact = index.neighboursByScan(row, K);
    const bar = lowest(exact);
    wanted += exact.length;
    found += near.filter((x) => x.similarity >= bar - 1e-9).length;
    for (const { similarity } of near) sum += similarity;
  }
  times.sort((a, b) => a - b);
  const percentile = (p: number): number => times[Math.min(n - 1, Math.floor(n * p))] ?? 0;
  return {
    n: texts.length,
    terms: index.vectorizer.columns,
    index_s: indexS,
    queries: n,
    query_ms: { p50: percentile(0.5), p99: percentile(0.99) },
    recall_at_10: wanted === 0 ? 1 : found / wanted,
    sum_top10: sum,
    peak_rss_mb: process.resourceUsage().maxRSS / 1024,
  };
}

const lowest = (exact: readonly Neighbour[]): number => exact.at(-1)?.similarity ?? 0;
