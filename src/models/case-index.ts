/** Past cases by what they were about: the most similar ones of a tenant's whole history. */
import { RapportError } from '../core/errors.ts';
import { foldForLookup, readable } from '../ml/text/plain.ts';
import { SimilarityIndex } from '../ml/text/similarity.ts';
import type { TfidfOptions } from '../ml/text/tfidf.ts';

export interface PastText {
  readonly id: string;
  readonly text: string;
}

export interface SimilarText {
  readonly id: string;
  /** Cosine of TF-IDF, 0–1. */
  readonly similarity: number;
}

/** Less alike than this is chance: a common word or two. */
const LEAST = 0.1;
/** English words and jieba's Chinese words in one table. */
const WORDS: TfidfOptions = { words: 1, wordLength: 1, segment: true, minTexts: 1 };
/** For short questions: parts of words meet where whole words differ by an ending. */
const GRAMS: TfidfOptions = { words: 0, grams: [3, 5], han: [1, 2], minTexts: 1 };

const folded = (text: string): string => foldForLookup(readable(text));

/** An inverted index over texts; empty when none of them holds a word. */
export class TextIndex {
  readonly #ids: readonly string[];
  readonly #index: SimilarityIndex | null;

  /** @param by words for whole cases, parts of words for short questions. */
  constructor(texts: readonly PastText[], by: 'words' | 'grams' = 'words') {
    this.#ids = texts.map((t) => t.id);
    this.#index = build(
      texts.map((t) => folded(t.text)),
      by === 'words' ? WORDS : GRAMS,
    );
  }

  get size(): number {
    return this.#ids.length;
  }

  /** At most `k`, most similar first, `except` left out. */
  similar(text: string, k: number, except?: string): SimilarText[] {
    if (this.#index === null) return [];
    return this.#index
      .query(folded(text), k + (except === undefined ? 0 : 1))
      .flatMap(({ row, similarity }) => {
        const id = this.#ids[row];
        return id === undefined || id === except || similarity < LEAST ? [] : [{ id, similarity }];
      })
      .slice(0, k);
  }
}

function build(texts: readonly string[], options: TfidfOptions): SimilarityIndex | null {
  if (texts.length === 0) return null;
  try {
    return SimilarityIndex.of(texts, options);
  } catch (error) {
    if (error instanceof RapportError && error.code === 'not_enough_data') return null;
    throw error;
  }
}
