import { expect, it } from 'vitest';
import { DEFAULT_TOPICS } from '../../../src/core/topic.ts';
import { FeedbackModel } from '../../../src/models/feedback-model.ts';
import { FEEDBACK_STATE } from '../../../src/models/pretrained/feedback.ts';
import { classifyText } from '../../../src/models/text.ts';
import { labelledMessages } from '../../support/labelled-messages.ts';

/** Processor time, so that what else the machine does is not counted. */
function cpuMs(work: () => void): number {
  const began = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(began);
  return (user + system) / 1000;
}

it('a thousand messages a second in all outputs on two cores, one within 5 ms', () => {
  const texts = labelledMessages('parallel').flatMap((m) => m.texts);
  const read = () => {
    for (const text of texts) classifyText(null, { text }, 'v', DEFAULT_TOPICS);
  };
  read();
  const each = Math.min(cpuMs(read), cpuMs(read)) / texts.length;
  expect(texts.length).toBe(800);
  expect(each).toBeLessThan(2);
});

it('the model is ready within 150 ms', () => {
  const times = Array.from({ length: 3 }, () =>
    cpuMs(() => void new FeedbackModel(JSON.parse(FEEDBACK_STATE)).read('It works.')),
  );
  expect(Math.min(...times)).toBeLessThan(150);
});
