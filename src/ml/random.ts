/** Seeded randomness, passed in and never global: the same seed gives the same draws everywhere. */

export interface Random {
  /** A number in [0, 1). */
  next(): number;
  /** A whole number in [0, n). */
  int(n: number): number;
  /** The numbers 0 … n − 1 in random order (Fisher–Yates). */
  permutation(n: number): Int32Array;
  /** Puts the first `n` entries into random order, in place. */
  shuffle(order: Int32Array, n: number): void;
}

/** mulberry32 (Tommy Ettinger, public domain): 32 bits of state, enough for restarts and shuffles. */
export function createRandom(seed: number): Random {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
  const int = (n: number): number => Math.floor(next() * n);
  const shuffle = (order: Int32Array, n: number): void => {
    for (let i = n - 1; i > 0; i--) {
      const j = int(i + 1);
      const held = order[i]!;
      order[i] = order[j]!;
      order[j] = held;
    }
  };
  const permutation = (n: number): Int32Array => {
    const order = new Int32Array(n);
    for (let i = 0; i < n; i++) order[i] = i;
    shuffle(order, n);
    return order;
  };
  return { next, int, permutation, shuffle };
}
