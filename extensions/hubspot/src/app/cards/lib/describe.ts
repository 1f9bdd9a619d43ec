/** Codes of the contract → sentences. A code this version does not know gets a general sentence. */
import type { CardChannel, CardReason } from '../generated/card-contract.ts';
import type { Translator } from './translate.ts';

/** "5 calls". */
export function touches({ first, locale }: Translator, channel: string, n: number): string {
  const form = new Intl.PluralRules(locale).select(n) === 'one' ? 'one' : 'other';
  return first([`touch.${channel}.${form}`, `touch.other.${form}`], { n });
}

export const channelName = ({ first }: Translator, channel: string): string =>
  first([`channel.${channel}`, 'channel.other']);

/** Tries the code with its variants, then the general sentence for its family, then for any code. */
export function reason(translator: Translator, { code, effect, params }: CardReason): string {
  const { first } = translator;
  const channel = String(params['channel'] ?? '');
  const sign = effect < 0 ? 'down' : 'up';
  const feature = String(params['feature'] ?? '');
  const family = code.startsWith('trait_') ? `trait.${sign}` : '';
  return first(
    [
      `${code}.${channel}`,
      `${code}.${feature}`,
      `${code}.${sign}`,
      code,
      family,
      `unknown.${sign}`,
    ],
    {
      ...readable(translator, params),
      touches: touches(translator, channel, Number(params['tried'] ?? 0)),
      channel: channelName(translator, channel),
      dayPart: first([`part.${params['dayPart']}`, 'part.other']),
    },
  );
}

/** Numbers as the reader writes them, at most one decimal. */
function readable({ locale }: Translator, params: CardReason['params']): CardReason['params'] {
  const format = new Intl.NumberFormat(locale, { maximumFractionDigits: 1 });
  const entries = Object.entries(params).map(([name, value]) => [
    name,
    typeof value === 'number' ? format.format(value) : value,
  ]);
  return Object.fromEntries(entries);
}

/** The three that weigh most; those that raise come first, then those that lower. */
export function topReasons(reasons: readonly CardReason[], count = 3): readonly CardReason[] {
  const weight = (r: CardReason) => Math.abs(r.effect);
  const top = [...reasons].sort((a, b) => weight(b) - weight(a)).slice(0, count);
  return [...top.filter((r) => r.effect >= 0), ...top.filter((r) => r.effect < 0)];
}

const BUYING = ['frequent_buyer', 'occasional_buyer', 'lapsed_buyer', 'prospect'] as const;

/** A segment's code says what they buy and how they keep in touch: `frequent_buyer_engaged`. */
export function segmentName({ t, first }: Translator, id: string, code: string): string {
  const buying = BUYING.find((b) => code.startsWith(`${b}_`));
  if (buying === undefined) return t('segment.other', { id });
  const talking = first([`segment.${code.slice(buying.length + 1)}`, 'segment.title']);
  return t('segment.name', { buying: t(`segment.${buying}`), talking });
}

export function evidence(translator: Translator, channel: CardChannel, name: string): string {
  const n = touches(translator, channel.channel, channel.tried);
  return translator.t(`evidence.${channel.evidence}`, { name, n });
}
