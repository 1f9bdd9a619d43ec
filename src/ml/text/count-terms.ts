/** Texts → how often each term occurs in each of them: one pass, no strings made. */
import { BLANK, CodeBuffer, HAN, OTHER, WORD_PART } from './characters.ts';
import { jieba } from './jieba.ts';
import { Lexicon } from './lexicon.ts';

export interface TermOptions {
  /** Words of at least two characters and, with 2, pairs of neighbours; 0 leaves words out. */
  readonly words: 0 | 1 | 2;
  /** Also pairs with one word between them. */
  readonly skips: boolean;
  /** Punctuation, symbols and the ends of the text count as words too. */
  readonly marks: boolean;
  /** Chinese words by jieba; without it a run of Han characters is one word. */
  readonly segment: boolean;
  /** Lengths of character n-grams inside blank-padded words, [min, max], or null. */
  readonly grams: readonly [number, number] | null;
  /** Lengths of n-grams inside runs of Han characters; with it, Han is no part of words and `grams`. */
  readonly han: readonly [number, number] | null;
  /** Characters a word must have; 2 is scikit-learn's default. */
  readonly wordLength: number;
}

/** Row i holds the distinct terms `terms[indptr[i] … indptr[i + 1])` and their counts. */
export interface TermCounts {
  readonly rows: number;
  readonly indptr: Int32Array;
  readonly terms: Int32Array;
  readonly counts: Int32Array;
}

/** Words that no text can hold: the ends of a text, and the place left open in `not _ good`. */
const EDGE = Int32Array.of(0x2402);
const GAP = Int32Array.of(0x2026);

const HAN_RUN = /\p{Script=Han}+/gu;
const spaced = (run: string): string => ` ${jieba().cut(run, true).join(' ')} `;

/** Counts terms with a lexicon that grows (`learn`) or is fixed. Buffers are kept between calls. */
export class TermCounter {
  readonly lexicon: Lexicon;
  readonly #options: TermOptions;
  readonly #learn: boolean;
  /** Ids from here on are parts of terms only and never counted. */
  readonly #limit: number;
  readonly #text = new CodeBuffer();
  #terms = new Int32Array(4096);
  #counts = new Int32Array(4096);
  #used = 0;
  #rowStart = 0;
  #before = -1;
  #earlier = -1;
  /** Where the term was last counted, plus `#base`; tells a term seen before in this text. */
  #at: Int32Array;
  #base = 0;

  constructor(options: TermOptions, fixed?: { lexicon: Lexicon; terms: number }) {
    this.#options = options;
    this.lexicon = fixed?.lexicon ?? new Lexicon();
    this.#learn = fixed === undefined;
    this.#limit = fixed?.terms ?? 0x7fffffff;
    this.#at = new Int32Array(fixed?.terms ?? 4096).fill(-1);
  }

  count(texts: readonly string[]): TermCounts {
    const indptr = new Int32Array(texts.length + 1);
    if (this.#base > 0x3fffffff) {
      this.#base = 0;
      this.#at.fill(-1);
    }
    this.#used = 0;
    for (let i = 0; i < texts.length; i++) {
      this.#rowStart = this.#used;
      this.#add(texts[i] ?? '');
      indptr[i + 1] = this.#used;
    }
    const result = {
      rows: texts.length,
      indptr,
      terms: this.#terms.slice(0, this.#used),
      counts: this.#counts.slice(0, this.#used),
    };
    this.#base += this.#used;
    return result;
  }

