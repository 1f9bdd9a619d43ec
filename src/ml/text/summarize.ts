/** Extractive summary: the sentences of a text that speak for the rest of it, word for word. */
import { type Span, sentencesOf } from './sentences.ts';
import { tokenizeEnglish } from './tokenize-en.ts';
import { hanRuns, tokenizeChinese } from './tokenize-zh.ts';

export interface SummarySentence extends Span {
  /** Which sentence of the text it is, from 0. */
  readonly index: number;
  /** Its share of the text's attention; all sentences together have 1. */
  readonly score: number;
}

/** More sentences than this are not read. */
const MAX_SENTENCES = 200;
const DAMPING = 0.85;
/** Sentences more alike than this say the same; the second one adds nothing. */
const ALIKE = 0.6;

/**
 * `count` sentences, in the order of the text. Sentences are TF-IDF vectors joined by their cosine;
 * a random walk over them (TextRank: Mihalcea, Tarau 2004; continuous LexRank: Erkan, Radev 2004),
 * restarted more often at the beginning of the text, gives the score. Near-repeats are skipped.
 * Deterministic; ties go to the earlier sentence.
 */
export function summarize(text: string, count = 3): SummarySentence[] {
  return rankSentences(sentencesOf(text), count);
}

/** {@link summarize} over sentences from several texts; the first 200 are read. */
export function rankSentences(read: readonly Span[], count: number): SummarySentence[] {
  const sentences = read.slice(0, MAX_SENTENCES);
  if (sentences.length === 0 || !(count >= 1)) return [];
  const rows = vectors(sentences.map((sentence) => termsOf(sentence.text)));
  const alike = cosines(rows);
  const scores = walk(alike, rows);
  const order = sentences
    .map((_, i) => i)
    .sort((a, b) => (scores[b] ?? 0) - (scores[a] ?? 0) || a - b);
  const n = sentences.length;
  const chosen: number[] = [];
  for (const i of order) {
    if (chosen.length >= count) break;
    if (chosen.every((j) => (alike[i * n + j] ?? 0) <= ALIKE)) chosen.push(i);
  }
  return chosen
    .sort((a, b) => a - b)
    .flatMap((index) => {
      const sentence = sentences[index];
      return sentence === undefined ? [] : [{ ...sentence, index, score: scores[index] ?? 0 }];
    });
}

function termsOf(sentence: string): string[] {
  const english = tokenizeEnglish(sentence)
    .map((token) => token.replace(/^not_/, ''))
    .filter((token) => token.length > 1);
  return [...english, ...tokenizeChinese(hanRuns(sentence)).filter((word) => word.length > 1)];
}

type Row = ReadonlyMap<string, number>;

/** TF-IDF with idf = ln((1 + n) / (1 + df)) + 1 over the text's own sentences, length 1. */
function vectors(sentences: readonly (readonly string[])[]): Row[] {
  const frequency = new Map<string, number>();
  for (const terms of sentences)
    for (const term of new Set(terms)) frequency.set(term, (frequency.get(term) ?? 0) + 1);
  return sentences.map((terms) => {
    const row = new Map<string, number>();
    for (const term of terms) row.set(term, (row.get(term) ?? 0) + 1);
    let squares = 0;
    for (const [term, tf] of row) {
      const weight = tf * (Math.log((1 + sentences.length) / (1 + (frequency.get(term) ?? 0))) + 1);
      row.set(term, weight);
      squares += weight * weight;
    }
    const norm = Math.sqrt(squares);
    for (const [term, weight] of row) row.set(term, weight / norm);
    return row;
  });
}

/** Cosine of every pair, n × n with a zero diagonal, over an inverted index. */
function cosines(rows: readonly Row[]): Float64Array {
  const n = rows.length;
  const alike = new Float64Array(n * n);
  const index = new Map<string, [number, number][]>();
  for (const [i, row] of rows.entries()) {
    for (const [term, weight] of row) {
      const postings = index.get(term) ?? [];
      for (const [j, other] of postings) {
        alike[i * n + j] = alike[i * n + j]! + weight * other;
        alike[j * n + i] = alike[i * n + j]!;
      }
      postings.push([i, weight]);
      index.set(term, postings);
    }
  }
  return alike;
}

/** Stationary distribution of the walk; a sentence alike to none leads anywhere, one without words is no start. */
function walk(alike: Float64Array, rows: readonly Row[]): Float64Array {
  const n = rows.length;
  // What matters is said first: a mild preference, halved after some ten sentences.
  const start = Float64Array.from(rows, (row, i) => (row.size === 0 ? 1e-6 : 1 / (1 + 0.1 * i)));
  const total = start.reduce((sum, value) => sum + value, 0);
  for (let i = 0; i < n; i++) start[i] = start[i]! / total;
  const degree = new Float64Array(n);
  for (let i = 0; i < n; i++)
    for (let j = 0; j < n; j++) degree[i] = degree[i]! + alike[i * n + j]!;
  let scores = Float64Array.from(start);
  for (let step = 0; step < 100; step++) {
    const next = new Float64Array(n);
    let loose = 0;
    for (let i = 0; i < n; i++) {
      if (degree[i] === 0) {
        loose += scores[i]!;
        continue;
      }
      const share = scores[i]! / degree[i]!;
      for (let j = 0; j < n; j++) next[j] = next[j]! + share * alike[i * n + j]!;
    }
    let change = 0;
    for (let j = 0; j < n; j++) {
      const value = (1 - DAMPING) * start[j]! + DAMPING * (next[j]! + loose * start[j]!);
      change += Math.abs(value - scores[j]!);
      next[j] = value;
    }
    scores = next;
    if (change < 1e-9) break;
  }
  return scores;
}
