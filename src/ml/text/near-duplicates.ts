/** Near-copies of a text, found by MinHash and put into one group. */

/** Hashes per text = bands × rows; texts that share a band are compared. */
const BANDS = 16;
const ROWS = 4;
const HASHES = BANDS * ROWS;
/** Characters of a shingle. */
const SHINGLE = 4;

export interface DuplicateOptions {
  /** Estimated Jaccard similarity of shingles from which two texts are copies; default 0.7. */
  readonly threshold?: number;
}

/**
 * A group number per text: equal for copies and near-copies (Broder 1997; banding as in Leskovec,
 * Rajaraman, Ullman, ch. 3). Case, punctuation, digits and blanks do not count. A pair at the
 * threshold is found with a probability of about 0.99; groups are transitive.
 */
export function nearDuplicateGroups(
  texts: readonly string[],
  { threshold = 0.7 }: DuplicateOptions = {},
): Int32Array {
  const n = texts.length;
  const signatures = new Int32Array(n * HASHES);
  const parent = Int32Array.from({ length: n }, (_, i) => i);
  const root = (i: number): number => {
    let at = i;
    while (parent[at]! !== at) {
      parent[at] = parent[parent[at]!]!;
      at = parent[at]!;
    }
    return at;
  };
  texts.forEach((text, i) => {
    sign(text, signatures.subarray(i * HASHES, (i + 1) * HASHES));
  });
  for (let band = 0; band < BANDS; band++) {
    const first = new Map<number, number>();
    for (let i = 0; i < n; i++) {
      let key = band + 1;
      for (let r = 0; r < ROWS; r++) key = mix(key ^ signatures[i * HASHES + band * ROWS + r]!);
      const other = first.get(key);
      if (other === undefined) first.set(key, i);
      else if (root(other) !== root(i) && similarity(signatures, other, i) >= threshold) {
        const a = root(other);
        const b = root(i);
        parent[Math.max(a, b)] = Math.min(a, b);
      }
    }
  }
  return Int32Array.from({ length: n }, (_, i) => root(i));
}

const mix = (value: number): number => {
  let h = Math.imul(value ^ (value >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return h ^ (h >>> 16);
};

/** Multipliers (odd) and offsets of the hash functions. */
const TIMES = Int32Array.from({ length: HASHES }, (_, h) => mix(h * 2 + 1) | 1);
const PLUS = Int32Array.from({ length: HASHES }, (_, h) => mix(0x5bd1e995 + h));

function sign(text: string, signature: Int32Array): void {
  signature.fill(0x7fffffff);
  const letters =
    text
      .toLowerCase()
      .match(/\p{L}+/gu)
      ?.join(' ') ?? text;
  const last = Math.max(0, letters.length - SHINGLE);
  for (let i = 0; i <= last; i++) {
    let shingle = 7;
    for (let k = i; k < i + SHINGLE && k < letters.length; k++)
      shingle = Math.imul(shingle, 31) + letters.charCodeAt(k);
    shingle = mix(shingle);
    for (let h = 0; h < HASHES; h++) {
      const value = (Math.imul(shingle, TIMES[h]!) + PLUS[h]!) | 0;
      if (value < signature[h]!) signature[h] = value;
    }
  }
}

function similarity(signatures: Int32Array, a: number, b: number): number {
  let same = 0;
  for (let h = 0; h < HASHES; h++)
    if (signatures[a * HASHES + h] === signatures[b * HASHES + h]) same++;
  return same / HASHES;
}
