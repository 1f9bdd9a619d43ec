/** `rapport evaluate topics`: what the user's own texts are about. */
import { Command } from 'commander';
import { RapportError } from '../../core/errors.ts';
import { halfDocumentPerplexity, npmi } from '../../ml/decompose/coherence.ts';
import { Lda } from '../../ml/decompose/lda.ts';
import { topicWords } from '../../ml/decompose/topic-words.ts';
import { vocabularyOf, wordColumns, wordCounts } from '../../ml/decompose/word-counts.ts';
import { numberOption, onUserData } from './config-error.ts';
import { progress, type Reported, report } from './report.ts';
import { readTable } from './table.ts';

export interface TopicsOptions extends Reported {
  readonly data: string;
  readonly text: string;
  readonly k: string;
  readonly seed: string;
}

/** Every so manyeth text is kept back to measure the perplexity on. */
const HELD_BACK = 5;

export function topicsCommand(): Command {
  return new Command('topics')
    .description('topics of texts, with their words')
    .requiredOption('--data <file>', '.csv or .jsonl, also .gz')
    .requiredOption('--text <column>', 'column of the texts, English or Chinese')
    .option('--k <n>', 'number of topics', '10')
    .option('--seed <n>', 'of every random choice', '1')
    .option('--json', 'one JSON object')
    .action(async (options: TopicsOptions) => report(await evaluateTopics(options), options));
}

export async function evaluateTopics(options: TopicsOptions): Promise<object> {
  const k = Math.floor(numberOption('k', options.k, 2, 1000));
  const seed = Math.floor(numberOption('seed', options.seed, 0, 2 ** 31 - 1));
  const table = await readTable(options.data);
  const words = table.text(options.text).map(topicWords);
  const learnt = words.filter((_, i) => i % HELD_BACK !== 0);
  const heldBack = words.filter((_, i) => i % HELD_BACK === 0);
  const vocabulary = onUserData(options.data, () => {
    const known = vocabularyOf(learnt);
    if (known.length >= k) return known;
    const message = `${known.length} words in 5 texts or more are too few for ${k} topics`;
    throw new RapportError('not_enough_data', message);
  });
  const counts = wordCounts(wordColumns(learnt, vocabulary), vocabulary);
  progress(`${learnt.length} texts, ${vocabulary.length} words`);
  const begun = performance.now();
  const model = new Lda({ topics: k, seed }).fit(counts, vocabulary);
  const fitS = (performance.now() - begun) / 1000;
  const top = model.top(10);
  const perplexity = halfDocumentPerplexity(model, wordColumns(heldBack, vocabulary));
  return {
    n: table.rows,
    terms: vocabulary.length,
    topics: top.map((columns, t) => ({
      share: model.share[t] ?? 0,
      words: columns.map((column) => vocabulary[column] ?? ''),
    })),
    coherence_npmi: npmi(counts, top),
    perplexity: Number.isFinite(perplexity) ? perplexity : null,
    fit_s: fitS,
  };
}
