/** The written texts: enough frames in both languages, few repeats, labels that people got mostly right. */
import { describe, expect, it } from 'vitest';
import { fillFrame } from '../../../../../src/hosts/sandbox/demo-data/frame.ts';
import {
  FEEDBACK_FRAMES,
  framesOf,
  TONE_FRAMES,
  TOUCH_FRAMES,
} from '../../../../../src/hosts/sandbox/demo-data/frames.ts';
import { PLACES_EN } from '../../../../../src/hosts/sandbox/demo-data/places.ts';
import { Random } from '../../../../../src/hosts/sandbox/demo-data/random.ts';
import { REPS } from '../../../../../src/hosts/sandbox/demo-data/reps.ts';
import { slotFiller } from '../../../../../src/hosts/sandbox/demo-data/slots.ts';
import { ofType, share, textTruths } from './portal-sample.ts';

const PRIORITY = { now: 'URGENT', today: 'HIGH', this_week: 'MEDIUM', none: 'LOW' };
const CATEGORY = {
  problem: /^(PRODUCT|BILLING)_ISSUE$/,
  suggestion: /^FEATURE_REQUEST$/,
  question: /^GENERAL_INQUIRY$/,
  praise: /^PRAISE$/,
};

describe('frames', () => {
  it('are several hundred distinct ones for customer messages alone', () => {
    const en = framesOf(FEEDBACK_FRAMES.en, TONE_FRAMES.en);
    const zh = framesOf(FEEDBACK_FRAMES.zh, TONE_FRAMES.zh);
    expect(new Set(en).size).toBeGreaterThanOrEqual(250);
    expect(new Set(zh).size).toBeGreaterThanOrEqual(250);
    expect(new Set([...en, ...zh]).size).toBeGreaterThanOrEqual(500);
    const core = (['en', 'zh'] as const).map((l) => {
      const { subjects: _, ...topics } = FEEDBACK_FRAMES[l];
      return framesOf(topics);
    });
    expect(new Set(core.flat()).size).toBeGreaterThanOrEqual(280);
    for (const frames of core) expect(new Set(frames).size).toBe(frames.length);
  });

  it.each(['en', 'zh'] as const)('fill completely in %s', (language) => {
    const random = new Random(1);
    const person = { firstName: 'Ada', lastName: 'Moss', rep: REPS[0]!, place: PLACES_EN[0]! };
    const fill = slotFiller({ language, person, company: null }, random);
    for (const frame of framesOf(
      FEEDBACK_FRAMES[language],
      TONE_FRAMES[language],
      TOUCH_FRAMES[language],
    )) {
      expect(fillFrame(frame, fill, random)).not.toMatch(/[{}[\]|]|undefined/);
    }
  });
});

describe('customer messages', () => {
  it('hardly ever repeat', () => {
    const texts = textTruths().map(([o]) => o.properties['content'] ?? o.properties['hs_content']!);
    expect(texts.length).toBeGreaterThan(700);
    expect(new Set(texts).size / texts.length).toBeGreaterThan(0.97);
    const bare = texts.map((text) => text.replace(/[\d#€¥]+/g, ''));
    expect(new Set(bare).size / bare.length).toBeGreaterThan(0.95);
  });

  it('cover every label and both languages', () => {
    const truths = textTruths().map(([, truth]) => truth);
    const labels = (name: 'type' | 'sentiment' | 'urgency' | 'language') =>
      new Set(truths.map((truth) => truth[name])).size;
    expect([labels('type'), labels('sentiment'), labels('urgency')]).toEqual([4, 5, 4]);
    expect(share(truths, (t) => t.language === 'zh_hans')).toBeGreaterThan(0.15);
    expect(share(truths, (t) => t.language === 'mixed')).toBeGreaterThan(0.02);
  });

  it('are labelled by people often, mostly right and sometimes wrong', () => {
    const tickets = textTruths().filter(([o]) => o.objectType === 'tickets');
    expect(tickets).toHaveLength(ofType('tickets').length);
    const ranked = tickets.filter(([o]) => o.properties['hs_ticket_priority'] !== undefined);
    const sorted = tickets.filter(([o]) => o.properties['hs_ticket_category'] !== undefined);
    expect(Math.abs(ranked.length / tickets.length - 0.85)).toBeLessThan(0.06);
    expect(Math.abs(sorted.length / tickets.length - 0.8)).toBeLessThan(0.07);
    const rightPriority = share(
      ranked,
      ([o, t]) => o.properties['hs_ticket_priority'] === PRIORITY[t.urgency],
    );
    const rightCategory = share(sorted, ([o, t]) =>
      CATEGORY[t.type].test(o.properties['hs_ticket_category']!),
    );
    expect(Math.abs(rightPriority - 0.9)).toBeLessThan(0.05);
    expect(Math.abs(rightCategory - 0.93)).toBeLessThan(0.05);
  });

  it('are rated in the survey in step with their sentiment', () => {
    const surveys = textTruths().filter(([o]) => o.objectType === 'feedback_submissions');
    const mean = (sentiment: string): number => {
      const values = surveys
        .filter(([, t]) => t.sentiment === sentiment)
        .map(([o]) => Number(o.properties['hs_value']));
      return values.reduce((sum, x) => sum + x, 0) / values.length;
    };
    expect(mean('negative')).toBeLessThan(mean('neutral'));
    expect(mean('neutral')).toBeLessThan(mean('positive'));
    expect(mean('positive')).toBeLessThan(mean('very_positive'));
  });
});
