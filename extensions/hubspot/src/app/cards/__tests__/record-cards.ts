/** Cards of tickets, deals and companies to render in tests: one full card each. */
import type { CompanyCard, DealCard, TicketCard } from '../generated/card-contract.ts';

export const hoursAgo = (n: number): string => new Date(Date.now() - n * 3_600_000).toISOString();

export const ticketReady: TicketCard = {
  state: 'ready',
  ticket: { id: '901', subject: 'Invoice charged twice', open: true },
  types: [
    { label: 'problem', confidence: 0.91 },
    { label: 'suggestion', confidence: 0.64 },
  ],
  sentiment: {
    label: 'negative',
    confidence: 0.8,
    evidence: 'This is the second time this year and I am tired of it.',
  },
  urgency: { label: 'now', confidence: 0.7 },
  topic: { id: 'billing', name: { en: 'Billing and payment', zh: '账单与付款' } },
  topics: [
    { id: 'billing', name: { en: 'Billing and payment', zh: '账单与付款' } },
    { id: 'delivery', name: { en: 'Delivery', zh: '配送' } },
  ],
  evidence: 'The October invoice was charged twice.',
  corrected: [],
  language: 'mixed',
  languages: [
    { language: 'en', sentences: 4 },
    { language: 'zh_hans', sentences: 1 },
  ],
  entities: [
    { kind: 'money', text: '€120', value: 'EUR 120' },
    { kind: 'order_number', text: 'A-20311', value: 'A20311' },
  ],
  summary: [
    {
      text: 'The October invoice was charged twice.',
      from: 'customer',
      at: hoursAgo(50),
      source: { kind: 'ticket', id: '901' },
    },
    {
      text: 'We have asked the bank about the second payment.',
      from: 'us',
      at: hoursAgo(30),
      source: { kind: 'email', id: '77' },
    },
  ],
  similar: [
    {
      id: '700',
      subject: 'Charged twice in May',
      similarity: 0.82,
      outcome: 'closed',
      closedAt: hoursAgo(2000),
      days: 2.1,
      resolution: 'We refunded the second payment.',
    },
    {
      id: '701',
      subject: 'Double payment',
      similarity: 0.6,
      outcome: 'open',
      closedAt: null,
      days: null,
      resolution: null,
    },
  ],
  reply: {
    kind: 'answer',
    text: 'Hello Ana,\nwe refund the second payment within [days].',
    language: 'en',
    confidence: 0.78,
    source: { kind: 'case', id: '700', title: 'Charged twice in May' },
    reason: null,
    blanks: 1,
  },
  followUp: {
    state: 'overdue',
    dueAt: hoursAgo(2),
    waitingSince: hoursAgo(10),
    answeredAt: hoursAgo(30),
    answeredBy: { kind: 'email', id: '77', repId: '9' },
    cameBack: true,
    evidence: 'case',
  },
  priority: {
    score: 85,
    parts: [
      { factor: 'urgency', input: 'now', value: 1, weight: 1 },
      { factor: 'value', input: 'high', value: 0.85, weight: 1 },
      { factor: 'waiting', input: '10.0h', value: 1, weight: 2 },
    ],
  },
  reasons: [{ code: 'text_term', effect: 1.1, params: { term: 'charged twice' } }],
  person: {
    id: '101',
    name: 'Ana',
    timeZone: 'Europe/Lisbon',
    channel: 'email',
    chance: 0.45,
    at: '2026-11-24T09:00:00.000Z',
  },
  past: [
    {
      source: 'ticket',
      id: '650',
      title: 'Late parcel',
      type: 'problem',
      typeConfidence: 0.9,
      sentiment: 'neutral',
      urgency: 'none',
      language: 'en',
      at: hoursAgo(900),
      open: false,
    },
  ],
  scoredAt: hoursAgo(0.1),
  modelVersion: 'text-3',
};

