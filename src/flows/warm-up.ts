/** Loads what the first message of a process would wait for: the built-in model, lexicons, the Chinese dictionary. */
import { DEFAULT_TOPICS } from '../core/topic.ts';
import { builtInFeedback } from '../models/built-in-feedback.ts';
import { classifyText } from '../models/text.ts';

const TEXTS = [
  'The invoice of 3 May was charged twice. Please refund it today, Ana Sousa.',
  '五月三日的发票被重复扣款，请今天退款，谢谢。王伟',
] as const;

/**
 * Two steps of 0.2 to 0.4 s each; ends early when aborted.
 * @param turn resolves when other work has had its turn.
 */
export async function warmUp(turn: () => Promise<unknown>, signal: AbortSignal): Promise<void> {
  for (const text of TEXTS) {
    await turn();
    if (signal.aborted) return;
    classifyText(null, { text }, builtInFeedback().state.version, DEFAULT_TOPICS);
  }
}
