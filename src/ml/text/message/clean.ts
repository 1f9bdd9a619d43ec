/** A message as it was meant: what was written now, without markup, quotations, signature and small print. */
import { cut } from '../plain.ts';
import { htmlToText, isHtml } from './html.ts';
import { dropQuoted } from './quoted.ts';
import { dropDisclaimers, dropSignature } from './signature.ts';

export interface CleanMessage {
  /** At most 8,000 characters. */
  readonly text: string;
  /** What was taken away. */
  readonly quoted: boolean;
  readonly signature: boolean;
  readonly disclaimer: boolean;
}

/** Plain text read at most: what is new stands at the top, old mails below. */
const MAX_PLAIN = 32_000;
const INVISIBLE = /[\u00ad\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff\ufffc]/g;
const URL = /https?:\/\/[^\s<>"'，。）)\]]{1,1000}/gi;
const REPLY_PREFIX =
  /^(?:(?:re|fw|fwd|aw|回复|答复|转发|回覆|答覆|轉寄|轉發)\s{0,3}(?:\[\d{1,3}\])?\s{0,3}[:：]\s{0,5}){1,8}/i;

/**
 * Takes linear time in whatever is given. A message that is nothing but a forwarded one keeps that
 * one's words; a message that is nothing but a signature keeps it.
 */
export function cleanMessage(raw: string): CleanMessage {
  const text = isHtml(raw) ? htmlToText(raw) : raw;
  const plain = text
    .slice(0, MAX_PLAIN)
    .replace(/\r\n?|\u2028|\u2029/g, '\n')
    .replace(INVISIBLE, '')
    .replace(/[\u00a0\t]/g, ' ');
  const fresh = dropQuoted(plain.split('\n'));
  const notices = dropDisclaimers(fresh.lines);
  const body = dropSignature(notices.lines);
  const lines = body.lines.some((line) => /\p{L}/u.test(line)) ? body.lines : fresh.lines;
  const joined = lines
    .map((line) => line.replace(/ {2,}/g, ' ').trim())
    .join('\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim()
    .replace(URL, withoutTracking);
  return {
    text: cut(joined.replace(REPLY_PREFIX, '')).trim(),
    quoted: fresh.quoted,
    signature: body.found,
    disclaimer: notices.found,
  };
}

/** The page an address leads to, without what follows its path; long paths are only their host. */
function withoutTracking(url: string): string {
  const bare = url.replace(/[?#].*$/s, '');
  return bare.length <= 80 ? bare : bare.replace(/^(https?:\/\/[^/]{1,80}).*$/is, '$1');
}

/** The subject a conversation goes by: the first line, prefixes gone, lower case. */
export const conversationSubject = (text: string): string =>
  (text.split('\n', 1)[0] ?? '')
    .trim()
    .slice(0, 200)
    .replace(REPLY_PREFIX, '')
    .trim()
    .toLowerCase();
