/** Everything one contact card needs, from stored scores alone. */
import type { CardChannel, CardState, ContactCard } from '../core/card.ts';
import { type Channel, WRITTEN_CHANNELS } from '../core/channel.ts';
import type { Contact } from '../core/record.ts';
import type {
  ChannelChance,
  ContactScore,
  ReachAdvice,
  RiskScore,
  ScoreStatus,
  SegmentScore,
} from '../core/score.ts';
import type { Tenant } from '../core/tenant.ts';
import { inOrderOfShowing } from '../models/explain.ts';
import type { ModelReport } from '../models/portal-models.ts';
import type { Clock } from '../ports/clock.ts';
import type { ScoreRow } from '../ports/score-store.ts';
import type { Store } from '../ports/store.ts';
import { readFeedback } from './card-feedback.ts';
import { namesOf } from './manage-segments.ts';
import { setAsideOf } from './not-now.ts';

const STALE_HOURS = 48;
const MONTHS_SHOWN = 12;
/** Touches for a score of their own, where no fitted model says how many it takes. */
const NEED = 5;

export interface CardPorts {
  readonly store: Store;
  readonly clock: Clock;
}

/** Every state is an answer; `null` tenant = the account is not connected. */
export async function showCard(
  { store, clock }: CardPorts,
  tenant: Tenant | null,
  contactId: string,
): Promise<ContactCard> {
  if (tenant === null || tenant.state === 'parked') return bare('not_connected', contactId);
  const [contact] = await store.records.get<Contact>(tenant.id, 'contact', [contactId]);
  if (contact === undefined) return bare('empty', contactId);
  const [row] = await store.scores.get(tenant.id, 'contact', [contactId]);
  const known = {
    contact: {
      id: contactId,
      name: calledName(contact),
      timeZone: contact.timeZone ?? tenant.settings.reach.defaultTimeZone,
    },
    feedback: await readFeedback(store, tenant, contactId),
  };
  if (row === undefined) return { ...bare('empty', contactId), ...known };
  const score = row.data as ContactScore;
  // Nobody at the card may see what the holdout would have been advised.
  if (score.status === 'holdout')
    return {
      ...bare('holdout', contactId),
      ...known,
      feedback: [],
      scoredAt: row.scoredAt.toISOString(),
    };
  const { reach } = score;
  const report = (await store.models.summary(tenant.id))?.report as ModelReport | undefined;
  return {
    ...known,
    state: stateOf(score, row, clock.now()),
    reach:
      reach === null
        ? null
        : {
            best: reach.ranked[0] === undefined ? null : toCardChannel(reach.ranked[0]),
            others: reach.ranked.slice(1).map(toCardChannel),
            blocked: reach.blocked,
            from: reach.nextContactAt,
            until: reach.nextContactUntil,
            touches7d: reach.touches7d,
            touchesPerWeek: tenant.settings.reach.touchesPerWeek,
            written: writtenChannel(reach),
          },
    segment:
      score.segment === null
        ? null
        : {
            id: score.segment.id,
            code: score.segment.code,
            distance: score.segment.distance,
            runnerUp: score.segment.runnerUp,
            name: await nameOf(store, tenant, score.segment),
            reasons: inOrderOfShowing(score.segment.reasons),
          },
    risk: toCardRisk(score.risk ?? null),
    value:
      score.value === null
        ? null
        : {
            band: score.value.band,
            expected12m: score.value.expected12m,
            low: score.value.low,
            high: score.value.high,
            currency: tenant.currency,
          },
    offer: toCardOffer(score.offer ?? null),
    setAside: await setAsideOf(
      { store, clock },
      tenant,
      contactId,
      reach?.ranked[0]?.channel ?? null,
    ),
    trend: await trendOf(store, tenant, contactId),
    need: report?.touchesForPersonal ?? NEED,
    have: (reach?.ranked ?? []).reduce((sum, c) => sum + c.tried, 0),
    scoredAt: row.scoredAt.toISOString(),
    modelVersion: row.modelVersion,
  };
}

/** What a score's status and age mean on a card. */
export function stateOf(
  score: { readonly status: ScoreStatus },
  row: ScoreRow,
  now: Date,
): CardState {
  switch (score.status) {
    case 'excluded':
      return 'excluded';
    case 'holdout':
      return 'holdout';
    case 'consent_blocked':
      return 'blocked';
    case 'learning':
      return 'baseline';
    case 'no_data':
    case 'unsupported_language':
    case 'error':
      return 'empty';
    case 'ready':
      return isStale(row, now) ? 'stale' : 'ready';
  }
}

export const isStale = (row: ScoreRow, now: Date): boolean =>
  now.getTime() - row.scoredAt.getTime() > STALE_HOURS * 3600_000;

function toCardRisk(risk: RiskScore | null): ContactCard['risk'] {
  if (risk === null) return null;
  const { band, chance, usual, days, before } = risk;
  const change = before?.churnChance == null ? null : chance - before.churnChance;
  return { band, chance, usual, days, change, reasons: inOrderOfShowing(risk.reasons) };
}

/** The first of the ranked channels on which one writes. */
export const writtenChannel = ({ ranked }: ReachAdvice): Channel | null =>
  ranked.find((c) => WRITTEN_CHANNELS.includes(c.channel))?.channel ?? null;

async function trendOf(store: Store, tenant: Tenant, id: string): Promise<ContactCard['trend']> {
  const months = await store.history.months(tenant.id, id, MONTHS_SHOWN);
  return months.map(({ month, churnChance, value12m }) => ({
    month,
    churn: churnChance,
    value: value12m,
  }));
}

async function nameOf(
  store: Store,
  tenant: Tenant,
  { id, since }: SegmentScore,
): Promise<string | null> {
  if (since === null) return null;
  return (await namesOf(store, tenant.id, [{ id, since }])).get(id) ?? null;
}

/** By the first name, or by family and given name together where that is the custom. */
export const calledName = ({ firstName, lastName }: Contact): string =>
  /\p{Script=Han}/u.test(firstName + lastName) ? `${lastName}${firstName}` : firstName || lastName;

/** Both names, in the order that is the custom. */
export const fullName = ({ firstName, lastName }: Contact): string =>
  /\p{Script=Han}/u.test(firstName + lastName)
    ? `${lastName}${firstName}`
    : `${firstName} ${lastName}`.trim();

const bare = (state: CardState, id: string): ContactCard => ({
  state,
  contact: { id, name: '', timeZone: 'UTC' },
  reach: null,
  segment: null,
  risk: null,
  value: null,
  offer: null,
  feedback: [],
  setAside: null,
  trend: [],
  have: 0,
  need: NEED,
  scoredAt: null,
  modelVersion: null,
});

const toCardOffer = (offer: ContactScore['offer']): ContactCard['offer'] =>
  offer === null
    ? null
    : {
        name: offer.name,
        basis: offer.basis,
        because: offer.because?.name ?? null,
        chance: offer.chance,
        usual: offer.usual,
        n: offer.n,
        blocked: offer.blocked,
      };

const toCardChannel = (c: ChannelChance): CardChannel => ({
  channel: c.channel,
  chance: c.chance,
  low: c.low,
  high: c.high,
  usual: c.usual,
  evidence: c.evidence,
  tried: c.tried,
  answered: c.answered,
  reasons: inOrderOfShowing(c.reasons),
});
