/** How good topics are: whether their top words occur together, and how well they foresee new text. */
import type { Csr } from '../sparse.ts';
import type { FittedLda } from './lda.ts';

/**
 * Mean NPMI over topics and pairs of their top words, −1 … 1, from how many texts of `x` hold them
 * (Bouma 2009; Lau, Newman, Baldwin 2014). A pair that never meets counts −1, one that is in every
 * text 1.
 * @param tops columns of the top words of each topic.
 */
export function npmi(x: Csr, tops: readonly (readonly number[])[]): number {
  const place = new Map([...new Set(tops.flat())].map((term, i) => [term, i]));
  const m = place.size;
  const together = new Float64Array(m * m);
  for (let i = 0; i < x.rows; i++) {
    const here: number[] = [];
    for (let p = x.indptr[i]!; p < x.indptr[i + 1]!; p++) {
      const at = x.values[p]! > 0 ? place.get(x.indices[p]!) : undefined;
      if (at !== undefined) here.push(at);
    }
    for (const a of here) for (const b of here) together[a * m + b] = together[a * m + b]! + 1;
  }
  const share = (a: number, b: number): number =>
    together[(place.get(a) ?? 0) * m + (place.get(b) ?? 0)]! / x.rows;
  let total = 0;
  for (const top of tops) {
    let sum = 0;
    let pairs = 0;
    for (let i = 1; i < top.length; i++) {
      for (let j = 0; j < i; j++) {
        const both = share(top[i]!, top[j]!);
        pairs++;
        if (both === 0) sum -= 1;
        else if (both === 1) sum += 1;
        else {
          const chance = share(top[i]!, top[i]!) * share(top[j]!, top[j]!);
          sum += Math.log(both / chance) / -Math.log(both);
        }
      }
    }
    total += pairs > 0 ? sum / pairs : 0;
  }
  return tops.length > 0 ? total / tops.length : 0;
}

/**
 * Perplexity of the odd words of each text given topic shares learnt from its even ones; lower is
 * better, the number of terms is what guessing gives. Texts with fewer than four words are left out.
 * @param texts columns of the words of each text, in their order. NaN when no text is long enough.
 */
export function halfDocumentPerplexity(
  model: FittedLda,
  texts: readonly ArrayLike<number>[],
): number {
  let logLikelihood = 0;
  let words = 0;
  for (const text of texts) {
    if (text.length < 4) continue;
    const all = Array.from(text);
    const theta = model.infer(all.filter((_, i) => i % 2 === 0));
    for (let i = 1; i < all.length; i += 2) {
      let chance = 0;
      for (let t = 0; t < theta.length; t++) chance += theta[t]! * model.phi[t]![all[i]!]!;
      logLikelihood += Math.log(chance);
      words++;
    }
  }
  return Math.exp(-logLikelihood / words);
}
