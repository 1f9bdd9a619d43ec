/** English and Chinese text as sentences, with their places. */
import { cut } from './plain.ts';

/** Tags, entities and summaries read this much of a text. */
export const MAX_READ = 5_000;

export interface Span {
  readonly text: string;
  /** UTF-16 positions in the text that was given: `[start, end)`. */
  readonly start: number;
  readonly end: number;
}

const ABBREVIATIONS = new Set(
  `mr mrs ms dr prof sr jr st vs etc inc ltd co corp no nos dept est approx tel ext fig
  e.g i.e a.m p.m u.s u.k jan feb mar apr jun jul aug sep sept oct nov dec mon tue wed thu fri sat sun`.split(
    /\s+/,
  ),
);
const CLOSING = /["'”’»)\]}」』）】]/;
/** A longer stretch without a full stop is divided at a blank, or hard. */
const LONGEST = 600;

/** Sentences of the first {@link MAX_READ} characters, trimmed, in order; blank ones are left out. */
export function sentencesOf(text: string): Span[] {
  const read = cut(text, MAX_READ);
  const sentences: Span[] = [];
  let start = 0;
  const close = (end: number): void => {
    let from = start;
    let to = end;
    while (from < to && /\s/.test(read.charAt(from))) from++;
    while (to > from && /\s/.test(read.charAt(to - 1))) to--;
    if (to > from) sentences.push({ text: read.slice(from, to), start: from, end: to });
    start = end;
  };
  for (let i = 0; i < read.length; i++) {
    if (i - start >= LONGEST) {
      const blank = read.lastIndexOf(' ', i);
      close(blank > start ? blank : wholeCharacter(read, i));
    }
    if (!endsHere(read, i)) continue;
    let end = i + 1;
    while (end < read.length && end - i < 8 && CLOSING.test(read.charAt(end))) end++;
    close(end);
    i = end - 1;
  }
  close(read.length);
  return sentences;
}

function wholeCharacter(text: string, at: number): number {
  const code = text.charCodeAt(at);
  return code >= 0xdc00 && code < 0xe000 ? at - 1 : at;
}

function endsHere(text: string, i: number): boolean {
  const c = text.charAt(i);
  if (c === '\n' || c === '\r') return true;
  const next = text.charAt(i + 1);
  if (/[。！？!?…；]/.test(c)) return !/[。！？!?…]/.test(next);
  if (c !== '.' || next === '.') return false;
  if (next !== '' && !/\s/.test(next) && !CLOSING.test(next)) return false;
  let from = i;
  while (from > 0 && i - from < 12 && /[A-Za-z.]/.test(text.charAt(from - 1))) from--;
  const word = text.slice(from, i).toLowerCase();
  // A single letter is an initial, unless it is the pronoun.
  return !(ABBREVIATIONS.has(word) || (word.length === 1 && word !== 'i'));
}
