/** What Rapport says of one company: rolled up from its people's scores and facts by stated rules. */
import {
  CHURN_BANDS,
  type CompanyScore,
  type ContactScore,
  type HealthBand,
  type Mood,
  type Reason,
} from '../core/score.ts';
import { ownedSkus } from '../features/baskets.ts';
import { type ContactFacts, DAY_MS } from '../features/facts.ts';
import { purchases } from '../features/purchases.ts';
import { significant } from './numbers.ts';
import { moodOf } from './voice.ts';

export interface CompanyPerson {
  readonly facts: ContactFacts;
  /** `null` while the person has no score. */
  readonly score: ContactScore | null;
  /** Topics of their cases, by case id; cases without one are absent. */
  readonly topics: ReadonlyMap<string, string>;
}

/** People named on each side of the engagement. */
export const PEOPLE_NAMED = 3;
const RECENT_MS = 90 * DAY_MS;
/** The sum of effects from which a company is well, and up to which it is at risk. */
const HEALTHY_FROM = 0;
const AT_RISK_TO = -2;
/** The circle's value for a sum of points. */
const HEALTHY_SCORE = 70;
const WATCH_SCORE = 50;
const AT_RISK_SCORE = 32;
const SCORE_PER_POINT = 9;

/** People marked do-not-score are looked past. Unknown stays `null`: no history is not good health. */
export function scoreCompany(
  people: readonly CompanyPerson[],
  asOf: Date,
  modelVersion: string,
): CompanyScore {
  const known = people.filter((p) => !p.facts.contact.doNotScore);
  if (known.length === 0)
    return {
      status: people.length > 0 ? 'excluded' : 'no_data',
      people: 0,
      health: null,
      value12m: null,
      engaged90d: null,
      singleThreaded: null,
      bestContact: null,
      segments: [],
      topics: [],
      mostEngaged: [],
      leastEngaged: [],
      sentiment90d: null,
      churn: null,
      nextOffer: null,
      topIssue: null,
      modelVersion,
    };
  const engaged = known.filter((p) => answers(p.facts, asOf, 0) > 0).length;
  const moods = known.flatMap((p) => p.score?.voice?.sentiment90d ?? []);
  const sentiment90d = moodOf(moods);
  return {
    status: 'ready',
    people: known.length,
    health: health(known, engaged, sentiment90d, asOf),
    value12m: spendOf(known),
    engaged90d: engaged,
    singleThreaded: engaged === 1,
    bestContact: bestContact(known),
    segments: segmentsOf(known),
    topics: topicsOf(known, asOf),
    ...engagement(known, asOf),
    sentiment90d,
    churn: churnOf(known),
    nextOffer: nextOffer(known, asOf),
    topIssue: topIssue(known, asOf),
    modelVersion,
  };
}

/** Replies, answered calls, held meetings and messages of theirs in the `back`-th 90 days before `asOf`. */
function answers({ interactions }: ContactFacts, asOf: Date, back: number): number {
  const to = asOf.getTime() - back * RECENT_MS;
  return interactions.filter((i) => {
    const time = i.at.getTime();
    const theirs = i.direction === 'inbound' || i.answered === true;
    return theirs && time <= to && time > to - RECENT_MS;
  }).length;
}

