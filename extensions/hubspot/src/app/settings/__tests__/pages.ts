/** A settings page as the server answers it. */
import type { Differences, SettingsPage } from '../generated/settings-contract.ts';

export const ready: SettingsPage = {
  state: 'ready',
  mayChange: true,
  account: {
    name: 'Harbour Lane',
    accountId: '7777',
    state: 'ready',
    currency: 'EUR',
    timeZone: 'Europe/Lisbon',
    lastEventAt: '2026-11-23T09:15:00.000Z',
    lastError: null,
  },
  notices: [],
  objects: [
    {
      kind: 'contact',
      reads: ['firstname', 'email'],
      writes: [{ name: 'rapport_status', label: 'Rapport status', labelZh: '评分状态' }],
      crm: 2000,
      stored: 2000,
      complete: true,
      checkedAt: '2026-11-23T03:00:00.000Z',
      lastGap: null,
    },
    {
      kind: 'call',
      reads: ['hs_timestamp'],
      writes: [],
      crm: 500,
      stored: 498,
      complete: false,
      checkedAt: '2026-11-23T03:00:00.000Z',
      lastGap: { at: '2026-11-23T03:00:00.000Z', missing: 2, surplus: 0 },
    },
    {
      kind: 'note',
      reads: ['hs_note_body'],
      writes: [],
      crm: null,
      stored: null,
      complete: null,
      checkedAt: null,
      lastGap: null,
    },
  ],
  dryRun: {
    writing: false,
    planned: 1234,
    sending: 0,
    runs: [
      { run: 7, kind: 'score', at: '2026-11-22T12:00:00.000Z', records: 12, properties: 60 },
      { run: 5, kind: 'score', at: '2026-11-21T12:00:00.000Z', records: 3, properties: 9 },
    ],
  },
  model: {
    version: 'portal-3',
    trainedAt: '2026-11-20T01:00:00.000Z',
    touches: 31_000,
    verdict: 'cannot_tell',
    frozen: null,
    alarms: [],
  },
  values: {
    holdoutShare: 0.1,
    explorationShare: 0.05,
    touchesPerWeek: 3,
    quietHours: { fromHour: 20, toHour: 8 },
    businessHours: { fromHour: 9, toHour: 18 },
    businessDays: [1, 2, 3, 4, 5],
    demographics: ['location'],
    due: [
      { type: 'problem', urgency: 'now', hours: 1 },
      { type: 'any', urgency: 'any', hours: null },
    ],
    replies: { gate: 0.6, askFrom: 0.35 },
    autoFreeze: true,
    retrainEveryDays: 7,
    optionalProperties: false,
    overdueTasks: false,
    viewers: [],
    editors: ['ana@example.test'],
  },
};

export const differences: Differences = {
  records: [
    {
      write: 90,
      kind: 'contact',
      id: '101',
      name: 'Zoe',
      url: 'https://crm.example.test/101',
      changes: [
        {
          property: 'rapport_status',
          label: 'Rapport status',
          labelZh: '评分状态',
          old: null,
          new: 'ready',
        },
        {
          property: 'rapport_best_channel',
          label: 'Best channel',
          labelZh: '最佳渠道',
          old: 'email',
          new: 'phone',
        },
      ],
    },
  ],
  next: 90,
};

export const lastDifferences: Differences = {
  records: differences.records.map((record) => ({ ...record, write: 80, id: '102' })),
  next: null,
};
