/** The hidden truth of who answers where and when: a stated distribution, not a rule a model could guess. */
import {
  DAY_PART_HOURS,
  DAY_PARTS,
  type DayPart,
  DEFAULT_REACH_RULES,
} from '../../../core/channel.ts';
import { drawProfile, PROFILE_FIELDS, type Profile } from './profile.ts';
import { Random } from './random.ts';
import type { ContactTruth } from './types.ts';
import { DEMO_CHANNELS, type DemoChannel } from './types.ts';

export const FIELD_SD = 0.7;
export const OWN_SD = 0.7;
export const DAY_PART_SD = 0.3;
/** Log-odds of a reply by channel before anything is known of the contact. */
export const CHANNEL_BASE: Readonly<Record<DemoChannel, number>> = {
  phone: -0.55,
  email: -0.85,
  meeting: -0.35,
  sms: -0.75,
  whatsapp: -0.5,
  linkedin: -1,
};
const CALIBRATION_PROFILES = 4000;

/** One contact's log-odds, part by part: `base + fields + own + dayPart`. */
export interface ReplyDraw {
  readonly fields: Readonly<Record<DemoChannel, number>>;
  readonly own: Readonly<Record<DemoChannel, number>>;
  readonly dayPart: Readonly<Record<DayPart, number>>;
}

const perChannel = <T>(value: (channel: DemoChannel) => T): Record<DemoChannel, T> =>
  Object.fromEntries(DEMO_CHANNELS.map((channel) => [channel, value(channel)])) as Record<
    DemoChannel,
    T
  >;
const perDayPart = <T>(value: (part: DayPart) => T): Record<DayPart, T> =>
  Object.fromEntries(DAY_PARTS.map((part) => [part, value(part)])) as Record<DayPart, T>;
const chance = (logit: number): number => 1 / (1 + Math.exp(-logit));

const BUSINESS_PARTS = DAY_PARTS.filter((part) => {
  const { fromHour, toHour } = DEFAULT_REACH_RULES.businessHours;
  return DAY_PART_HOURS[part][0] < toHour && DAY_PART_HOURS[part][1] > fromHour;
});

export class ReplyModel {
  private readonly effects = new Map<string, number>();
  private readonly random: Random;
  private readonly mean: Record<DemoChannel, number>;
  private readonly scale: Record<DemoChannel, number>;

  /** The field effects belong to the portal: drawn once by its seed, then brought to mean 0 and sd 0.7. */
  constructor(seed: number) {
    this.random = new Random(seed, 0xeffec7);
    const sample = new Random(seed, 0xca11b);
    const profiles = Array.from({ length: CALIBRATION_PROFILES }, () => drawProfile(sample));
    this.mean = perChannel(() => 0);
    this.scale = perChannel(() => 1);
    for (const channel of DEMO_CHANNELS) {
      const raw = profiles.map((profile) => this.rawEffect(profile, channel));
      const mean = raw.reduce((sum, x) => sum + x, 0) / raw.length;
      const variance = raw.reduce((sum, x) => sum + (x - mean) ** 2, 0) / raw.length;
      this.mean[channel] = mean;
      this.scale[channel] = FIELD_SD / Math.sqrt(variance);
    }
  }

  draw(profile: Profile, random: Random): ReplyDraw {
    return {
      fields: perChannel((c) => (this.rawEffect(profile, c) - this.mean[c]) * this.scale[c]),
      own: perChannel(() => random.normal(0, OWN_SD)),
      dayPart: perDayPart(() => random.normal(0, DAY_PART_SD)),
    };
  }

  replyChance(draw: ReplyDraw, channel: DemoChannel, part: DayPart): number {
    return chance(
      CHANNEL_BASE[channel] + draw.fields[channel] + draw.own[channel] + draw.dayPart[part],
    );
  }

  truth(draw: ReplyDraw, segment: ContactTruth['segment']): ContactTruth {
    const replyProbByDayPart = perChannel((channel) =>
      perDayPart((part) => this.replyChance(draw, channel, part)),
    );
    const replyProb = perChannel(
      (channel) =>
        BUSINESS_PARTS.reduce((sum, part) => sum + replyProbByDayPart[channel][part], 0) /
        BUSINESS_PARTS.length,
    );
    const bestChannel = DEMO_CHANNELS.reduce((best, c) =>
      replyProb[c] > replyProb[best] ? c : best,
    );
    return { segment, replyProb, replyProbByDayPart, bestChannel };
  }

  private rawEffect(profile: Profile, channel: DemoChannel): number {
    let sum = 0;
    for (const field of PROFILE_FIELDS) {
      const key = `${channel}|${field}|${profile[field]}`;
      let effect = this.effects.get(key);
      if (effect === undefined) {
        effect = this.random.normal();
        this.effects.set(key, effect);
      }
      sum += effect;
    }
    return sum;
  }
}