/** Points by rule, each a reason; their sum decides the band. `null` where nothing was ever recorded. */
function health(
  people: readonly CompanyPerson[],
  engaged: number,
  sentiment: Mood | null,
  asOf: Date,
): CompanyScore['health'] {
  const facts = people.map((p) => p.facts);
  const bought = facts
    .flatMap((f) => purchases(f, asOf))
    .sort((a, b) => a.at.getTime() - b.at.getTime());
  if (bought.length === 0 && facts.every((f) => f.interactions.length === 0)) return null;
  const reasons: Reason[] = [];
  const say = (code: string, effect: number, params: Reason['params']): void => {
    if (effect !== 0) reasons.push({ code, effect, params });
  };
  say('company_engaged', engaged === 0 ? -1 : engaged >= 2 ? 1 : 0, {
    engaged,
    people: people.length,
  });
  const now = facts.reduce((n, f) => n + answers(f, asOf, 0), 0);
  const before = facts.reduce((n, f) => n + answers(f, asOf, 1), 0);
  say('company_answers', before >= 4 && now <= before / 2 ? -1 : 0, { now, before });
  const open = facts.flatMap((f) => f.tickets).filter((t) => t.open).length;
  say('company_open_cases', open >= 3 ? -2 : open >= 1 ? -1 : 0, { open });
  say('company_sentiment', sentiment === 'negative' ? -1 : sentiment === 'positive' ? 1 : 0, {
    sentiment: sentiment ?? '',
  });
  const last = bought.at(-1);
  if (last !== undefined) {
    const days = (asOf.getTime() - last.at.getTime()) / DAY_MS;
    const first = bought[0] ?? last;
    const gap = (last.at.getTime() - first.at.getTime()) / DAY_MS / Math.max(1, bought.length - 1);
    const late = bought.length >= 2 && days > Math.max(90, 2 * gap);
    say('company_purchase', late ? -1 : days <= 90 ? 1 : 0, {
      days: Math.round(days),
      purchases: bought.length,
    });
  }
  const total = reasons.reduce((sum, r) => sum + r.effect, 0);
  const band: HealthBand =
    total >= HEALTHY_FROM ? 'healthy' : total <= AT_RISK_TO ? 'at_risk' : 'watch';
  return { band, total, reasons };
}

/**
 * The sum of points on the host's scale of 0 to 100, whose colours change at 33 and 66: at risk ends
 * at 32, watch is 50, healthy begins at 70; a point more is nine more.
 */
export function healthScore(total: number): number {
  const on = (start: number, points: number) =>
    Math.max(0, Math.min(100, start + SCORE_PER_POINT * points));
  if (total >= HEALTHY_FROM) return on(HEALTHY_SCORE, total - HEALTHY_FROM);
  return total <= AT_RISK_TO ? on(AT_RISK_SCORE, total - AT_RISK_TO) : WATCH_SCORE;
}

/** Sums; the interval treats people as independent of each other. */
function spendOf(people: readonly CompanyPerson[]): CompanyScore['value12m'] {
  const values = people.flatMap((p) => (p.score?.heldOut ? [] : (p.score?.value ?? [])));
  if (values.length === 0) return null;
  const expected = values.reduce((sum, v) => sum + v.expected12m, 0);
  const below = Math.hypot(...values.map((v) => v.expected12m - v.low));
  const above = Math.hypot(...values.map((v) => v.high - v.expected12m));
  return {
    expected: significant(expected),
    low: significant(Math.max(0, expected - below)),
    high: significant(expected + above),
  };
}

/** The likeliest to answer now, among those who may be reached and are not held out. */
function bestContact(people: readonly CompanyPerson[]): CompanyScore['bestContact'] {
  const [best] = people
    .flatMap(({ facts, score }) => {
      const first = score?.heldOut ? undefined : score?.reach?.ranked[0];
      return first === undefined
        ? []
        : [
            {
              id: facts.contact.id as string,
              channel: first.channel,
              chance: first.chance,
              at: score?.reach?.nextContactAt ?? null,
            },
          ];
    })
    .sort((a, b) => b.chance - a.chance);
  return best ?? null;
}

/** The fewest people, those expected to spend most first, who carry half of what all are expected to spend. */
function carriers(people: readonly CompanyPerson[]): CompanyPerson[] {
  const spend = ({ score }: CompanyPerson): number => score?.value?.expected12m ?? 0;
  const total = people.reduce((sum, p) => sum + spend(p), 0);
  if (total <= 0) return [...people];
  let carried = 0;
  return [...people]
    .sort((a, b) => spend(b) - spend(a))
    .filter((person) => {
      const needed = carried < total / 2;
      carried += spend(person);
      return needed;
    });
}

