/** The readable text of an HTML message: tags, styles, scripts, pictures and tracking addresses gone. */
import { compile } from 'html-to-text';

/** HTML read at most, after styles and scripts are gone; a message of a person is far shorter. */
const MAX_HTML = 30_000;
const ANY_TAG =
  /<(?:!doctype|html|body|div|p|br|span|table|td|a|img|ul|ol|li|blockquote|b|i|u|strong|em|font|h[1-6])(?:\s[^<>]{0,300})?\/?>/i;
/** Attributes that only say how it looks; mail programs repeat them on every word. */
const LOOKS = /\s(?:style|class|width|height|align|bgcolor)="[^"<>]{0,1000}"/gi;
/** Blocks nobody reads; removed before the parser sees them, because styles may outweigh the text. */
const UNREAD = [
  [/<!--/g, /-->/g],
  [/<style/gi, /<\/style>/gi],
  [/<script/gi, /<\/script>/gi],
  [/<head>/gi, /<\/head>/gi],
] as const;

const convert = compile({
  wordwrap: false,
  limits: { maxDepth: 50, maxInputLength: MAX_HTML, maxChildNodes: 2_000 },
  selectors: [
    { selector: 'img', format: 'skip' },
    { selector: 'a', options: { ignoreHref: true } },
    { selector: 'h1', options: { uppercase: false } },
    { selector: 'h2', options: { uppercase: false } },
    { selector: 'h3', options: { uppercase: false } },
    { selector: 'td', format: 'block', options: { leadingLineBreaks: 1, trailingLineBreaks: 1 } },
    { selector: 'p', options: { leadingLineBreaks: 1, trailingLineBreaks: 1 } },
  ],
});

export const isHtml = (text: string): boolean => ANY_TAG.test(text.slice(0, 20_000));

/** Quoted blocks come out as lines that begin with `>`, as in plain mail. Never throws. */
export function htmlToText(html: string): string {
  let read = html;
  for (const [open, close] of UNREAD) read = without(read, open, close);
  return convert(
    read
      .slice(0, 10 * MAX_HTML)
      .replace(LOOKS, '')
      .slice(0, MAX_HTML),
  );
}

/** The text without what stands from `open` to `close`, in one pass; an unclosed block ends the text. */
function without(text: string, open: RegExp, close: RegExp): string {
  const kept: string[] = [];
  let at = 0;
  for (;;) {
    open.lastIndex = at;
    const from = open.exec(text);
    if (from === null) return kept.concat(text.slice(at)).join(' ');
    kept.push(text.slice(at, from.index));
    close.lastIndex = open.lastIndex;
    if (close.exec(text) === null) return kept.join(' ');
    at = close.lastIndex;
  }
}
