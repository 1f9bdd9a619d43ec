/** Who a contact is to the business, as numbers: purchases, contacts and cases up to a moment. */
import { type ContactFacts, DAY_MS } from './facts.ts';
import { rfm } from './recency.ts';
import { type NamedVector, namedVector } from './vector.ts';

/** What every profile holds, in order; counts and amounts as ln(1 + x). */
export const PROFILE_FEATURES = [
  'recency',
  'frequency',
  'monetary',
  'inbound_year',
  'outbound_year',
  'silence',
  'cases_year',
] as const;
export type ProfileFeature = (typeof PROFILE_FEATURES)[number];

/** Days that stand for "never", so that never and long ago lie close together. */
const NEVER_DAYS = 1095;
const YEAR_MS = 365.25 * DAY_MS;

/** The profile of a contact at `asOf`; nothing later is looked at. */
export function profile(facts: ContactFacts, asOf: Date): NamedVector {
  const now = asOf.getTime();
  const { recencyDays, frequency, monetary } = rfm(facts, asOf);
  let inbound = 0;
  let outbound = 0;
  let last = Number.NEGATIVE_INFINITY;
  for (const { at, direction, answered } of facts.interactions) {
    const time = at.getTime();
    if (time > now) continue;
    const fromThem = direction === 'inbound' || answered === true;
    if (fromThem) last = Math.max(last, time);
    if (time <= now - YEAR_MS) continue;
    if (fromThem) inbound++;
    if (direction === 'outbound') outbound++;
  }
  const cases = facts.tickets.filter(
    ({ createdAt }) => createdAt.getTime() <= now && createdAt.getTime() > now - YEAR_MS,
  ).length;
  const silentDays = Math.min(NEVER_DAYS, (now - last) / DAY_MS);
  const values: Record<ProfileFeature, number> = {
    recency: Math.log1p(Math.min(NEVER_DAYS, recencyDays ?? NEVER_DAYS)),
    frequency: Math.log1p(frequency),
    monetary: Math.log1p(monetary),
    inbound_year: Math.log1p(inbound),
    outbound_year: Math.log1p(outbound),
    silence: Math.log1p(silentDays),
    cases_year: Math.log1p(cases),
  };
  return namedVector(values);
}
