/** English text to word stems, negated words marked. */
import stemmer from 'natural/lib/natural/stemmers/porter_stemmer.js';
import { readable } from './plain.ts';

const WORD = /[a-z]+(?:'[a-z]+)?|\d+|[.,;:!?\n]/g;
const NEGATION = new Set([
  'not',
  'no',
  'never',
  'nothing',
  'nobody',
  'cannot',
  'without',
  'hardly',
]);
/** Words that carry no sign of type or mood; negations and question words are kept on purpose. */
const STOP = new Set(
  `a an the and or of to in on at for from by with as is are was were be been am it its this that
  these those i we you he she they my our your his her their me us them s t d ll re ve`.split(
    /\s+/,
  ),
);
/** How many words after a negation are marked. */
const NEGATION_SCOPE = 3;
/** The stemmer's patterns take quadratic time in a word; nothing longer is one. */
const LONGEST_WORD = 40;
const stems = new Map<string, string>();

function stem(word: string): string {
  const known = stems.get(word);
  if (known !== undefined) return known;
  const value = stemmer.stem(word.slice(0, LONGEST_WORD));
  if (stems.size < 50_000) stems.set(word, value);
  return value;
}

/**
 * Lower-cased Porter stems in order; `!` and `?` stay as tokens, numbers become `#`, and up to
 * three words after a negation carry the prefix `not_` until the next punctuation mark (Das and
 * Chen 2001). Stop words are dropped.
 */
export function tokenizeEnglish(text: string): string[] {
  const tokens: string[] = [];
  let negated = 0;
  const plain = readable(text).normalize('NFKC').toLowerCase().replace(/[’‘]/g, "'");
  for (const [raw] of plain.matchAll(WORD)) {
    if (/^[.,;:!?\n]$/.test(raw)) {
      negated = 0;
      if (raw === '!' || raw === '?') tokens.push(raw);
      continue;
    }
    const isNot = raw.endsWith("n't");
    if (NEGATION.has(raw) || isNot) {
      tokens.push('not');
      negated = NEGATION_SCOPE;
      continue;
    }
    const word = raw.replace(/'[a-z]+$/, '');
    if (STOP.has(word)) continue;
    const token = /^\d/.test(word) ? '#' : stem(word);
    tokens.push(negated > 0 ? `not_${token}` : token);
    if (negated > 0) negated--;
  }
  return tokens;
}
