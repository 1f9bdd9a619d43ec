/** One sweep of the collapsed Gibbs sampler of LDA: every word draws its topic anew. */
import type { Random } from '../random.ts';
import type { Csr } from '../sparse.ts';

export interface GibbsState {
  readonly k: number;
  readonly alpha: number;
  readonly beta: number;
  readonly terms: number;
  readonly random: Random;
  /** Text i holds the words `[starts[i], starts[i + 1])`. */
  readonly starts: Int32Array;
  readonly words: Int32Array;
  /** The topic of every word. */
  readonly topics: Uint16Array;
  /** terms × k: how often the word has the topic, plus `beta`. */
  readonly wordTopics: Float64Array;
  /** k: words of each topic. */
  readonly topicTotals: Float64Array;
}

/** Every count as that many words; the first topic of a word is drawn given the words before it. */
export function startGibbs(
  x: Csr,
  k: number,
  random: Random,
  alpha: number,
  beta: number,
): GibbsState {
  const starts = new Int32Array(x.rows + 1);
  for (let i = 0; i < x.rows; i++) {
    let words = 0;
    for (let p = x.indptr[i]!; p < x.indptr[i + 1]!; p++) words += x.values[p]!;
    starts[i + 1] = starts[i]! + words;
  }
  const words = new Int32Array(starts[x.rows]!);
  for (let p = 0, at = 0; p < x.indices.length; p++)
    for (let c = x.values[p]!; c > 0; c--) words[at++] = x.indices[p]!;
  const topics = new Uint16Array(words.length).fill(NONE);
  const wordTopics = new Float64Array(x.cols * k).fill(beta);
  const topicTotals = new Float64Array(k);
  return { k, alpha, beta, terms: x.cols, random, starts, words, topics, wordTopics, topicTotals };
}

/** Topic of a word that has not drawn one. */
const NONE = 65_535;

export function sweep(state: GibbsState): void {
  const { k, alpha, random, starts, words, topics, wordTopics, topicTotals } = state;
  const smooth = state.terms * state.beta;
  const inverse = topicTotals.map((total) => 1 / (total + smooth));
  const own = new Float64Array(k);
  const sums = new Float64Array(k);
  for (let i = 0; i + 1 < starts.length; i++) {
    const from = starts[i]!;
    const to = starts[i + 1]!;
    own.fill(alpha);
    for (let p = from; p < to; p++) {
      const topic = topics[p]!;
      if (topic !== NONE) own[topic] = own[topic]! + 1;
    }
    for (let p = from; p < to; p++) {
      const row = words[p]! * k;
      const was = topics[p]!;
      if (was !== NONE) {
        own[was] = own[was]! - 1;
        wordTopics[row + was] = wordTopics[row + was]! - 1;
        const total = topicTotals[was]! - 1;
        topicTotals[was] = total;
        inverse[was] = 1 / (total + smooth);
      }
      let sum = 0;
      for (let t = 0; t < k; t++) {
        sum += own[t]! * wordTopics[row + t]! * inverse[t]!;
        sums[t] = sum;
      }
      const draw = random.next() * sum;
      let topic = 0;
      while (topic < k - 1 && sums[topic]! <= draw) topic++;
      topics[p] = topic;
      own[topic] = own[topic]! + 1;
      wordTopics[row + topic] = wordTopics[row + topic]! + 1;
      const total = topicTotals[topic]! + 1;
      topicTotals[topic] = total;
      inverse[topic] = 1 / (total + smooth);
    }
  }
}
