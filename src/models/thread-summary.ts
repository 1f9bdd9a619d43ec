/** Three sentences that stand for a whole conversation, each with the record it was taken from. */
import type { SummaryLine } from '../core/service.ts';
import type { Thread } from '../features/thread.ts';
import { sentencesOf } from '../ml/text/sentences.ts';
import { rankSentences } from '../ml/text/summarize.ts';

/** Sentences read of one message and of one thread; the beginning and the newest part are kept. */
const PER_MESSAGE = 40;
const PER_THREAD = 200;
const FEWEST_LETTERS = 8;
const GREETING =
  /^(?:hi|hello|dear|good (?:morning|afternoon|evening)|hey|您好|你好|早上好|下午好|尊敬的|親愛的|亲爱的)\b[^.!?。！？]{0,40}[,.!，。！:：]?$|^(?:您|你)好[^.!?。！？]{0,20}[，。！!]?$/i;

/** What customer and colleagues wrote to each other; notes count only when nothing else is there. */
export function summarizeThread(thread: Thread, count = 3): SummaryLine[] {
  const told = thread.messages.filter((m) => m.copyOf === null && m.text !== '');
  const spoken = told.filter((m) => m.from !== 'internal');
  const lines = (spoken.length > 0 ? spoken : told).flatMap((message) => {
    const sentences = sentencesOf(message.text).slice(0, PER_MESSAGE);
    return sentences.map((span) => ({ ...span, ref: message.ref }));
  });
  const worth = lines.filter(
    ({ text }) => (text.match(/\p{L}/gu)?.length ?? 0) >= FEWEST_LETTERS && !GREETING.test(text),
  );
  // The subject stands above the summary anyway.
  const subject = thread.ticket?.subject.trim();
  const body = worth.filter(({ text }) => text !== subject);
  const usable = body.length > 0 ? body : worth.length > 0 ? worth : lines;
  const half = PER_THREAD / 2;
  const read =
    usable.length <= PER_THREAD
      ? usable
      : [...usable.slice(0, half), ...usable.slice(usable.length - half)];
  return rankSentences(read, count).flatMap(({ index }) => {
    const line = read[index];
    return line === undefined ? [] : [{ ref: line.ref, text: line.text }];
  });
}
