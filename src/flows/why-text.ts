/** Up to three counted reasons as lines for the text property; the card words the same codes itself. */
import type { Channel, DayPart } from '../core/channel.ts';
import { DAY_PART_HOURS } from '../core/channel.ts';
import type { ChannelChance, Reason } from '../core/score.ts';
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
export function whyText(chance: ChannelChance): string {
  return inOrderOfShowing(chance.reasons)
    .slice(0, SHOWN)
    .map((reason) => `${reason.effect >= 0 ? '+' : '−'} ${sentence(reason, chance.channel)}`)
    .join('\n');
}

function sentence({ code, effect, params }: Reason, channel: Channel): string {
  const often = effect >= 0 ? 'more often' : 'less often';
  if (code === 'personal_history') return fill(ANSWERED[channel], params);
  if (code === 'overall_history')
    return fill('Answered {answered} of {tried} contacts on all channels', params);
  if (code === 'personal_day_part') {
    const [from, to] = DAY_PART_HOURS[params['dayPart'] as DayPart];
    const touched =
      params['channel'] === undefined
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

const fill = (pattern: string, params: Reason['params']): string =>
  pattern.replaceAll(/\{(\w+)\}/g, (_, name: string) => String(params[name] ?? ''));
