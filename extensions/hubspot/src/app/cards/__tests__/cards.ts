/** Cards to render in tests: one full card, changed as a test needs it. */
import type { CardChannel, ContactCard } from '../generated/card-contract.ts';

export const phone: CardChannel = {
  channel: 'phone',
  chance: 0.5,
  low: 0.35,
  high: 0.65,
  usual: 0.25,
  evidence: 'personal',
  tried: 11,
  answered: 6,
  reasons: [
    { code: 'personal_history', effect: 0.9, params: { channel: 'phone', answered: 6, tried: 11 } },
    { code: 'day_part', effect: 0.3, params: { dayPart: 'morning' } },
    { code: 'lifecycle', effect: -0.2, params: { field: 'lifecycle', value: 'lead' } },
    { code: 'trait_industry', effect: 0.01, params: { field: 'industry', value: 'retail' } },
  ],
};

export const email: CardChannel = {
  ...phone,
  channel: 'email',
  chance: 0.19,
  low: 0.1,
  high: 0.3,
  usual: 0.12,
  evidence: 'similar',
  tried: 1,
  answered: 0,
  reasons: [],
};

export const ready: ContactCard = {
  state: 'ready',
  contact: { id: '123', name: 'Ana', timeZone: 'Europe/Lisbon' },
  reach: {
    best: phone,
    others: [email],
    blocked: [{ channel: 'sms', code: 'consent_missing' }],
    from: '2026-11-24T09:00:00.000Z',
    until: '2026-11-24T11:00:00.000Z',
    touches7d: 1,
    touchesPerWeek: 3,
    written: 'email',
  },
  segment: {
    id: 'seg_03',
    code: 'buys_often+answers_phone_morning',
    name: null,
    distance: 1.2,
    runnerUp: 'seg_01',
    reasons: [
      {
        code: 'segment_feature',
        effect: 1.6,
        params: { feature: 'purchases', value: 6, usual: 1.84 },
      },
    ],
  },
  risk: {
    band: 'rising',
    chance: 0.18,
    usual: 0.12,
    days: 90,
    change: 0.06,
    reasons: [
      {
        code: 'churn_feature',
        effect: 0.7,
        params: { feature: 'silence_days', value: 48, usual: 20 },
      },
    ],
  },
  value: { band: 'high', expected12m: 4200, low: 2900, high: 6100, currency: 'EUR' },
  offer: {
    name: 'Onboarding pack',
    basis: 'rule',
    because: 'Desk',
    chance: 0.31,
    usual: 0.09,
    n: 412,
    blocked: null,
  },
  feedback: [
    {
      source: 'ticket',
      id: '901',
      title: 'Invoice charged twice',
      type: 'problem',
      typeConfidence: 0.9,
      sentiment: 'negative',
      urgency: 'now',
      language: 'en',
      at: '2026-11-20T10:00:00.000Z',
      open: true,
    },
  ],
  setAside: null,
  trend: [
    { month: '2026-09', churn: 0.11, value: 4000 },
    { month: '2026-10', churn: 0.12, value: 4100 },
    { month: '2026-11', churn: 0.18, value: 4200 },
  ],
  have: 11,
  need: 5,
  scoredAt: '2026-11-23T10:00:00.000Z',
  modelVersion: 'reach-14',
};

export const bare: ContactCard = {
  ...ready,
  reach: null,
  segment: null,
  risk: null,
  value: null,
  feedback: [],
  have: 0,
  scoredAt: null,
  modelVersion: null,
};
