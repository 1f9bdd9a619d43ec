/** Channel effectiveness per segment: counts, intervals and what passes for a finding. */
import { expect, it } from 'vitest';
import type { Channel } from '../../../src/core/channel.ts';
import { createRandom } from '../../../src/ml/random.ts';
import { channelEffectiveness } from '../../../src/models/effectiveness.ts';

const AT = new Date('2026-03-01T09:00:00Z');
const touch = (channel: Channel, answered: boolean) =>
  ({ channel, dayPart: 'morning', at: AT, answered, settled: true, repId: null }) as const;
const segment = (id: string) => ({ id, code: `code_${id}` });

it('counts touches per segment and channel, with Wilson’s interval', () => {
  const { segments } = channelEffectiveness([
    { segment: segment('seg_01'), touches: [touch('phone', true), touch('phone', false)] },
    { segment: segment('seg_01'), touches: [touch('phone', false), touch('email', true)] },
    { segment: segment('seg_02'), touches: [] },
  ]);
  expect(segments[0]?.channels).toEqual([
    { channel: 'phone', tried: 3, answered: 1, rate: 0.3333, low: 0.06149, high: 0.7923 },
    { channel: 'email', tried: 1, answered: 1, rate: 1, low: 0.2065, high: 1 },
  ]);
  expect(segments[1]).toMatchObject({ channels: [], test: null });
});

const portal = (rate: (seg: number, channel: Channel) => number, seed: number) => {
  const random = createRandom(seed);
  return Array.from({ length: 240 }, (_, i) => ({
    segment: segment(`seg_0${(i % 3) + 1}`),
    touches: (['phone', 'email', 'meeting'] as const).flatMap((channel) =>
      Array.from({ length: 2 }, () => touch(channel, random.next() < rate(i % 3, channel))),
    ),
  }));
};

it('finds a channel that works in one segment only', () => {
  const { segments, channels } = channelEffectiveness(
    portal((s, c) => (s === 0 && c === 'phone' ? 0.7 : 0.3), 1),
  );
  expect(segments[0]?.test?.q).toBeLessThan(0.001);
  expect(segments[0]?.test?.effect).toBeGreaterThan(0.2);
  expect(channels.find((c) => c.channel === 'phone')?.test?.q).toBeLessThan(0.001);
  expect(channels.find((c) => c.channel === 'sms')?.test).toBeNull();
});

it('finds something in at most a few of 100 portals where nothing differs', () => {
  let found = 0;
  for (let seed = 1; seed <= 100; seed++) {
    const { segments, channels } = channelEffectiveness(portal(() => 0.3, seed));
    if ([...segments, ...channels].some(({ test }) => test !== null && test.q <= 0.05)) found++;
  }
  expect(found).toBeLessThanOrEqual(12);
});
