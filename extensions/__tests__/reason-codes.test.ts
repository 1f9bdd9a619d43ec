/** Every code a score may carry has its words on the card, in English and Chinese. */
import { describe, expect, it } from 'vitest';
import { CHANNELS, DAY_PART_HOURS, DAY_PARTS } from '../../src/core/channel.ts';
import { FEEDBACK_TYPES, SENTIMENTS, URGENCIES } from '../../src/core/record.ts';
import { CHURN_BANDS, VALUE_BANDS } from '../../src/core/score.ts';
import { SENTENCES } from '../../src/flows/why-text.ts';
import { CHURN_FEATURES } from '../../src/models/churn.ts';
import { REASON_CODES } from '../../src/models/explain.ts';
import { SEGMENT_WORDS } from '../../src/models/segment-names.ts';
import { SEGMENT_FEATURES } from '../../src/models/segmentation.ts';
import { reason, segmentName } from '../hubspot/src/app/cards/lib/describe.ts';
import { createTranslator, sentences, type Words } from '../hubspot/src/app/cards/lib/translate.ts';
import { common } from '../hubspot/src/app/cards/words/common.ts';
import { companyReasons } from '../hubspot/src/app/cards/words/company-reasons.ts';
import { contact } from '../hubspot/src/app/cards/words/contact.ts';
import { contactReasons } from '../hubspot/src/app/cards/words/contact-reasons.ts';
import { dealReasons } from '../hubspot/src/app/cards/words/deal-reasons.ts';
import { messageReasons } from '../hubspot/src/app/cards/words/message-reasons.ts';
import { messages } from '../hubspot/src/app/cards/words/messages.ts';
import { reach } from '../hubspot/src/app/cards/words/reach.ts';
import { reachReasons } from '../hubspot/src/app/cards/words/reach-reasons.ts';
import { ticket } from '../hubspot/src/app/cards/words/ticket.ts';

const TABLES: readonly Words[] = [
  common,
  contact,
  contactReasons,
  reach,
  reachReasons,
  dealReasons,
  companyReasons,
  messages,
  messageReasons,
  ticket,
];
const known = sentences(TABLES);

const code = (name: string) => name.replace('*', 'job_title');
const params = {
  channel: 'phone',
  answered: 4,
  tried: 5,
  dayPart: 'morning',
  feature: 'purchases',
  bought: 3,
  of: 9,
  value: 3,
  usual: 2,
  purchases: 6,
  years: 2.5,
  amount: 80,
  term: 'refund',
  engaged: 2,
  people: 5,
  now: 3,
  before: 8,
  open: 1,
  days: 40,
};

describe.each(['en', 'zh-cn'])('in %s', (locale) => {
  const translator = createTranslator(locale, TABLES);
  const general = [translator.t('unknown.up'), translator.t('unknown.down')];

  it.each(REASON_CODES.map(code))('reason %s', (name) => {
    for (const effect of [0.4, -0.4]) {
      const sentence = reason(translator, { code: name, effect, params });
      expect(general).not.toContain(sentence);
      expect(sentence).not.toMatch(/\{|undefined/);
    }
  });

  it.each(SEGMENT_FEATURES)('segment feature %s', (feature) => {
    expect(known).toHaveProperty([`feature.${feature}`]);
  });

  it.each(CHURN_FEATURES)('churn feature %s', (feature) => {
    expect(known).toHaveProperty([`feature.${feature}`]);
  });

  it.each([...SEGMENT_WORDS, 'outlier'])('segment %s', (name) => {
    expect(segmentName(translator, 'seg_01', name)).not.toContain('seg_01');
  });

  it('channels, parts of the day, bands and labels', () => {
    const keys = [
      ...CHANNELS.map((c) => `channel.${c}`),
      ...VALUE_BANDS.map((b) => `value.band.${b}`),
      ...CHURN_BANDS.map((b) => `risk.band.${b}`),
      ...FEEDBACK_TYPES.map((f) => `type.${f}`),
      ...SENTIMENTS.map((s) => `sentiment.${s}`),
      ...URGENCIES.filter((u) => u !== 'none').map((u) => `urgency.${u}`),
    ];
    for (const key of keys) expect(known).toHaveProperty([key]);
    for (const dayPart of DAY_PARTS) {
      const said = reason(translator, { code: 'day_part', effect: 1, params: { dayPart } });
      const [from, until] = DAY_PART_HOURS[dayPart];
      expect(said).toMatch(new RegExp(`${from}\\D+${until}`));
    }
  });
});

/** What the cards word with variants of their own. */
const VARIANTS = ['company_sentiment', 'segment_feature'];

it.each(Object.entries(SENTENCES).filter(([name]) => !VARIANTS.includes(name)))(
  'the card and the property say the same of %s',
  (name, sentence) => {
    expect(known[name]?.split('|')[0]).toBe(sentence);
  },
);
