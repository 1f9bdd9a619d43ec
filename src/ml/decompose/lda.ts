/** Topics of texts: latent Dirichlet allocation on word counts by collapsed Gibbs sampling. */
import { RapportError } from '../../core/errors.ts';
import type { Json } from '../estimator.ts';
import { createRandom } from '../random.ts';
import type { Csr } from '../sparse.ts';
import { startGibbs, sweep } from './lda-gibbs.ts';

export interface LdaOptions {
  /** 2 … 1000. */
  readonly topics: number;
  /** Passes over all words. Default 120, of which the last 30 are averaged. */
  readonly sweeps?: number;
  /** Prior weight of every topic in a text; Default 5 / topics. */
  readonly alpha?: number;
  /** Prior weight of every word in a topic. Default 0.05. */
  readonly beta?: number;
  /** Default 1. */
  readonly seed?: number;
}

/** Sweeps at the end whose counts are averaged: at most this share of all. */
const AVERAGED = 0.25;
const VERSION = 1;

interface LdaState {
  readonly terms: readonly string[];
  readonly alpha: number;
  /** topics × terms, rows sum to 1. */
  readonly phi: readonly (readonly number[])[];
  /** Share of all words each topic has. */
  readonly share: readonly number[];
}

export class FittedLda implements LdaState {
  readonly terms: readonly string[];
  readonly alpha: number;
  readonly phi: readonly (readonly number[])[];
  readonly share: readonly number[];

  constructor({ terms, alpha, phi, share }: LdaState) {
    this.terms = terms;
    this.alpha = alpha;
    this.phi = phi;
    this.share = share;
  }

  /** Columns of the likeliest terms of every topic, likeliest first. */
  top(count: number): number[][] {
    return this.phi.map((row) =>
      Array.from(row, (_, term) => term)
        .sort((a, b) => row[b]! - row[a]! || a - b)
        .slice(0, count),
    );
  }

  /**
   * Topic shares of one text, given the columns of its words with repeats: 30 steps of expectation
   * and maximisation. Even shares when there is no word.
   */
  infer(words: ArrayLike<number>): Float64Array {
    const k = this.phi.length;
    let theta = new Float64Array(k).fill(1 / k);
    for (let step = 0; step < 30; step++) {
      const next = new Float64Array(k).fill(this.alpha);
      for (let i = 0; i < words.length; i++) {
        let sum = 0;
        for (let t = 0; t < k; t++) sum += theta[t]! * this.phi[t]![words[i]!]!;
        for (let t = 0; t < k; t++)
          next[t] = next[t]! + (theta[t]! * this.phi[t]![words[i]!]!) / sum;
      }
      const total = words.length + k * this.alpha;
      theta = next.map((value) => value / total);
    }
    return theta;
  }

  toJSON(): Json {
    const { terms, alpha, phi, share } = this;
    return { version: VERSION, terms, alpha, phi, share };
  }

  /** @throws RapportError invalid_payload for anything {@link toJSON} did not write. */
  static fromJSON(json: Json): FittedLda {
    const saved = json as (LdaState & { readonly version?: number }) | null;
    if (saved?.version !== VERSION || !Array.isArray(saved.phi))
      throw new RapportError('invalid_payload', `this is no topic model of version ${VERSION}`);
    return new FittedLda(saved);
  }
}

/**
 * Blei, Ng, Jordan (2003), "Latent Dirichlet allocation", JMLR 3; sampler of Griffiths and Steyvers
 * (2004), "Finding scientific topics", PNAS 101.
 */
export class Lda {
  readonly options: LdaOptions;

  constructor(options: LdaOptions) {
    this.options = options;
  }

  /**
   * @param x texts × terms, whole counts.
   * @throws RapportError not_enough_data when no text has a word; config_invalid for an impossible
   *   number of topics; invalid_payload for a count that is negative or not whole (names the term).
   */
  fit(x: Csr, terms: readonly string[]): FittedLda {
    const { topics: k, sweeps = 120, alpha = 5 / k, beta = 0.05, seed = 1 } = this.options;
    if (!(Number.isInteger(k) && k >= 2 && k <= 1000))
      throw new RapportError('config_invalid', `topics must be 2 to 1,000, not ${k}`);
    requireCounts(x, terms);
    const state = startGibbs(x, k, createRandom(seed), alpha, beta);
    if (state.words.length === 0) throw new RapportError('not_enough_data', 'no text has a word');
    const phi = new Float64Array(k * x.cols);
    const share = new Float64Array(k);
    const from = Math.floor(sweeps * (1 - AVERAGED));
    for (let s = 0; s < sweeps; s++) {
      sweep(state);
      if (s < from) continue;
      for (let t = 0; t < k; t++) {
        share[t] = share[t]! + state.topicTotals[t]!;
        const norm = state.topicTotals[t]! + x.cols * beta;
        for (let w = 0; w < x.cols; w++)
          phi[t * x.cols + w] = phi[t * x.cols + w]! + state.wordTopics[w * k + t]! / norm;
      }
    }
    const samples = sweeps - from;
    const order = Array.from(share, (_, t) => t).sort((a, b) => share[b]! - share[a]! || a - b);
    return new FittedLda({
      terms,
      alpha,
      phi: order.map((t) =>
        Array.from(phi.subarray(t * x.cols, (t + 1) * x.cols), (value) => value / samples),
      ),
      share: order.map((t) => share[t]! / samples / state.words.length),
    });
  }
}

function requireCounts(x: Csr, terms: readonly string[]): void {
  if (terms.length !== x.cols)
    throw new RapportError('invalid_payload', `${terms.length} terms for ${x.cols} columns`);
  const at = x.values.findIndex((value) => !(Number.isInteger(value) && value >= 0));
  if (at >= 0)
    throw new RapportError(
      'invalid_payload',
      `term "${terms[x.indices[at] ?? 0]}" is counted ${x.values[at]} times; a whole number is needed`,
    );
}
