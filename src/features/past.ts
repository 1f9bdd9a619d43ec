/** One contact's facts as they were known at a moment, sorted once for all features. */
import type { ReachRules } from '../core/channel.ts';
import { type Touch, touches } from './channel-history.ts';
import { type ContactFacts, DAY_MS } from './facts.ts';
import { type Purchase, purchases } from './purchases.ts';

/** Times are milliseconds since 1970, all at or before `now`, ascending. */
export interface Past {
  readonly now: number;
  readonly recordAt: number;
  readonly purchases: readonly Purchase[];
  /** Pieces bought by product. */
  readonly products: ReadonlyMap<string, number>;
  /** Deals that were being worked on, and when others were lost. */
  readonly openDeals: number;
  readonly lostAt: readonly number[];
  /** Outbound touches whose outcome is known and final. */
  readonly touches: readonly Touch[];
  readonly sentAt: readonly number[];
  /** Signs of life: what came from them, and what they answered. */
  readonly signsAt: readonly number[];
  /** Hours from a sent e-mail to the reply. */
  readonly replyHours: readonly number[];
  readonly casesAt: readonly number[];
  readonly ratings: readonly { readonly at: number; readonly rating: number }[];
}

const REPLY_MS = 7 * DAY_MS;

/**
 * What was known at `asOf`: whatever is dated later is not looked at.
 * @param tried the contact's touches at `asOf`, where they are known already.
 */
export function pastOf(
  facts: ContactFacts,
  asOf: Date,
  rules: Pick<ReachRules, 'defaultTimeZone'>,
  tried: readonly Touch[] = touches(facts, asOf, rules),
): Past {
  const now = asOf.getTime();
  const until = (at: Date): boolean => at.getTime() <= now;
  const past = facts.interactions.filter(({ at }) => until(at));
  const ascending = (a: number, b: number): number => a - b;
  const signsAt = past
    .filter(({ direction, answered }) => direction === 'inbound' || answered === true)
    .map(({ at }) => at.getTime())
    .sort(ascending);
  const sentAt = past
    .filter(({ direction }) => direction === 'outbound')
    .map(({ at }) => at.getTime())
    .sort(ascending);
  return {
    now,
    recordAt: Math.min(now, facts.contact.createdAt.getTime()),
    purchases: purchases(facts, asOf),
    products: productsOf(facts, now),
    openDeals: facts.deals.filter(
      ({ createdAt, stage, closedAt }) =>
        until(createdAt) && (stage === 'open' || closedAt === null || !until(closedAt)),
    ).length,
    lostAt: facts.deals
      .flatMap(({ stage, closedAt }) =>
        stage === 'lost' && closedAt !== null && until(closedAt) ? [closedAt.getTime()] : [],
      )
      .sort(ascending),
    touches: tried.filter(({ settled }) => settled),
    sentAt,
    signsAt,
    replyHours: replyHours(past),
    casesAt: facts.tickets
      .filter(({ createdAt }) => until(createdAt))
      .map(({ createdAt }) => createdAt.getTime())
      .sort(ascending),
    ratings: facts.feedback
      .flatMap(({ at, rating }) =>
        rating === null || !until(at) ? [] : [{ at: at.getTime(), rating }],
      )
      .sort((a, b) => a.at - b.at),
  };
}

function productsOf({ deals, lineItems }: ContactFacts, now: number): Map<string, number> {
  const bought = new Set<string>(
    deals
      .filter((d) => d.stage === 'won' && d.closedAt !== null && d.closedAt.getTime() <= now)
      .map((d) => d.id),
  );
  const pieces = new Map<string, number>();
  for (const { links, sku, name, quantity } of lineItems) {
    if (!links.some(({ kind, id }) => kind === 'deal' && bought.has(id))) continue;
    const product = sku ?? name;
    pieces.set(product, (pieces.get(product) ?? 0) + Math.max(0, quantity));
  }
  return pieces;
}

function replyHours(past: ContactFacts['interactions']): number[] {
  const mails = past
    .filter(({ channel }) => channel === 'email')
    .sort((a, b) => a.at.getTime() - b.at.getTime());
  return mails.flatMap((mail, i) => {
    const next = mails[i + 1];
    if (mail.direction !== 'outbound' || next?.direction !== 'inbound') return [];
    const waited = next.at.getTime() - mail.at.getTime();
    return waited > REPLY_MS ? [] : [waited / 3_600_000];
  });
}
