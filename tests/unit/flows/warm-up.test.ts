/** The warm-up: afterwards nobody's first message waits for dictionaries, and other work is let in between. */
import { setImmediate } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { DEFAULT_TOPICS } from '../../../src/core/topic.ts';
import { warmUp } from '../../../src/flows/warm-up.ts';
import { classifyText } from '../../../src/models/text.ts';

const turn = () => setImmediate();
const timed = (text: string): number => {
  const began = performance.now();
  classifyText(null, { text }, 'v', DEFAULT_TOPICS);
  return performance.now() - began;
};

test('aborted it loads nothing; then it pays for the first message of both languages', async () => {
  const stopped = AbortSignal.abort();
  const idle = performance.now();
  await warmUp(turn, stopped);
  const nothing = performance.now() - idle;

  let turns = 0;
  const ticking = setInterval(() => turns++, 1);
  const began = performance.now();
  await warmUp(turn, new AbortController().signal);
  const loading = performance.now() - began;
  clearInterval(ticking);
  expect(turns).toBeGreaterThan(0);
  expect(nothing).toBeLessThan(loading / 4);
  for (const text of [
    'My parcel never arrived and nobody answers the phone.',
    '包裹一直没有收到，客服电话也没人接。',
  ])
    expect(timed(text)).toBeLessThan(loading / 4);
});
