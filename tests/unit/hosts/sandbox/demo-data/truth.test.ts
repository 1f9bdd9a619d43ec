/** The hidden truth follows its stated distribution, and nothing but chance leads from it to the channels used. */
import { describe, expect, it } from 'vitest';
import { DAY_PARTS } from '../../../../../src/core/channel.ts';
import type { DemoObject } from '../../../../../src/hosts/sandbox/demo-data/generate.ts';
import { drawProfile } from '../../../../../src/hosts/sandbox/demo-data/profile.ts';
import { Random } from '../../../../../src/hosts/sandbox/demo-data/random.ts';
import {
  CHANNEL_BASE,
  ReplyModel,
} from '../../../../../src/hosts/sandbox/demo-data/reply-model.ts';
import {
  DEMO_CHANNELS,
  type DemoChannel,
} from '../../../../../src/hosts/sandbox/demo-data/types.ts';
import { contactTruths, ofType, touchesByContact } from './portal-sample.ts';

const mean = (xs: readonly number[]): number => xs.reduce((sum, x) => sum + x, 0) / xs.length;
const sd = (xs: readonly number[]): number => {
  const m = mean(xs);
  return Math.sqrt(mean(xs.map((x) => (x - m) ** 2)));
};
const logit = (p: number): number => Math.log(p / (1 - p));

function channelOf({ objectType, properties }: DemoObject): DemoChannel {
  if (objectType === 'calls') return 'phone';
  if (objectType === 'emails') return 'email';
  if (objectType === 'meetings') return 'meeting';
  const type = properties['hs_communication_channel_type'];
  return type === 'SMS' ? 'sms' : type === 'WHATS_APP' ? 'whatsapp' : 'linkedin';
}

describe('the reply model', () => {
  it.each([1, 7, 42])('has the stated spreads for seed %i', (seed) => {
    const model = new ReplyModel(seed);
    const random = new Random(seed, 99);
    const draws = Array.from({ length: 4000 }, () => model.draw(drawProfile(random), random));
    for (const channel of DEMO_CHANNELS) {
      expect(Math.abs(sd(draws.map((d) => d.fields[channel])) - 0.7)).toBeLessThan(0.05);
      expect(Math.abs(mean(draws.map((d) => d.fields[channel])))).toBeLessThan(0.06);
      expect(Math.abs(sd(draws.map((d) => d.own[channel])) - 0.7)).toBeLessThan(0.04);
    }
    for (const part of DAY_PARTS) {
      expect(Math.abs(sd(draws.map((d) => d.dayPart[part])) - 0.3)).toBeLessThan(0.02);
    }
  });
});

describe('the truth of the portal', () => {
  it('has the whole spread, sd of log-odds about 1 on every channel', () => {
    for (const channel of DEMO_CHANNELS) {
      const logits = contactTruths().map(([, truth]) =>
        logit(truth.replyProbByDayPart[channel].midday),
      );
      expect(Math.abs(sd(logits) - Math.hypot(0.7, 0.7, 0.3))).toBeLessThan(0.08);
      expect(Math.abs(mean(logits) - CHANNEL_BASE[channel])).toBeLessThan(0.12);
    }
  });

  it('names the channel with the highest mean chance best, and it varies widely', () => {
    const wins = new Map<DemoChannel, number>();
    for (const [, truth] of contactTruths()) {
      expect(truth.replyProb[truth.bestChannel]).toBe(Math.max(...Object.values(truth.replyProb)));
      wins.set(truth.bestChannel, (wins.get(truth.bestChannel) ?? 0) + 1);
    }
    for (const channel of DEMO_CHANNELS) {
      expect(wins.get(channel)! / 2000, channel).toBeGreaterThan(0.05);
      expect(wins.get(channel)! / 2000, channel).toBeLessThan(0.4);
    }
  });

  it('answers as often as it says, and is never what chose the channel', () => {
    const truths = new Map(contactTruths());
    const owners = new Map(ofType('contacts').map((c) => [c.id, c.properties]));
    const calls = { tried: 0, answered: 0, expected: 0 };
    const used: number[] = [];
    const groupMeans = new Map<string, number[]>();
    const groupOf = (id: string): string =>
      `${owners.get(id)!['hubspot_owner_id']}|${owners.get(id)!['lifecyclestage']}`;
    for (const [id, truth] of truths) {
      const list = groupMeans.get(groupOf(id)) ?? [];
      groupMeans.set(groupOf(id), [...list, truth.replyProb.phone]);
    }
    for (const [id, touches] of touchesByContact()) {
      const truth = truths.get(id)!;
      const phone = touches.filter((t) => channelOf(t) === 'phone');
      for (const call of phone) {
        calls.tried++;
        calls.expected += truth.replyProb.phone;
        if (call.properties['hs_call_disposition']!.startsWith('f240bbac')) calls.answered++;
      }
      const usual = mean(groupMeans.get(groupOf(id))!);
      used.push(...phone.map(() => truth.replyProb.phone - usual));
    }
    expect(Math.abs(calls.answered - calls.expected) / calls.tried).toBeLessThan(0.02);
    expect(Math.abs(mean(used))).toBeLessThan(0.02);
  });
});