  #add(raw: string): void {
    const { words, grams, han, segment } = this.#options;
    const text = raw.toLowerCase();
    const parted = segment && words > 0 ? text.replace(HAN_RUN, spaced) : text;
    this.#text.read(parted);
    if (words > 0) this.#words(words === 2, han !== null && !segment);
    if (parted !== text) this.#text.read(text);
    if (grams !== null) this.#grams(grams[0], grams[1], han !== null);
    if (han !== null) this.#han(han[0], han[1]);
  }

  #words(pairs: boolean, skipHan: boolean): void {
    const { codes, types, length } = this.#text;
    const { wordLength, marks, skips } = this.#options;
    const { lexicon } = this;
    const learn = this.#learn;
    this.#before = marks ? lexicon.word(EDGE, 0, 1, learn) : -1;
    this.#earlier = -1;
    for (let i = 0; i < length; ) {
      while (
        i < length &&
        types[i]! !== WORD_PART &&
        (skipHan || types[i]! !== HAN) &&
        !(marks && types[i]! === OTHER)
      )
        i++;
      const from = i;
      if (i === length) break;
      if (types[i]! === OTHER) i++;
      else {
        while (i < length && (types[i]! === WORD_PART || (!skipHan && types[i]! === HAN))) i++;
        if (i - from < wordLength) continue;
      }
      this.#word(lexicon.word(codes, from, i, learn), pairs, skips);
    }
    if (marks) this.#word(lexicon.word(EDGE, 0, 1, learn), pairs, skips);
  }

  #word(id: number, pairs: boolean, skips: boolean): void {
    const { lexicon } = this;
    const learn = this.#learn;
    if (id >= 0) {
      this.#see(id);
      if (pairs && this.#before >= 0) {
        const pair = lexicon.pair(this.#before, id, learn);
        if (pair >= 0) this.#see(pair);
      }
      if (skips && this.#earlier >= 0) {
        let gap = lexicon.word(GAP, 0, 1, learn);
        if (gap >= 0) gap = lexicon.pair(this.#earlier, gap, learn);
        const skip = gap < 0 ? gap : lexicon.pair(gap, id, learn);
        if (skip >= 0) this.#see(skip);
      }
    }
    this.#earlier = this.#before;
    this.#before = id;
  }

  /** scikit-learn's `char_wb`: each word between blanks, a blank on both sides. */
  #grams(min: number, max: number, skipHan: boolean): void {
    const { codes, types, length } = this.#text;
    const { lexicon } = this;
    const learn = this.#learn;
    for (let i = 0; i < length; ) {
      while (i < length && (types[i]! === BLANK || (skipHan && types[i]! === HAN))) i++;
      const from = i - 1;
      while (i < length && types[i]! !== BLANK && !(skipHan && types[i]! === HAN)) i++;
      if (i === from + 1) continue;
      // A word shorter than the shortest gram is one gram of its own.
      const least = Math.min(min, i - from + 1);
      for (let start = from; start <= i; start++) {
        let id = -1;
        const end = Math.min(i, start + max - 1);
        for (let k = start; k <= end; k++) {
          id = lexicon.gram(id, k === from || k === i ? 32 : codes[k]!, learn);
          if (id < 0) break;
          if (k - start + 1 >= least) this.#see(id);
        }
      }
    }
  }

  #han(min: number, max: number): void {
    const { codes, types, length } = this.#text;
    const { lexicon } = this;
    const learn = this.#learn;
    for (let start = 0; start < length; start++) {
      let id = -1;
      const end = Math.min(length, start + max);
      for (let k = start; k < end && types[k]! === HAN; k++) {
        id = lexicon.gram(id, codes[k]!, learn);
        if (id < 0) break;
        if (k - start + 1 >= min) this.#see(id);
      }
    }
  }

  #see(id: number): void {
    if (id >= this.#limit) return;
    if (id >= this.#at.length) {
      const longer = new Int32Array(Math.max(id + 1, this.#at.length * 2)).fill(-1);
      longer.set(this.#at);
      this.#at = longer;
    }
    const place = this.#at[id]! - this.#base;
    if (place >= this.#rowStart) {
      this.#counts[place] = this.#counts[place]! + 1;
      return;
    }
    const at = this.#used++;
    if (at >= this.#terms.length) this.#grow();
    this.#at[id] = at + this.#base;
    this.#terms[at] = id;
    this.#counts[at] = 1;
  }

  #grow(): void {
    const terms = new Int32Array(this.#terms.length * 2);
    const counts = new Int32Array(terms.length);
    terms.set(this.#terms);
    counts.set(this.#counts);
    this.#terms = terms;
    this.#counts = counts;
  }
}