/** The highest band of the carriers; of equals the likeliest to leave. */
function churnOf(people: readonly CompanyPerson[]): CompanyScore['churn'] {
  const at = carriers(people).flatMap(({ facts, score }) =>
    score?.risk ? [{ id: facts.contact.id as string, ...score.risk }] : [],
  );
  const [worst] = [...at].sort(
    (a, b) => CHURN_BANDS.indexOf(a.band) - CHURN_BANDS.indexOf(b.band) || b.chance - a.chance,
  );
  return worst === undefined ? null : { band: worst.band, contactId: worst.id, of: at.length };
}

/** The offer with the highest sum of chances, among those that may be made and that nobody there owns. */
function nextOffer(people: readonly CompanyPerson[], asOf: Date): CompanyScore['nextOffer'] {
  const owned = new Set(people.flatMap((p) => [...ownedSkus(p.facts, asOf)]));
  const offers = new Map<string, { name: string; people: number; chance: number }>();
  for (const { score } of people) {
    const offer = score?.heldOut ? null : score?.offer;
    if (!offer || offer.blocked !== null || owned.has(offer.sku)) continue;
    const known = offers.get(offer.sku) ?? { name: offer.name, people: 0, chance: 0 };
    offers.set(offer.sku, {
      name: offer.name,
      people: known.people + 1,
      chance: known.chance + offer.chance,
    });
  }
  const [best] = [...offers].sort(
    ([a, x], [b, y]) => y.chance - x.chance || (a < b ? -1 : a > b ? 1 : 0),
  );
  return best === undefined ? null : { sku: best[0], name: best[1].name, people: best[1].people };
}

const byCount = <K extends string>(counts: ReadonlyMap<K, number>): [K, number][] =>
  [...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));

function segmentsOf(people: readonly CompanyPerson[]): CompanyScore['segments'] {
  const found = people.flatMap((p) => p.score?.segment ?? []);
  const counts = new Map<string, number>();
  for (const { id } of found) counts.set(id, (counts.get(id) ?? 0) + 1);
  return byCount(counts).flatMap(([id, n]) => {
    const segment = found.find((s) => s.id === id);
    return segment === undefined
      ? []
      : [{ id, since: segment.since, code: segment.code, people: n }];
  });
}

const isRecent = (at: Date, asOf: Date): boolean => {
  const age = asOf.getTime() - at.getTime();
  return age >= 0 && age <= RECENT_MS;
};

function topicsOf(people: readonly CompanyPerson[], asOf: Date): CompanyScore['topics'] {
  const seen = new Map<string, string>();
  for (const { facts, topics } of people)
    for (const { id, createdAt } of facts.tickets) {
      const topic = topics.get(id);
      if (topic !== undefined && isRecent(createdAt, asOf)) seen.set(id, topic);
    }
  const counts = new Map<string, number>();
  for (const topic of seen.values()) counts.set(topic, (counts.get(topic) ?? 0) + 1);
  return byCount(counts).map(([id, cases]) => ({ id, cases }));
}

function engagement(
  people: readonly CompanyPerson[],
  asOf: Date,
): Pick<CompanyScore, 'mostEngaged' | 'leastEngaged'> {
  const counted = people
    .map(({ facts }) => ({ id: facts.contact.id as string, answers: answers(facts, asOf, 0) }))
    .sort((a, b) => b.answers - a.answers || (a.id < b.id ? -1 : 1));
  return {
    mostEngaged: counted.filter((p) => p.answers > 0).slice(0, PEOPLE_NAMED),
    leastEngaged: counted.filter((p) => p.answers === 0).slice(0, PEOPLE_NAMED),
  };
}

/** The commonest topic, else category, of cases of the last 90 days; ties by name. */
function topIssue(people: readonly CompanyPerson[], asOf: Date): CompanyScore['topIssue'] {
  const cases = new Map(
    people.flatMap(({ facts, topics }) =>
      facts.tickets.map(({ id, category, createdAt }) => [
        id as string,
        { createdAt, issue: topics.get(id) ?? category },
      ]),
    ),
  );
  const counts = new Map<string, number>();
  for (const { issue, createdAt } of cases.values()) {
    if (issue === null || !isRecent(createdAt, asOf)) continue;
    counts.set(issue, (counts.get(issue) ?? 0) + 1);
  }
  const [top] = byCount(counts);
  return top === undefined ? null : { category: top[0], cases: top[1] };
}
