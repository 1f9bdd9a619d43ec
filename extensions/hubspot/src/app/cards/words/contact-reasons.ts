/** What the reasons of segment, value and churn say. */
import type { Words } from '../lib/translate.ts';
import { segments } from './segments.ts';

/** Lines of a label with the value and the usual one, in Chinese with their unit: `en|zh|unit`. */
const labelled = <K extends string>(lines: Readonly<Record<K, string>>) =>
  Object.fromEntries(
    Object.entries<string>(lines).map(([key, words]) => {
      const [en, zh, unit] = words.split('|');
      return [key, `${en}: {value} (usual {usual})|${zh} {value}${unit}（通常 {usual}${unit}）`];
    }),
  ) as Record<K, string>;

export const contactReasons = {
  ...segments,
  feature: {
    ...labelled({
      recency_days: 'Days since the last purchase|距上次购买|天',
      purchases: 'Purchases|购买|次',
      spent: 'Spent in all|累计消费|',
      signs_year: 'Replies and messages this year|今年回应与来讯|次',
      sent_year: 'Touches from us this year|今年我方联系|次',
      silence_days: 'Days since they last replied|距上次回应|天',
      cases_year: 'Cases this year|今年工单|个',
      purchases_year: 'Purchases this year|今年购买|次',
      spent_year: 'Spent this year|今年消费|',
      signs_quarter: 'Replies and messages in 90 days|90 天内回应与来讯|次',
      answered_phone: 'Share of calls answered|去电接通比例|',
      answered_email: 'Share of emails answered|邮件回复比例|',
      open_deals: 'Open deals|进行中的商机|个',
      customer_days: 'Days as a customer|成为客户|天',
    }),
    gap_ratio:
      'Waiting {value} times as long as between purchases (usual {usual})|' +
      '距上次购买已达平时间隔的 {value} 倍（通常 {usual} 倍）',
    rating:
      'Mean rating this year: {value} of 10 (usual {usual})|今年平均评分 {value}/10（通常 {usual}）',
  },
  value_silence: 'Days since the last purchase: {days}|距上次购买 {days} 天',
  value_new:
    '{bought} of {of} who had not bought did so within {days} days|' +
    '{of} 位未购客户中 {bought} 位在 {days} 天内首次购买',
  value_rate: 'Purchases: {purchases} in {years} years|{years} 年内购买 {purchases} 次',
  value_spend: 'Average purchase: {amount} (usual {usual})|平均每次购买 {amount}（通常 {usual}）',
} as const satisfies Words;
