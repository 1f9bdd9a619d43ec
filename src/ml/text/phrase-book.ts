/** Known English and Chinese phrases, and where a sentence holds them, the longest first. */
import { foldForLookup } from './plain.ts';

/** What a phrase says: `cues` by name, `valence` from −3 to 3. */
export interface Phrase {
  readonly cues: readonly string[];
  readonly valence: number;
}

/** Plain data: a phrase, its valence, then its cues; a trailing `*` stands for any ending. */
export type PhraseList = readonly (readonly [string, number, ...string[]])[];

/** A word or a Chinese character of the sentence, folded; `mark` is punctuation. */
export interface Unit {
  readonly text: string;
  readonly start: number;
  readonly end: number;
  readonly kind: 'word' | 'han' | 'mark';
}

const UNIT =
  /[a-z0-9][a-z0-9/+]*(?:['.-][a-z0-9]+)*|\p{Script=Han}|[,;:.!?\n，；：。！？、…~～()（）"“”]/gu;
const HAN = /^\p{Script=Han}$/u;
const LONGEST_WORDS = 6;
const LONGEST_HAN = 8;
/** A stem shorter than this would match half the dictionary. */
const SHORTEST_STEM = 3;

export function unitsOf(text: string): Unit[] {
  return Array.from(foldForLookup(text).matchAll(UNIT), ({ 0: unit, index }): Unit => {
    const kind = /^[a-z0-9]/.test(unit) ? 'word' : HAN.test(unit) ? 'han' : 'mark';
    return { text: unit, start: index, end: index + unit.length, kind };
  });
}

export interface PhraseMatch {
  readonly phrase: Phrase;
  /** Units it covers. */
  readonly units: number;
}

export class PhraseBook {
  readonly #whole = new Map<string, Phrase>();
  readonly #stems = new Map<string, Phrase>();

  constructor(list: PhraseList) {
    for (const [text, valence, ...cues] of list) {
      if (text.endsWith('*')) this.#stems.set(text.slice(0, -1), { cues, valence });
      else this.#whole.set(text, { cues, valence });
    }
  }

  /** The longest phrase that begins at unit `i`. */
  at(units: readonly Unit[], i: number): PhraseMatch | null {
    const first = units[i];
    if (first === undefined || first.kind === 'mark') return null;
    const { kind } = first;
    const joint = kind === 'word' ? ' ' : '';
    const longest = kind === 'word' ? LONGEST_WORDS : LONGEST_HAN;
    let text = first.text;
    let best = this.#match(text, 1);
    for (let n = 2; n <= longest; n++) {
      const next = units[i + n - 1];
      if (next?.kind !== kind) break;
      if (kind === 'han' && next.start !== units[i + n - 2]?.end) break;
      text += joint + next.text;
      best = this.#match(text, n) ?? best;
    }
    return best ?? (kind === 'word' ? this.#stem(first.text) : null);
  }

  #match(text: string, units: number): PhraseMatch | null {
    const phrase = this.#whole.get(text);
    return phrase === undefined ? null : { phrase, units };
  }

  #stem(word: string): PhraseMatch | null {
    for (let length = word.length; length >= SHORTEST_STEM; length--) {
      const phrase = this.#stems.get(word.slice(0, length));
      if (phrase !== undefined) return { phrase, units: 1 };
    }
    return null;
  }
}