export const ticketBare: TicketCard = {
  ...ticketReady,
  types: [],
  sentiment: null,
  urgency: null,
  topic: null,
  evidence: null,
  languages: [],
  entities: [],
  summary: [],
  similar: [],
  reply: null,
  followUp: null,
  priority: null,
  reasons: [],
  person: null,
  past: [],
  scoredAt: null,
  modelVersion: null,
};

const ana = {
  id: '101',
  name: 'Ana',
  timeZone: 'Europe/Lisbon',
  channel: 'phone',
  chance: 0.5,
  at: '2026-11-24T09:00:00.000Z',
} as const;

export const dealReady: DealCard = {
  state: 'ready',
  deal: { id: '5', name: 'Renewal 2027', amount: 12_000, currency: 'EUR' },
  win: {
    chance: 0.62,
    low: 0.5,
    high: 0.73,
    usual: 0.41,
    band: 'strong',
    better: true,
    won: 3210,
    lost: 302,
    reasons: [
      { code: 'deal_answers_30d', effect: 0.8, params: { value: 4, usual: 1.2 } },
      { code: 'deal_amount', effect: 0.2, params: { value: 12_000, usual: 8000 } },
      { code: 'deal_silence', effect: -0.4, params: { value: 12, usual: 6 } },
    ],
  },
  silentDays: 12,
  stalledAfterDays: 21,
  stalled: false,
  people: [
    {
      id: '101',
      name: 'Ana Sousa',
      channel: 'phone',
      chance: 0.5,
      lastTouchAt: hoursAgo(290),
    },
    { id: '102', name: '王伟', channel: null, chance: null, lastTouchAt: null },
  ],
  nextTouch: ana,
  expectedValue: 7440,
  scoredAt: hoursAgo(0.1),
  modelVersion: 'deal-2',
};

export const dealBare: DealCard = {
  ...dealReady,
  win: null,
  silentDays: null,
  stalledAfterDays: null,
  stalled: null,
  people: [],
  nextTouch: null,
  expectedValue: null,
  scoredAt: null,
  modelVersion: null,
};

export const companyReady: CompanyCard = {
  state: 'ready',
  company: { id: '9', name: 'Tejo Logistics' },
  health: {
    band: 'at_risk',
    score: 32,
    reasons: [
      { code: 'company_open_cases', effect: -2, params: { open: 3 } },
      { code: 'company_sentiment', effect: -1, params: { sentiment: 'negative' } },
      { code: 'company_engaged', effect: 1, params: { engaged: 2, people: 5 } },
    ],
  },
  value: { expected12m: 21_000, low: 15_000, high: 29_000, currency: 'EUR' },
  people: 5,
  engaged90d: 2,
  singleThreaded: false,
  bestContact: ana,
  segments: [
    { id: 'seg_01', code: 'buys_often+answers_phone', name: null, people: 3 },
    { id: 'seg_02', code: 'long_silent', name: 'Sleepers', people: 2 },
  ],
  topics: [
    { topic: { id: 'billing', name: { en: 'Billing and payment', zh: '账单与付款' } }, cases: 3 },
    { topic: { id: 'delivery', name: { en: 'Delivery', zh: '配送' } }, cases: 1 },
  ],
  mostEngaged: [{ id: '101', name: 'Ana Sousa', answers90d: 7 }],
  leastEngaged: [{ id: '102', name: '王伟', answers90d: 0 }],
  sentiment90d: 'negative',
  topIssue: { category: 'BILLING_ISSUE', cases: 3 },
  scoredAt: hoursAgo(0.1),
  modelVersion: 'reach-14',
};

export const companyBare: CompanyCard = {
  ...companyReady,
  health: null,
  value: null,
  people: 0,
  engaged90d: null,
  singleThreaded: null,
  bestContact: null,
  segments: [],
  topics: [],
  mostEngaged: [],
  leastEngaged: [],
  sentiment90d: null,
  topIssue: null,
  scoredAt: null,
  modelVersion: null,
};
