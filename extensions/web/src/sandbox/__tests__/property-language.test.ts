/** Labels of the sandbox's pages: both languages, what the CRM renamed, and codes nobody has a word for. */
import { expect, it } from 'vitest';
import { FIELD_WEIGHTS } from '../../../../../src/hosts/sandbox/demo-data/profile.ts';
import { optionLabels, propertyLabel } from '../property-language.ts';

const none = () => undefined;

it('a property has its Chinese label unless somebody gave it another one', () => {
  const property = { name: 'rapport_value_12m', label: 'Value in 12 months' };
  expect(propertyLabel(property, false)).toBe('Value in 12 months');
  expect(propertyLabel(property, true)).toBe('未来 12 月价值');
  expect(propertyLabel({ ...property, label: 'Worth' }, true)).toBe('Worth');
  expect(propertyLabel({ name: 'mood', label: 'Mood' }, true)).toBe('Mood');
});

it.each([
  ['rapport_allowed_channels', 'phone;wechat', 'Phone, WeChat', '电话、微信'],
  ['rapport_segment', 'seg_03', 'Segment 3', '分群 3'],
  ['rapport_topic', 'billing', 'Billing and payment', '账单与付款'],
  ['rapport_stalled', 'true', 'Yes', '是'],
  ['hs_email_optout', 'false', 'No', '否'],
  ['rapport_topic', 'topic_5af001', 'topic_5af001', 'topic_5af001'],
])('%s %s', (name, value, en, zh) => {
  expect(optionLabels(name, value, false, none)).toBe(en);
  expect(optionLabels(name, value, true, none)).toBe(zh);
});

it('an option that was renamed in the CRM keeps that name in both languages', () => {
  const held = () => 'Regulars';
  expect(optionLabels('rapport_segment', 'seg_03', true, held)).toBe('Regulars');
  expect(optionLabels('rapport_segment', 'seg_03', false, held)).toBe('Regulars');
  expect(optionLabels('rapport_segment', 'seg_03', true, () => 'Segment 3')).toBe('分群 3');
  expect(optionLabels('rapport_topic', 'topic_5af001', true, () => 'Spa')).toBe('Spa');
});

it.each(Object.keys(FIELD_WEIGHTS.industry))('the industry %s has a word', (code) => {
  expect(optionLabels('industry', code, true, none)).toMatch(/\p{Script=Han}/u);
  expect(optionLabels('industry', code, false, () => code)).not.toBe(code);
});
