/** Texts as code points and what each of them is: part of a word, blank, Han character. */

export const OTHER = 0;
export const WORD_PART = 1;
export const BLANK = 2;
export const HAN = 3;

/** Class of every code point below 0x10000, filled on first use of its block of 256. */
const classes = new Uint8Array(0x10000);
const known = new Uint8Array(0x100);

function look(code: number): number {
  const character = String.fromCodePoint(code);
  if (/\p{Script=Han}/u.test(character) && /\p{L}/u.test(character)) return HAN;
  // The `\w` of Python's re: letters, numbers, the underscore; no marks.
  if (/[\p{L}\p{N}_]/u.test(character)) return WORD_PART;
  // Python's blanks: four separators and NEL more than here, the byte order mark not.
  if ((code >= 0x1c && code <= 0x1f) || code === 0x85) return BLANK;
  return code !== 0xfeff && /\s/u.test(character) ? BLANK : OTHER;
}

export function classOf(code: number): number {
  if (code >= 0x10000) return look(code);
  const block = code >>> 8;
  if (known[block] === 0) {
    known[block] = 1;
    for (let c = block << 8; c < (block + 1) << 8; c++) classes[c] = look(c);
  }
  return classes[code]!;
}

/** Code points of one text in a buffer that is used again for the next one. */
export class CodeBuffer {
  codes = new Int32Array(1024);
  types = new Uint8Array(1024);
  length = 0;

  /** Fills the buffer; lone surrogates stay as they are. */
  read(text: string): void {
    if (text.length > this.codes.length) {
      this.codes = new Int32Array(text.length * 2);
      this.types = new Uint8Array(text.length * 2);
    }
    const { codes, types } = this;
    let n = 0;
    for (let i = 0; i < text.length; i++) {
      let code = text.charCodeAt(i);
      if ((code & 0xfc00) === 0xd800 && i + 1 < text.length) {
        const low = text.charCodeAt(i + 1);
        if ((low & 0xfc00) === 0xdc00) {
          code = 0x10000 + ((code - 0xd800) << 10) + (low - 0xdc00);
          i++;
        }
      }
      codes[n] = code;
      types[n++] = code < 0x10000 && known[code >>> 8]! === 1 ? classes[code]! : classOf(code);
    }
    this.length = n;
  }
}
