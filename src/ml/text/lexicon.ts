/** Numbers for words, word pairs and character n-grams: the hash tables under the TF-IDF vectorizer. */

const LOAD = 0.5;
const EMPTY = -1;

/** What a term is made of. */
export const WORD = 0;
export const PAIR = 1;
export const GRAM = 2;
export type TermKind = typeof WORD | typeof PAIR | typeof GRAM;

/** (a, b) → id, open addressing; four numbers a slot, so that a probe touches one cache line. */
class PairTable {
  slots: Int32Array;
  mask: number;
  size = 0;

  constructor(capacity: number) {
    const n = 1 << Math.ceil(Math.log2(Math.max(16, capacity / LOAD)));
    this.slots = new Int32Array(n * 4).fill(EMPTY);
    this.mask = n - 1;
  }

  /** Place of the key's slot, or of the empty slot where it belongs. */
  probe(a: number, b: number): number {
    const { slots, mask } = this;
    let h = Math.imul(a, 0x9e3779b1) ^ Math.imul(b, 0x85ebca6b);
    h = Math.imul(h ^ (h >>> 15), 0x2c1b3c6d);
    let slot = ((h ^ (h >>> 13)) & mask) << 2;
    while (slots[slot + 2]! !== EMPTY && (slots[slot]! !== a || slots[slot + 1]! !== b))
      slot = (slot + 4) & ((mask << 2) | 3);
    return slot;
  }

  put(slot: number, a: number, b: number, id: number): void {
    this.slots[slot] = a;
    this.slots[slot + 1] = b;
    this.slots[slot + 2] = id;
    if (++this.size > (this.mask + 1) * LOAD) this.grow();
  }

  private grow(): void {
    const old = this.slots;
    this.slots = new Int32Array(old.length * 2).fill(EMPTY);
    this.mask = this.mask * 2 + 1;
    for (let s = 0; s < old.length; s += 4) {
      if (old[s + 2]! === EMPTY) continue;
      const slot = this.probe(old[s]!, old[s + 1]!);
      this.slots[slot] = old[s]!;
      this.slots[slot + 1] = old[s + 1]!;
      this.slots[slot + 2] = old[s + 2]!;
    }
  }
}

const codePoints = (text: string): Int32Array =>
  Int32Array.from([...text], (character) => character.codePointAt(0) ?? 0);

/**
 * Words are hashed whole; a pair of words is (word, word); an n-gram is (n-gram without its last
 * character, last character), so that one look-up lengthens a gram by one character. All ids come
 * from one counter, and a part always has a smaller id than the whole.
 */
export class Lexicon {
  /** Ids given out. */
  size = 0;
  /** kind, and what the id is made of: a word's place and length in `pool`, a pair's or gram's key. */
  kinds = new Uint8Array(1024);
  first = new Int32Array(1024);
  second = new Int32Array(1024);
  private pool = new Int32Array(4096);
  private poolSize = 0;
  private words = new Int32Array(4096).fill(EMPTY);
  private wordMask = 1023;
  private wordCount = 0;
  private readonly pairs = new PairTable(1024);
  private readonly grams = new PairTable(1024);

  /** Id of the word `codes[from, to)`; an unknown one gets an id if `learn`, else −1. */
  word(codes: Int32Array, from: number, to: number, learn: boolean): number {
    let h = to - from;
    for (let i = from; i < to; i++) h = Math.imul(h ^ codes[i]!, 0x01000193);
    h = Math.imul(h ^ (h >>> 15), 0x2c1b3c6d);
    h ^= h >>> 13;
    const { words, pool } = this;
    const wrap = (this.wordMask << 2) | 3;
    let slot = (h & this.wordMask) << 2;
    for (;;) {
      const id = words[slot]!;
      if (id === EMPTY) break;
      if (words[slot + 1]! === h && words[slot + 3]! === to - from) {
        const at = words[slot + 2]! - from;
        let i = from;
        while (i < to && pool[at + i]! === codes[i]!) i++;
        if (i === to) return id;
      }
      slot = (slot + 4) & wrap;
    }
    if (!learn) return -1;
    const place = this.store(codes, from, to);
    const id = this.name(WORD, place, to - from);
    words[slot] = id;
    words[slot + 1] = h;
    words[slot + 2] = place;
    words[slot + 3] = to - from;
    if (++this.wordCount > (this.wordMask + 1) * LOAD) this.growWords();
    return id;
  }

  pair(a: number, b: number, learn: boolean): number {
    const slot = this.pairs.probe(a, b);
    const id = this.pairs.slots[slot + 2]!;
    if (id !== EMPTY || !learn) return id;
    const made = this.name(PAIR, a, b);
    this.pairs.put(slot, a, b, made);
    return made;
  }

  /** Id of gram `prefix` (−1: none) followed by `code`. */
  gram(prefix: number, code: number, learn: boolean): number {
    const slot = this.grams.probe(prefix, code);
    const id = this.grams.slots[slot + 2]!;
    if (id !== EMPTY || !learn) return id;
    const made = this.name(GRAM, prefix, code);
    this.grams.put(slot, prefix, code, made);
    return made;
  }

