/** What Rapport says of one company: rolled up from its people's scores and facts by stated rules. */
import type { CompanyScore, ContactScore, HealthBand, Mood, Reason } from '../core/score.ts';
import { type ContactFacts, DAY_MS } from '../features/facts.ts';
import { purchases } from '../features/purchases.ts';
import { significant } from './numbers.ts';
import { moodOf } from './voice.ts';

export interface CompanyPerson {
  readonly facts: ContactFacts;
  /** `null` while the person has no score. */
  readonly score: ContactScore | null;
}

const RECENT_MS = 90 * DAY_MS;
/** The sum of effects from which a company is well, and up to which it is at risk. */
const HEALTHY_FROM = 0;
const AT_RISK_TO = -2;

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
      sentiment90d: null,
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
    sentiment90d,
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

/** The commonest category of cases of the last 90 days; ties by name. */
function topIssue(people: readonly CompanyPerson[], asOf: Date): CompanyScore['topIssue'] {
  const counts = new Map<string, number>();
  for (const { facts } of people)
    for (const { category, createdAt } of facts.tickets) {
      const age = asOf.getTime() - createdAt.getTime();
      if (category === null || age < 0 || age > RECENT_MS) continue;
      counts.set(category, (counts.get(category) ?? 0) + 1);
    }
  const [top] = [...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
  return top === undefined ? null : { category: top[0], cases: top[1] };
}
