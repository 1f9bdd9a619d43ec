/** A text of bounded size and shape whose characters keep their places. */
import { foldTraditional } from './han-variants.ts';

/** What people write to a company is shorter; the rest of a longer text is not read. */
export const MAX_CHARACTERS = 8_000;

/** At most `limit` UTF-16 units, no surrogate pair cut in half. */
export function cut(text: string, limit = MAX_CHARACTERS): string {
  if (text.length <= limit) return text;
  const last = text.charCodeAt(limit - 1);
  return text.slice(0, last >= 0xd800 && last < 0xdc00 ? limit - 1 : limit);
}

/**
 * The part of a text that tokenizers and the language detector read, safe to normalise: sorting a
 * long run of combining marks takes quadratic time in Unicode normalisation, so a run keeps 8.
 */
export const readable = (text: string): string => cut(text).replace(/(\p{M}{8})\p{M}+/gu, '$1');

const FULL_WIDTH = /[\uff01-\uff5e\u3000’‘]/g;

function half(character: string): string {
  if (character === '\u3000') return ' ';
  if (character === '’' || character === '‘') return "'";
  return String.fromCharCode(character.charCodeAt(0) - 0xfee0);
}

/** Full-width letters, digits and signs as ASCII, one for one, so that positions still hold. */
export const foldWidth = (text: string): string => text.replace(FULL_WIDTH, half);

/** {@link foldWidth}, lower case and simplified Chinese, still one unit for one unit. */
export function foldForLookup(text: string): string {
  const folded = foldTraditional(foldWidth(text));
  const lower = folded.toLowerCase();
  if (lower.length === folded.length) return lower;
  // A few capitals, such as İ, become two units; they stay as they are.
  return folded.replace(/\p{Lu}/gu, (c) =>
    c.toLowerCase().length === c.length ? c.toLowerCase() : c,
  );
}
