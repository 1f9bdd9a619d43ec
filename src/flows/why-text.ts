/** Up to three counted reasons as lines for the text property; the card words the same codes itself. */
import type { Channel, DayPart } from '../core/channel.ts';
import { DAY_PART_HOURS } from '../core/channel.ts';
import type { ChannelChance, Reason, RiskScore } from '../core/score.ts';
import { inOrderOfShowing, SHOWN } from '../models/explain.ts';

const ANSWERED: Readonly<Record<Channel, string>> = {
  phone: 'Answered {answered} of {tried} calls',
  email: 'Replied to {answered} of {tried} e-mails',
  meeting: 'Came to {answered} of {tried} meetings',
  chat: 'Replied to {answered} of {tried} chat messages',
  sms: 'Replied to {answered} of {tried} text messages',
  whatsapp: 'Replied to {answered} of {tried} WhatsApp messages',
  wechat: 'Replied to {answered} of {tried} WeChat messages',
  linkedin: 'Replied to {answered} of {tried} LinkedIn messages',
};

/** One line per reason, each with its sign; facts about the customer's actions, never about the method. */
export const whyText = (chance: ChannelChance): string =>
  whyLines(chance.reasons, chance.channel) ?? '';

/** `null` without a reason. */
export function whyLines(reasons: readonly Reason[], channel?: Channel): string | null {
  if (reasons.length === 0) return null;
  return inOrderOfShowing(reasons)
    .slice(0, SHOWN)
    .map((reason) => `${reason.effect >= 0 ? '+' : '−'} ${reasonSentence(reason, channel)}`)
    .join('\n');
}

/** By code, in English; the cards hold the same sentences beside the Chinese ones (a test compares). */
export const SENTENCES: Readonly<Record<string, string>> = {
  text_base: 'How often messages of this kind occur',
  text_term: '“{term}” in the message',
  text_other: 'Other words in the message',
  deal_amount: 'Amount: {value} (usual {usual})',
  deal_amount_known: 'An amount is set',
  deal_amount_unknown: 'No amount is set',
  deal_age: 'Days open: {value} (usual {usual})',
  deal_silence: 'Days of silence: {value} (usual {usual})',
  deal_touches_30d: 'Touches from us in 30 days: {value} (usual {usual})',
  deal_answers_30d: 'Answers from them in 30 days: {value} (usual {usual})',
  deal_meetings: 'Meetings held: {value} (usual {usual})',
  deal_people: 'People on the deal: {value} (usual {usual})',
  deal_bought_before: 'Purchases before: {value} (usual {usual})',
  deal_lost_before: 'Deals lost before: {value} (usual {usual})',
  deal_open_cases: 'Open cases: {value} (usual {usual})',
  company_engaged: '{engaged} of {people} people answered within 90 days',
  company_answers: 'Answers in 90 days: {now}, before that {before}',
  company_open_cases: 'Open cases: {open}',
  company_purchase: 'Days since the last purchase: {days}, purchases: {purchases}',
  company_sentiment: 'Messages of 90 days are {sentiment}',
  segment_feature: '{feature}: {value} (usual {usual})',
  value_rate: 'Purchases: {purchases} in {years} years',
  value_spend: 'Average purchase: {amount} (usual {usual})',
  value_silence: 'Days since the last purchase: {days}',
  value_new: '{bought} of {of} who had not bought did so within {days} days',
};

/** A reason in an English sentence; `channel` is the one it speaks of. */
export function reasonSentence({ code, effect, params }: Reason, channel?: Channel): string {
  const plain = SENTENCES[code];
  if (plain !== undefined) return fill(plain, rounded(params));
  const often = effect >= 0 ? 'more often' : 'less often';
  if (code === 'personal_history' && channel !== undefined) return fill(ANSWERED[channel], params);
  if (code === 'overall_history')
    return fill('Answered {answered} of {tried} contacts on all channels', params);
  if (code === 'personal_day_part') {
    const [from, to] = DAY_PART_HOURS[params['dayPart'] as DayPart];
    const touched =
      params['channel'] === undefined || channel === undefined
        ? 'Answered {answered} of {tried} contacts'
        : ANSWERED[channel];
    return `${fill(touched, params)} between ${from} and ${to}`;
  }
  if (code === 'day_part') {
    const [from, to] = DAY_PART_HOURS[params['dayPart'] as DayPart];
    return `People answer ${often} between ${from} and ${to}`;
  }
  if (code === 'lifecycle') return `People at the same stage answer ${often}`;
  if (code === 'language') return `People with the same language answer ${often}`;
  return `People with the same ${code.replace(/^trait_/, '').replaceAll('_', ' ')} answer ${often}`;
}

const CHURN: Readonly<Record<string, string>> = {
  recency_days: 'Days since the last purchase: {value} (usual {usual})',
  gap_ratio: 'Waiting {value} times as long as between purchases (usual {usual})',
  purchases: 'Purchases: {value} (usual {usual})',
  purchases_year: 'Purchases this year: {value} (usual {usual})',
  spent_year: 'Spent this year: {value} (usual {usual})',
  signs_year: 'Replies and messages this year: {value} (usual {usual})',
  signs_quarter: 'Replies and messages in 90 days: {value} (usual {usual})',
  sent_year: 'Touches from us this year: {value} (usual {usual})',
  silence_days: 'Days since they last replied: {value} (usual {usual})',
  answered_phone: 'Share of calls answered: {value} (usual {usual})',
  answered_email: 'Share of e-mails answered: {value} (usual {usual})',
  cases_year: 'Cases this year: {value} (usual {usual})',
  rating: 'Mean rating this year: {value} of 10 (usual {usual})',
  open_deals: 'Open deals: {value} (usual {usual})',
  customer_days: 'Days as a customer: {value} (usual {usual})',
};

/** One reason of the churn risk in an English sentence. */
export const churnSentence = ({ params }: Reason): string =>
  fill(CHURN[String(params['feature'])] ?? '{feature}: {value} (usual {usual})', rounded(params));

/** One line per reason of the churn risk, each with its sign. */
export const churnWhyText = ({ reasons }: RiskScore): string =>
  inOrderOfShowing(reasons)
    .slice(0, SHOWN)
    .map((reason) => `${reason.effect >= 0 ? '+' : '−'} ${churnSentence(reason)}`)
    .join('\n');

const rounded = (params: Reason['params']): Reason['params'] =>
  Object.fromEntries(
    Object.entries(params).map(([name, value]) => [
      name,
      typeof value === 'number' ? Number(value.toFixed(Math.abs(value) < 10 ? 1 : 0)) : value,
    ]),
  );

const fill = (pattern: string, params: Reason['params']): string =>
  pattern.replaceAll(/\{(\w+)\}/g, (_, name: string) => String(params[name] ?? ''));