  /** The term's characters; those of a pair are joined by a blank. */
  spell(id: number): string {
    const a = this.first[id]!;
    const b = this.second[id]!;
    if (this.kinds[id] === PAIR) return `${this.spell(a)} ${this.spell(b)}`;
    if (this.kinds[id] === WORD) return String.fromCodePoint(...this.pool.subarray(a, a + b));
    return (a < 0 ? '' : this.spell(a)) + String.fromCodePoint(b);
  }

  /**
   * A smaller lexicon of the `wanted` ids, which become 0, 1, 2 … in the order given; the parts they
   * need get the ids after them.
   */
  keep(wanted: Int32Array): Lexicon {
    const target = new Int32Array(this.size).fill(EMPTY);
    for (let k = 0; k < wanted.length; k++) target[wanted[k]!] = k;
    const needed = new Uint8Array(this.size);
    for (let id = this.size - 1; id >= 0; id--) {
      if (target[id]! === EMPTY && needed[id]! === 0) continue;
      needed[id] = 1;
      if (this.kinds[id]! === WORD) continue;
      if (this.first[id]! >= 0) needed[this.first[id]!] = 1;
      if (this.kinds[id]! === PAIR) needed[this.second[id]!] = 1;
    }
    let extra = wanted.length;
    for (let id = 0; id < this.size; id++)
      if (needed[id]! === 1 && target[id]! === EMPTY) target[id] = extra++;
    const kept = new Lexicon();
    kept.reserve(extra);
    kept.size = extra;
    for (let id = 0; id < this.size; id++) {
      if (needed[id]! === 0) continue;
      const kind = this.kinds[id] as TermKind;
      const a = this.first[id]!;
      const b = this.second[id]!;
      kept.adopt(
        target[id]!,
        kind,
        this.pool,
        kind !== WORD && a >= 0 ? target[a]! : a,
        kind === PAIR ? target[b]! : b,
      );
    }
    return kept;
  }

  /** A lexicon whose first ids are the given terms as `spell` writes them; `isGram` tells n-grams. */
  static ofTerms(terms: readonly string[], isGram: ArrayLike<number>): Lexicon {
    const made = new Lexicon();
    const word = (text: string): number => {
      const codes = codePoints(text);
      return made.word(codes, 0, codes.length, true);
    };
    const ids = terms.map((term, i) => {
      if (isGram[i] === 1)
        return codePoints(term).reduce((id, code) => made.gram(id, code, true), -1);
      const [first = '', ...rest] = term.split(' ');
      return rest.reduce((id, next) => made.pair(id, word(next), true), word(first));
    });
    return made.keep(Int32Array.from(ids));
  }

  private adopt(id: number, kind: TermKind, pool: Int32Array, a: number, b: number): void {
    if (kind === WORD) {
      const before = this.size;
      this.size = id;
      this.word(pool, a, a + b, true);
      this.size = before;
      return;
    }
    const table = kind === PAIR ? this.pairs : this.grams;
    this.kinds[id] = kind;
    this.first[id] = a;
    this.second[id] = b;
    table.put(table.probe(a, b), a, b, id);
  }

  private name(kind: TermKind, a: number, b: number): number {
    const id = this.size++;
    if (id >= this.kinds.length) this.reserve(id * 2);
    this.kinds[id] = kind;
    this.first[id] = a;
    this.second[id] = b;
    return id;
  }

  private reserve(length: number): void {
    if (length <= this.kinds.length) return;
    const longer = <T extends Int32Array | Uint8Array>(old: T, made: T): T => {
      made.set(old);
      return made;
    };
    this.kinds = longer(this.kinds, new Uint8Array(length));
    this.first = longer(this.first, new Int32Array(length));
    this.second = longer(this.second, new Int32Array(length));
  }

  private store(codes: Int32Array, from: number, to: number): number {
    const place = this.poolSize;
    this.poolSize += to - from;
    if (this.poolSize > this.pool.length) {
      const longer = new Int32Array(Math.max(this.poolSize, this.pool.length * 2));
      longer.set(this.pool);
      this.pool = longer;
    }
    this.pool.set(codes.subarray(from, to), place);
    return place;
  }

  private growWords(): void {
    const old = this.words;
    this.words = new Int32Array(old.length * 2).fill(EMPTY);
    this.wordMask = this.wordMask * 2 + 1;
    const wrap = (this.wordMask << 2) | 3;
    for (let s = 0; s < old.length; s += 4) {
      if (old[s]! === EMPTY) continue;
      let slot = (old[s + 1]! & this.wordMask) << 2;
      while (this.words[slot]! !== EMPTY) slot = (slot + 4) & wrap;
      for (let k = 0; k < 4; k++) this.words[slot + k] = old[s + k]!;
    }
  }
}
