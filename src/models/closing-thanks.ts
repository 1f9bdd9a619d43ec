/** A message as it is judged: "thanks" said in closing is manners, not praise. */
import { sentencesOf } from '../ml/text/sentences.ts';

const THANKS =
  /^[\s\p{P}]*(?:(?:many |big )?thanks|thank you|thx|cheers|谢谢|感谢|多谢|謝謝)(?:\s*(?:in advance|a lot|(?:so|very) much|again|for your (?:help|time|support|attention)|您|你|你们|啦|了|大家))*[\s\p{P}]*$/iu;

/** Without a last sentence that only thanks; all of it where nothing else is said. */
export function withoutClosingThanks(text: string): string {
  const sentences = sentencesOf(text);
  let kept = sentences.length;
  while (kept > 1 && THANKS.test(sentences[kept - 1]?.text ?? '')) kept--;
  const next = sentences[kept];
  return next === undefined ? text : text.slice(0, next.start);
}
