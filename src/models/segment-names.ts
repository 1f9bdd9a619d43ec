/** Names for groups, from what sets them apart: codes that the card words in each language. */
import { CHANNELS, DAY_PARTS } from '../core/channel.ts';

interface Word {
  readonly code: string;
  readonly feature: string;
  /** Whether the group lies above (1) or below (−1) the portal. */
  readonly side: 1 | -1;
  readonly topic: 'buying' | 'contact' | 'answers' | 'service';
}

const WORDS: readonly Word[] = [
  { code: 'buys_often', feature: 'purchases', side: 1, topic: 'buying' },
  { code: 'buys_rarely', feature: 'purchases', side: -1, topic: 'buying' },
  { code: 'spends_much', feature: 'spent', side: 1, topic: 'buying' },
  { code: 'large_orders', feature: 'order_size', side: 1, topic: 'buying' },
  { code: 'small_orders', feature: 'order_size', side: -1, topic: 'buying' },
  { code: 'bought_recently', feature: 'recency_days', side: -1, topic: 'buying' },
  { code: 'bought_long_ago', feature: 'recency_days', side: 1, topic: 'buying' },
  { code: 'in_close_touch', feature: 'signs_year', side: 1, topic: 'contact' },
  { code: 'long_silent', feature: 'silence_days', side: 1, topic: 'contact' },
  { code: 'new_on_file', feature: 'record_days', side: -1, topic: 'contact' },
  { code: 'needs_support', feature: 'cases_year', side: 1, topic: 'service' },
  { code: 'rates_well', feature: 'rating', side: 1, topic: 'service' },
  { code: 'rates_badly', feature: 'rating', side: -1, topic: 'service' },
  ...CHANNELS.flatMap((channel): Word[] => [
    { code: `answers_${channel}`, feature: `answered_${channel}`, side: 1, topic: 'answers' },
    ...DAY_PARTS.map(
      (part): Word => ({
        code: `answers_${channel}_${part}`,
        feature: `answered_${channel}_${part}`,
        side: 1,
        topic: 'answers',
      }),
    ),
  ]),
];

/** Nobody in the group has bought: said in place of anything else about buying. */
const NO_PURCHASE = 'no_purchase_yet';
/** Said of a group that differs in nothing by much. */
const TYPICAL = 'typical';

/** Every code a name may be made of; a name joins them with `+`. */
export const SEGMENT_WORDS: readonly string[] = [
  ...WORDS.map(({ code }) => code),
  NO_PURCHASE,
  TYPICAL,
];

export const NAMED_FEATURES: readonly string[] = [...new Set(WORDS.map((w) => w.feature))];

/** What is known of one group, by feature. */
export interface GroupFacts {
  /** Mean in the portal's standard deviations, and for how many members the feature is known. */
  readonly effects: ReadonlyMap<string, { readonly mean: number; readonly known: number }>;
  /** Share of the members who have bought. */
  readonly buyers: number;
}

const NOTABLE = 0.35;
const MIN_KNOWN = 10;
const SHOWN = 2;
const ORDER = ['buying', 'contact', 'answers', 'service'] as const;

/**
 * The strongest differences from the portal, at most one per topic, two in all (a third where two
 * groups would be called the same), in the order buying, contact, answers, service.
 */
export function nameGroups(groups: readonly GroupFacts[]): string[] {
  const taken = new Set<string>();
  return groups.map((group) => {
    const candidates = wordsFor(group);
    for (let size = SHOWN; ; size++) {
      const chosen = candidates.slice(0, size);
      const name = join(chosen);
      if (taken.has(name) && size < candidates.length) continue;
      taken.add(name);
      return name;
    }
  });
}

const join = (words: readonly Word[]): string =>
  words.length === 0
    ? TYPICAL
    : [...words]
        .sort((a, b) => ORDER.indexOf(a.topic) - ORDER.indexOf(b.topic))
        .map(({ code }) => code)
        .join('+');

function wordsFor({ effects, buyers }: GroupFacts): Word[] {
  const strength = (word: Word): number => {
    const { mean = 0, known = 0 } = effects.get(word.feature) ?? {};
    return known < MIN_KNOWN ? 0 : mean * word.side;
  };
  const noneBought = buyers < 0.05;
  const ranked = WORDS.filter(
    (word) => strength(word) >= NOTABLE && !(noneBought && word.topic === 'buying'),
  ).sort((a, b) => strength(b) - strength(a) || (a.code < b.code ? -1 : 1));
  const topics = new Set<string>();
  const best = ranked.filter(({ topic }) => !topics.has(topic) && topics.add(topic));
  return noneBought
    ? [{ code: NO_PURCHASE, feature: 'purchases', side: -1, topic: 'buying' }, ...best]
    : best;
}
