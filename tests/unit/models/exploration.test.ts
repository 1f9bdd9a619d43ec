/** Exploration that is known: its chances are kept, and the estimates of the policy divide by them. */
import { expect, test } from 'vitest';
import type { Channel } from '../../../src/core/channel.ts';
import type { ContactScore } from '../../../src/core/score.ts';
import { exposuresOf } from '../../../src/flows/expose.ts';
import { createRandom } from '../../../src/ml/random.ts';
import { choicePropensities, type RepChoice } from '../../../src/models/choice-propensity.ts';

const CHANNELS: readonly Channel[] = ['phone', 'email', 'sms'];
const SHARE = 0.1;
/** A rep does what is advised so often, and otherwise picks any channel alike. */
const FOLLOWS = 0.7;

test('the chance of a channel is the mean over every advice that could have been drawn', () => {
  const random = createRandom(5);
  const choices = Array.from({ length: 6_000 }, (_, i): RepChoice => {
    const best = CHANNELS[i % 3] ?? 'phone';
    const drawn = random.next() < SHARE ? (CHANNELS[random.int(3)] ?? best) : best;
    const channel = random.next() < FOLLOWS ? drawn : (CHANNELS[random.int(3)] ?? best);
    return {
      person: String(i),
      lifecycle: '',
      observed: [],
      blocked: [],
      channel,
      repId: null,
      before: [],
      advised: {
        channel: drawn,
        propensity: SHARE / 3 + (drawn === best ? 1 - SHARE : 0),
        among: CHANNELS,
      },
    };
  });
  const chances = choicePropensities(choices, CHANNELS, 1);
  const given = (advice: number, c: number) => (advice === c ? FOLLOWS : 0) + (1 - FOLLOWS) / 3;
  const worst = { drawn: 0, explored: 0 };
  choices.forEach(({ advised }, i) => {
    const shown = CHANNELS.indexOf(advised?.channel ?? 'phone');
    const best = (advised?.propensity ?? 0) > 0.5;
    CHANNELS.forEach((_, c) => {
      const marginal = CHANNELS.reduce(
        (sum, __, a) => sum + (SHARE / 3 + (a === shown ? 1 - SHARE : 0)) * given(a, c),
        0,
      );
      const wrong = Math.abs((chances[i]?.[c] ?? 0) - (best ? marginal : given(shown, c)));
      const kind = best ? 'drawn' : 'explored';
      worst[kind] = Math.max(worst[kind], wrong);
    });
  });
  expect(worst.drawn).toBeLessThan(0.03);
  expect(worst.explored).toBeLessThan(0.05);
});

test('an advice is logged with the chance with which it was chosen', () => {
  const score = (choice: { explored: boolean; propensity: number } | null) =>
    ({
      heldOut: false,
      modelVersion: 'm',
      reach: { ranked: [{ channel: 'email', dayPart: 'morning', chance: 0.3 }], choice },
    }) as unknown as ContactScore;
  const logged = exposuresOf(
    [
      { id: '1', data: score({ explored: true, propensity: 0.02 }) },
      { id: '2', data: score(null) },
    ],
    '2026-03',
    new Date('2026-03-01T00:00:00Z'),
  );
  expect(logged.map((e) => e.propensity)).toEqual([0.02, 1]);
});
