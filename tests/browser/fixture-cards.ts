/** Canned cards, one per state of src/core/card.ts, for the browser tests. */
import {
  companyBare,
  companyReady,
  dealBare,
  dealReady,
  ticketBare,
  ticketReady,
} from '../../extensions/hubspot/src/app/cards/__tests__/record-cards.ts';
import type {
  CardChannel,
  CardDetails,
  CardDraft,
  CardReading,
  CardState,
  ContactCard,
} from '../../src/core/card.ts';

const HOUR_MS = 3_600_000;
const hoursAgo = (hours: number): string => new Date(Date.now() - hours * HOUR_MS).toISOString();

function channel(name: string, part: Partial<CardChannel>): CardChannel {
  return {
    channel: name,
    chance: 0.2,
    low: 0.1,
    high: 0.34,
    usual: 0.15,
    evidence: 'similar',
    tried: 2,
    answered: 0,
    reasons: [],
    ...part,
  };
}

const phone = channel('phone', {
  chance: 0.5,
  low: 0.35,
  high: 0.65,
  usual: 0.25,
  evidence: 'personal',
  tried: 11,
  answered: 6,
  reasons: [
    {
      code: 'personal_history',
      effect: 0.9,
      params: { channel: 'phone', answered: 6, tried: 11 },
    },
    { code: 'day_part', effect: 0.3, params: { dayPart: 'morning' } },
    { code: 'lifecycle', effect: -0.2, params: { value: 'lead' } },
    { code: 'something_new', effect: 0.01, params: {} },
  ],
});

/** Next Tuesday, 09:00–11:00 in Lisbon (UTC in winter). */
const FROM = '2026-11-24T09:00:00.000Z';
const UNTIL = '2026-11-24T11:00:00.000Z';

export function fixtureCard(state: CardState, contactId: string): ContactCard {
  const blocked = state === 'blocked';
  const bare = ['empty', 'excluded', 'not_connected', 'no_access'].includes(state);
  const best =
    state === 'baseline'
      ? { ...phone, evidence: 'everyone' as const, tried: 1, answered: 0 }
      : phone;
  return {
    state,
    contact: { id: contactId, name: 'Ana', timeZone: 'Europe/Lisbon' },
    reach: bare
      ? null
      : {
          best: blocked ? null : best,
          others: blocked
            ? []
            : [
                channel('email', { chance: 0.19, usual: 0.12, tried: 14, answered: 3 }),
                channel('meeting', { chance: 0.11, low: 0.03, high: 0.3, usual: 0.18, tried: 0 }),
              ],
          blocked: blocked
            ? [
                { channel: 'phone', code: 'consent_denied' },
                { channel: 'email', code: 'touch_cap' },
              ]
            : [{ channel: 'sms', code: 'consent_missing' }],
          from: blocked ? null : FROM,
          until: blocked ? null : UNTIL,
          touches7d: 1,
          touchesPerWeek: 3,
          written: blocked ? null : 'email',
        },
    segment: bare
      ? null
      : {
          id: 'seg_03',
          code: 'buys_often+in_close_touch',
          name: null,
          distance: 1.2,
          runnerUp: 'seg_01',
          reasons: [
            {
              code: 'segment_feature',
              effect: 1.6,
              params: { feature: 'purchases', value: 6, usual: 1.8 },
            },
            {
              code: 'segment_feature',
              effect: -0.9,
              params: { feature: 'silence_days', value: 12, usual: 84.2 },
            },
          ],
        },
    risk: bare
      ? null
      : { band: 'rising', chance: 0.18, usual: 0.12, days: 90, change: 0.06, reasons: [] },
    value: bare
      ? null
      : { band: 'high', expected12m: 4200, low: 2900, high: 6100, currency: 'EUR' },
    offer: null,
    feedback: bare
      ? []
      : [
          {
            source: 'ticket',
            id: '901',
            title: 'Invoice charged twice',
            type: 'problem',
            typeConfidence: 0.91,
            sentiment: 'negative',
            urgency: 'now',
            language: 'en',
            at: hoursAgo(50),
            open: true,
          },
          {
            source: 'feedback',
            id: '902',
            title: 'Obrigada pela ajuda',
            type: null,
            typeConfidence: null,
            sentiment: null,
            urgency: null,
            language: 'other',
            at: hoursAgo(400),
            open: false,
          },
        ],
    setAside: null,
    trend: [
      { month: '2026-09', churn: 0.11, value: 4000 },
      { month: '2026-10', churn: 0.12, value: 4100 },
      { month: '2026-11', churn: 0.18, value: 4200 },
    ],
    have: state === 'baseline' ? 2 : bare ? 0 : 11,
    need: 5,
    scoredAt: bare ? null : hoursAgo(state === 'stale' ? 30 : 0.04),
    modelVersion: bare ? null : 'reach-14',
  };
}

const RECORD_CARDS: Readonly<Record<string, readonly [ready: object, bare: object]>> = {
  '/hubspot/ticket-card': [ticketReady, ticketBare],
  '/hubspot/deal-card': [dealReady, dealBare],
  '/hubspot/company-card': [companyReady, companyBare],
};
const WITH_CONTENT = ['ready', 'stale', 'learning', 'baseline', 'blocked'];

/** The card that a path of the card endpoint answers, in this state. */
export function fixtureCardOf(path: string, state: string, id: string): object {
  const [ready, bare] = RECORD_CARDS[path] ?? [];
  if (ready === undefined || bare === undefined) return fixtureCard(state as CardState, id);
  const types = state === 'learning' ? { types: [] } : {};
  return { ...(WITH_CONTENT.includes(state) ? ready : bare), ...types, state };
}

const draft: CardDraft = {
  text: 'Hello Ana,\n\nThank you for writing about “Invoice charged twice”. I am looking into it and will get back to you by […].\n\nKind regards',
  from: null,
  blanks: 1,
};

const details: CardDetails = {
  channel: 'phone',
  start: 0.25,
  steps: phone.reasons.map((reason, at) => ({ reason, chance: [0.47, 0.54, 0.5, 0.5][at] ?? 0.5 })),
  changes: [
    { code: 'answered_once', channel: 'phone', chance: 0.53 },
    { code: 'missed_once', channel: 'phone', chance: 0.46 },
    { code: 'allowed', channel: 'sms', chance: 0.21 },
  ],
};

const reading: CardReading = { type: 'problem', urgency: 'now', sentiment: 'negative' };

/** What the contact card's windows ask for. */
export const fixturePanel = (path: string): object | undefined =>
  ({ '/hubspot/draft': draft, '/hubspot/details': details, '/hubspot/read': reading })[path];
