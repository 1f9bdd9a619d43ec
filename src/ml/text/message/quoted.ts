/** Where a mail stops being new: quoted replies, forwarded originals and their headers, English and Chinese. */

/** No pattern reads more of a line than this. */
const LINE = 300;
const DIVIDER =
  /^[\s>*]*[-–—_=]{2,}\s*(?:original message|original appointment|forwarded message|begin forwarded message|原始邮件|原始郵件|原邮件|回复的原邮件|转发的邮件|轉寄的郵件|转发邮件|以下为原文)\s*[-–—_=]{2,}/i;
const REPLY_ABOVE =
  /please (?:type|write) your reply above this line|reply above this line|请在(?:此|本)行(?:上方|以上)回复|請在此行上方回覆/i;
const WROTE = /(?:\bwrote|写道|寫道)\s*[:：]?\s*$/i;
const WROTE_START = /^(?:on\b|于|在|於|.{0,80}<[^<>@\s]{1,80}@)|\d{4}\s*[年/.-]\s*\d{1,2}/i;
const HEADER_FROM = /^[\s*_]*(?:from|发件人|寄件者|寄件人|發件人|发件者)[\s*_]*[:：]/i;
const HEADER_OTHER =
  /^[\s*_]*(?:sent|date|to|cc|subject|发送时间|发送日期|日期|时间|收件人|抄送|主题|寄件日期|時間|收件者|副本|主旨|主題)[\s*_]*[:：]/i;
const RULE = /^[\s_=—–-]{5,}$/;
/** A quoting line spread over more lines than this is not recognised. */
const WRAPPED = 3;

export interface Unquoted {
  readonly lines: readonly string[];
  readonly quoted: boolean;
}

/** The lines a person wrote now. A forwarded message without words of its own is kept whole. */
export function dropQuoted(lines: readonly string[]): Unquoted {
  const kept: string[] = [];
  let quoted = false;
  for (let i = 0; i < lines.length; i++) {
    const line = (lines[i] ?? '').slice(0, LINE);
    if (/^\s{0,3}>/.test(line)) {
      quoted = true;
      continue;
    }
    if (DIVIDER.test(line) || REPLY_ABOVE.test(line) || isHeaderBlock(lines, i)) {
      quoted = true;
      break;
    }
    const wrapped = attribution(lines, i);
    if (wrapped > 0) {
      quoted = true;
      // With marked lines below, an answer may stand under the quotation; else all below is old.
      if (!quotesFollow(lines, i + wrapped)) break;
      i += wrapped - 1;
      continue;
    }
    kept.push(lines[i] ?? '');
  }
  if (!quoted) return { lines, quoted };
  while (kept.length > 0 && (kept.at(-1)?.trim() === '' || RULE.test(kept.at(-1) ?? '')))
    kept.pop();
  return kept.some((line) => /\p{L}/u.test(line))
    ? { lines: kept, quoted }
    : { lines: original(lines), quoted: false };
}

/** How many lines "On … wrote:" takes from here; 0 when it does not begin here. */
function attribution(lines: readonly string[], i: number): number {
  const first = (lines[i] ?? '').slice(0, LINE).trim();
  if (!WROTE_START.test(first)) return 0;
  let joined = '';
  for (let n = 1; n <= WRAPPED; n++) {
    const line = (lines[i + n - 1] ?? '').slice(0, LINE).trim();
    if (line === '') return 0;
    joined += ` ${line}`;
    if (WROTE.test(joined)) return /\d/.test(joined) ? n : 0;
  }
  return 0;
}

function quotesFollow(lines: readonly string[], from: number): boolean {
  for (let i = from; i < Math.min(lines.length, from + 3); i++) {
    const line = (lines[i] ?? '').trim();
    if (line !== '') return line.startsWith('>');
  }
  return false;
}

function isHeaderBlock(lines: readonly string[], i: number): boolean {
  if (!HEADER_FROM.test((lines[i] ?? '').slice(0, LINE))) return false;
  for (let k = i + 1; k < Math.min(lines.length, i + 6); k++)
    if (HEADER_OTHER.test((lines[k] ?? '').slice(0, LINE))) return true;
  return false;
}

/** A forwarded message: marks, headers and dividers gone, its words kept. */
const original = (lines: readonly string[]): string[] =>
  lines.flatMap((raw) => {
    const line = raw.replace(/^[\s>]{1,20}/, '');
    const short = line.slice(0, LINE);
    const noise =
      DIVIDER.test(short) ||
      REPLY_ABOVE.test(short) ||
      HEADER_FROM.test(short) ||
      HEADER_OTHER.test(short) ||
      RULE.test(short) ||
      (WROTE.test(short) && /\d/.test(short));
    return noise ? [] : [line];
  });
