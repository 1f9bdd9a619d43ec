/** Canned answers of the sandbox's page API and of /api/status. */

const day = (n: number): string => new Date(Date.UTC(2026, 10, n, 10, 15)).toISOString();

const PROPERTIES = {
  firstname: 'Ana',
  lastname: 'Sousa',
  email: 'ana.sousa@example.com',
  phone: '+351 21 000 0000',
  jobtitle: 'Operations lead',
  lifecyclestage: 'customer',
  hs_timezone: 'Europe/Lisbon',
  hs_language: 'en',
  phone_consent: 'granted',
  hs_email_optout: 'false',
  rapport_status: 'ready',
  rapport_best_channel: 'phone',
  rapport_reply_prob: '0.5',
  rapport_value_band: 'high',
  rapport_segment: 'seg_03',
  rapport_scored_at: day(22),
  lastmodifieddate: day(22),
};

const options = (...values: string[]) => values.map((value) => ({ label: value, value }));
const DEFINITIONS = [
  { name: 'hs_timezone', type: 'enumeration', options: options('Europe/Lisbon', 'Asia/Shanghai') },
  { name: 'lifecyclestage', type: 'enumeration', options: options('lead', 'customer') },
  { name: 'phone_consent', type: 'enumeration', options: options('granted', 'denied') },
  { name: 'hs_email_optout', type: 'bool', options: [] },
];

export const fixtureRecord = (id: string, scoredAt: string) => ({
  id,
  properties: { ...PROPERTIES, rapport_scored_at: scoredAt },
  definitions: DEFINITIONS,
  scores: [
    {
      name: 'rapport_best_channel',
      label: 'Best channel',
      type: 'enumeration',
      options: options('phone', 'email'),
      value: 'phone',
    },
    {
      name: 'rapport_reply_prob',
      label: 'Chance of reply',
      type: 'number',
      options: [],
      value: '0.5',
    },
    {
      name: 'rapport_scored_at',
      label: 'Scored at',
      type: 'datetime',
      options: [],
      value: day(22),
    },
    { name: 'rapport_do_not_score', label: 'Do not score', type: 'bool', options: [], value: null },
  ],
  portal: { id: 7_700_001, timezone: 'Asia/Shanghai' },
  user: { id: 9, email: 'admin@sandbox.invalid' },
  company: { id: '1', name: 'Tejo Logistics', industry: null },
  deals: [{ id: '5', name: 'Renewal 2027', amount: '12000' }],
  feedback: [
    { id: '31', content: 'Helpful people, slow invoices.', survey: 'Yearly survey', at: day(4) },
  ],
  tickets: [
    {
      id: '901',
      subject: 'Invoice charged twice',
      content: 'The October invoice was charged twice. Please refund one of them today.',
      open: true,
      createdAt: day(21),
    },
  ],
  timeline: [
    {
      id: '1',
      kind: 'call',
      at: day(20),
      direction: 'outbound',
      title: '',
      body: 'Talked about the new plan.',
      answered: true,
    },
    {
      id: '2',
      kind: 'email',
      at: day(18),
      direction: 'outbound',
      title: 'Your renewal',
      body: 'Hello Ana, your plan renews next month.',
      answered: false,
    },
    {
      id: '3',
      kind: 'meeting',
      at: day(12),
      direction: null,
      title: 'Quarterly review',
      body: '',
      answered: true,
    },
    {
      id: '4',
      kind: 'communication',
      at: day(9),
      direction: 'inbound',
      title: '',
      body: '请问发票可以开中文的吗？',
      answered: null,
    },
  ],
});

export const fixtureContacts = () => ({
  total: 2000,
  after: '25',
  options: { rapport_segment: { seg_03: 'Regulars' }, rapport_best_channel: { phone: 'Phone' } },
  results: Array.from({ length: 25 }, (_, i) => ({
    id: String(101 + i),
    properties:
      i % 3 === 2
        ? {
            ...PROPERTIES,
            firstname: '伟',
            lastname: '王',
            email: `wang${i}@example.com`,
            rapport_best_channel: 'email',
            rapport_value_band: 'low',
          }
        : { ...PROPERTIES, email: `ana${i}@example.com` },
  })),
});

export const fixtureStatus = () => ({
  tenants: [
    {
      id: 'sandbox-7700001',
      host: 'sandbox',
      state: 'ready',
      contacts: { crm: 2000, stored: 2000, scored: 2000, written: 1987 },
      queue: { waiting: 3, active: 1, failed: 0, dirty: 12 },
      completeness: [
        {
          kind: 'contact',
          crm: 2000,
          stored: 2000,
          checksum: 'a3f0c2d49b1e7788',
          complete: true,
          checkedAt: day(22),
          lastGap: null,
        },
        {
          kind: 'call',
          crm: 6100,
          stored: 6098,
          checksum: '77b1c2d49b1e0a12',
          complete: false,
          checkedAt: day(22),
          lastGap: { at: day(22), missing: 2, surplus: 0 },
        },
      ],
      lastEventAt: new Date(Date.now() - 42_000).toISOString(),
      lastError: null,
      name: 'Sandbox CRM',
      model: {
        version: 'reach-1.seg-1.value-1.text-4+5f3a',
        trainedAt: day(21),
        report: {
          contacts: 2000,
          touches: 18_234,
          channel: {
            train: 14_587,
            test: 3_647,
            model: { logLoss: 0.561 },
            baseline: { logLoss: 0.603 },
          },
          type: { n: 912, accuracy: 0.91, baselineAccuracy: 0.44 },
          sentiment: { n: 912, accuracy: 0.83, baselineAccuracy: 0.39 },
          urgency: null,
        },
      },
      runs: [
        {
          kind: 'score',
          startedAt: day(22),
          finishedAt: day(22),
          counts: { scored: 12, written: 9 },
        },
        { kind: 'backfill', startedAt: day(21), finishedAt: null, counts: { contacts: 2000 } },
      ],
    },
  ],
});

const OBJECTS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  tickets: {
    subject: 'Invoice charged twice',
    content: 'The October invoice was charged twice.\nPlease refund one of them today.',
    rapport_feedback_type: 'problem;suggestion',
    rapport_urgency: 'now',
    rapport_priority: '85',
    rapport_followup_state: 'overdue',
  },
  deals: {
    dealname: 'Renewal 2027',
    amount: '12000',
    rapport_win_prob: '0.62',
    rapport_win_band: 'strong',
    rapport_next_touch: 'phone',
  },
  companies: {
    name: 'Tejo Logistics',
    industry: 'LOGISTICS_AND_SUPPLY_CHAIN',
    rapport_health_band: 'at_risk',
    rapport_value_12m: '21000',
    rapport_engaged_contacts_90d: '2',
  },
};

/** A list without an id, a record with one. */
export function fixtureObject(type: string, id: string | undefined): object {
  const properties = OBJECTS[type] ?? {};
  if (id === undefined)
    return { total: 1, after: null, options: {}, results: [{ id: '7', properties }] };
  const { scores, portal, user, timeline } = fixtureRecord('101', day(22));
  return {
    ...{ id, type, properties, scores, portal, user },
    name: properties['name'] ?? properties['dealname'] ?? properties['subject'],
    related: [{ type: 'contacts', id: '101', name: 'Ana Sousa' }],
    timeline: [
      {
        id: '77',
        kind: 'email',
        at: day(21),
        direction: 'outbound',
        title: 'Your second payment',
        body: 'We have asked the bank about the second payment.',
        answered: null,
      },
      ...timeline,
    ],
  };
}
