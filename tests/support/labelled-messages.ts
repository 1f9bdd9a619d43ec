/** Messages with their true labels, as the fixtures of tests/fixtures/feedback hold them. */
import { readFileSync } from 'node:fs';
import type { FeedbackType, Sentiment, Urgency } from '../../src/core/record.ts';

export interface LabelledMessage {
  /** One text, or the English and the Chinese one of a pair. */
  readonly texts: readonly string[];
  readonly types: readonly FeedbackType[];
  readonly sentiment: Sentiment;
  readonly urgency: Urgency;
}

const SENTIMENT: Readonly<Record<string, Sentiment>> = {
  '--': 'very_negative',
  '-': 'negative',
  '0': 'neutral',
  '+': 'positive',
  '++': 'very_positive',
};
const URGENCY: Readonly<Record<string, Urgency>> = {
  none: 'none',
  week: 'this_week',
  today: 'today',
  now: 'now',
};

/** Lines under `[types sentiment urgency]`; ` | ` parts the two languages. */
export function labelledMessages(name: 'parallel' | 'mixed'): LabelledMessage[] {
  const file = readFileSync(new URL(`../fixtures/feedback/${name}.txt`, import.meta.url), 'utf8');
  const messages: LabelledMessage[] = [];
  let labels: Omit<LabelledMessage, 'texts'> | null = null;
  for (const line of file.split('\n').filter((l) => l !== '' && !l.startsWith('#'))) {
    const [, types, sentiment, urgency] = /^\[(\S+) (\S+) (\S+)\]$/.exec(line) ?? [];
    if (types !== undefined) {
      labels = {
        types: types === 'neutral' ? [] : (types.split('+') as FeedbackType[]),
        sentiment: SENTIMENT[sentiment ?? ''] ?? 'neutral',
        urgency: URGENCY[urgency ?? ''] ?? 'none',
      };
    } else if (labels !== null) messages.push({ texts: line.split(' | '), ...labels });
  }
  return messages;
}
