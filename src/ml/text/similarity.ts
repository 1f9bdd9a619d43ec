/** The texts most like a text: TF-IDF cosine over an inverted index, exact. */
import type { Csr } from '../sparse.ts';
import { type FittedTfidf, fitTfidf, type TfidfOptions } from './tfidf.ts';

export interface Neighbour {
  /** Position in the list the index was built on. */
  readonly row: number;
  /** Cosine, 0–1. */
  readonly similarity: number;
}

/**
 * An index over texts: the postings of the query's terms are added up. Bounds that skip common terms
 * (MaxScore: Turtle and Flood 1995) were measured and cost more than they save at tens of thousands
 * of short texts. Results equal those of comparing with every text.
 */
export class SimilarityIndex {
  readonly vectorizer: FittedTfidf;
  readonly #x: Csr;
  /** Column j occurs in rows `#rows[#starts[j] … #starts[j + 1])`. */
  readonly #starts: Int32Array;
  readonly #rows: Int32Array;
  readonly #weights: Float64Array;
  readonly #scores: Float64Array;

  private constructor(vectorizer: FittedTfidf, x: Csr) {
    this.vectorizer = vectorizer;
    this.#x = x;
    this.#starts = new Int32Array(x.cols + 1);
    for (let k = 0; k < x.indices.length; k++) {
      const next = x.indices[k]! + 1;
      this.#starts[next] = this.#starts[next]! + 1;
    }
    for (let j = 0; j < x.cols; j++) this.#starts[j + 1] = this.#starts[j + 1]! + this.#starts[j]!;
    const at = this.#starts.slice(0, x.cols);
    this.#rows = new Int32Array(x.indices.length);
    this.#weights = new Float64Array(x.indices.length);
    for (let i = 0; i < x.rows; i++) {
      for (let k = x.indptr[i]!; k < x.indptr[i + 1]!; k++) {
        const j = x.indices[k]!;
        const place = at[j]!;
        at[j] = place + 1;
        this.#rows[place] = i;
        this.#weights[place] = x.values[k]!;
      }
    }
    this.#scores = new Float64Array(x.rows);
  }

  /** Words by default; @throws RapportError not_enough_data when no term occurs in two texts. */
  static of(texts: readonly string[], options: TfidfOptions = { words: 1 }): SimilarityIndex {
    const { vectorizer, x } = fitTfidf(texts, options);
    return new SimilarityIndex(vectorizer, x);
  }

  /** The `k` most similar texts, best first, equal ones by position; those without a common term are left out. */
  query(text: string, k: number): Neighbour[] {
    const q = this.vectorizer.transform([text]);
    return this.#nearest(q.indices, q.values, k, -1);
  }

  /** The same for a text of the index, itself left out. */
  neighbours(row: number, k: number): Neighbour[] {
    const { indptr, indices, values } = this.#x;
    const from = indptr[row]!;
    const to = indptr[row + 1]!;
    return this.#nearest(indices.subarray(from, to), values.subarray(from, to), k, row);
  }

  /** The same by comparing with every text: what the index is tested against. */
  neighboursByScan(row: number, k: number): Neighbour[] {
    const { indptr, indices, values } = this.#x;
    const query = new Float64Array(this.#x.cols);
    for (let a = indptr[row]!; a < indptr[row + 1]!; a++) query[indices[a]!] = values[a]!;
    const top = new TopK(k);
    for (let i = 0; i < this.#x.rows; i++) {
      const score = this.#dot(i, query);
      if (i !== row && score > 0) top.offer(i, score);
    }
    return top.sorted();
  }

  #dot(i: number, query: Float64Array): number {
    const { indptr, indices, values } = this.#x;
    let sum = 0;
    for (let k = indptr[i]!; k < indptr[i + 1]!; k++) sum += values[k]! * query[indices[k]!]!;
    return sum;
  }

  #nearest(columns: Int32Array, weights: Float64Array, k: number, self: number): Neighbour[] {
    const scores = this.#scores.fill(0);
    for (let t = 0; t < columns.length; t++) {
      const j = columns[t]!;
      const weight = weights[t]!;
      const to = this.#starts[j + 1]!;
      for (let p = this.#starts[j]!; p < to; p++) {
        const i = this.#rows[p]!;
        scores[i] = scores[i]! + weight * this.#weights[p]!;
      }
    }
    if (self >= 0) scores[self] = 0;
    const top = new TopK(k);
    for (let i = 0; i < scores.length; i++) if (scores[i]! > top.bar) top.offer(i, scores[i]!);
    return top.sorted();
  }
}

/** The k highest of many scores, equal ones by row; a sorted list, since k is small. */
class TopK {
  /** The lowest score that still matters: that of the k-th best, 0 before there are k. */
  bar = 0;
  readonly #k: number;
  readonly #found: { row: number; similarity: number }[] = [];

  constructor(k: number) {
    this.#k = k;
  }

  offer(row: number, similarity: number): void {
    const found = this.#found;
    if (found.length === this.#k && similarity <= this.bar) return;
    let at = found.length;
    while (at > 0 && (found[at - 1]?.similarity ?? 0) < similarity) at--;
    found.splice(at, 0, { row, similarity });
    if (found.length > this.#k) found.pop();
    if (found.length === this.#k) this.bar = found[this.#k - 1]?.similarity ?? 0;
  }

  sorted(): Neighbour[] {
    return this.#found;
  }
}
