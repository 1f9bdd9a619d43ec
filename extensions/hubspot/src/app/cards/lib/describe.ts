/** Codes of the contract → sentences. A code this version does not know gets a general sentence. */
import type { CardChannel, CardReason, ContactCard } from '../generated/card-contract.ts';
import { day, hours, money, percent, zoneName } from './format.ts';
import type { Translator } from './translate.ts';

/** "5 calls". */
export const touches = ({ of }: Translator, channel: string, n: number): string =>
  of('touch', channel, { n });

export const channelName = ({ of }: Translator, channel: string): string => of('channel', channel);

/** "Call Ana". */
export const advised = (translator: Translator, channel: string, name: string): string =>
  translator.of('reach', channel, { name, channel: channelName(translator, channel) });

/** Tries the code with its variants, then the general sentence for its family, then for any code. */
export function reason(
  translator: Translator,
  { code, effect, params }: CardReason,
  currency?: string,
): string {
  const { first } = translator;
  const channel = String(params['channel'] ?? '');
  const sign = effect < 0 ? 'down' : 'up';
  const feature = String(params['feature'] ?? '');
  const family = code.startsWith('trait_') ? `trait.${sign}` : '';
  return first(
    [
      `${code}.${channel}`,
      `feature.${feature}`,
      `${code}.${sign}`,
      code,
      family,
      `unknown.${sign}`,
    ],
    {
      ...readable(translator, { code, effect, params }, currency),
      touches: touches(translator, channel, Number(params['tried'] ?? 0)),
      channel: channelName(translator, channel),
      dayPart: hoursOf(translator, String(params['dayPart'])),
    },
  );
}

const MONEY = /^(feature\.spent|value_spend|deal_amount$)/;
const SHARES = /^feature\.answered_/;

/** Numbers as the reader writes them, with their unit; a decimal only where it matters. */
function readable(
  translator: Translator,
  { code, params }: CardReason,
  currency: string | undefined,
): CardReason['params'] {
  const what = params['feature'] === undefined ? code : `feature.${params['feature']}`;
  const format = (n: number) =>
    MONEY.test(what) && currency !== undefined
      ? money(translator, n, currency)
      : SHARES.test(what)
        ? `${percent(n)}%`
        : new Intl.NumberFormat(translator.locale, {
            maximumFractionDigits: Math.abs(n) < 10 ? 1 : 0,
          }).format(n);
  const entries = Object.entries(params).map(([name, value]) => [
    name,
    typeof value === 'number' ? format(value) : value,
  ]);
  return Object.fromEntries(entries);
}

/** The server puts the ones to show first. */
export const topReasons = (reasons: readonly CardReason[], count = 3): readonly CardReason[] =>
  reasons.slice(0, count);

/** A fact of nothing is no reason; the server writes "never" as this many days. */
const NEVER_DAYS = 1095;
export const segmentReasons = (reasons: readonly CardReason[]): readonly CardReason[] =>
  topReasons(
    reasons.filter(({ params }) => params['value'] !== 0 && Number(params['value']) < NEVER_DAYS),
    2,
  );

/** What an early score rests on, and what is missing to a score of their own. */
export function baseline({ t, language }: Translator, card: ContactCard): string {
  const { have, need, contact, reach } = card;
  const rests = t(`baseline.${reach?.best?.evidence ?? 'everyone'}`, { name: contact.name });
  if (have >= need) return rests;
  return [rests, t('baseline.progress', { have, need })].join(language === 'en' ? ' ' : '');
}

/** Parts of one sentence, with the language's comma. */
export const listed = ({ language }: Translator, parts: readonly string[]): string =>
  parts.join(language === 'en' ? ', ' : '，');

/** A group's code says what sets it apart: `buys_often+answers_phone_morning`. */
export function segmentName(translator: Translator, id: string, code: string): string {
  const { t, language } = translator;
  const words = code.split('+').map((word) => segmentWord(translator, word));
  if (words.includes(t('word.other'))) return t('segment.other', { id });
  const joined = listed(translator, words);
  return language === 'en' ? joined.charAt(0).toUpperCase() + joined.slice(1) : joined;
}

function segmentWord(translator: Translator, word: string): string {
  const { of, t, first } = translator;
  const [, channel, part] = /^answers_([a-z]+)(?:_([a-z]+))?$/.exec(word) ?? [];
  if (channel === undefined) return of('word', word);
  const answers = first([`word.answers_${channel}`, 'word.answers'], {
    channel: channelName(translator, channel),
  });
  if (part === undefined) return answers;
  return t('word.in_part', { word: answers, dayPart: hoursOf(translator, part) });
}

const HOURS: Readonly<Record<string, readonly [from: number, until: number]>> = {
  early: [6, 9],
  morning: [9, 11],
  midday: [11, 14],
  afternoon: [14, 17],
  evening: [17, 20],
};

function hoursOf({ t }: Translator, part: string): string {
  const [from, until] = HOURS[part] ?? [];
  return from === undefined || until === undefined
    ? t('part.other')
    : t('part.hours', { from, until });
}

/** When to reach somebody, in their zone; empty where no hour is advised. */
export function when(translator: Translator, { reach, contact }: ContactCard): string {
  const { from, until } = reach ?? {};
  if (!from || !until) return '';
  const zone = contact.timeZone;
  return translator.t('reach.when', {
    day: day(translator, from, zone),
    hours: hours(translator, from, until, zone),
    zone: zoneName(translator, from, zone),
  });
}

/** The interval of a chance and the usual rate beside it. */
export const range = ({ t }: Translator, { low, high, usual }: CardChannel): string =>
  `${t('reach.interval', { low: percent(low), high: percent(high) })} · ${t('reach.usual', { usual: percent(usual) })}`;

export function evidence(translator: Translator, channel: CardChannel, name: string): string {
  const n = touches(translator, channel.channel, channel.tried);
  return translator.t(`evidence.${channel.evidence}`, { name, n });
}
