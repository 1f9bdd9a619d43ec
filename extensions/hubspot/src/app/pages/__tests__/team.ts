/** An app page as the server answers it. */
import type { TeamPage } from '../generated/team-contract.ts';

export const ready: TeamPage = {
  state: 'ready',
  statistics: {
    contacts: 2000,
    scored: 1990,
    replies: { value: 0.31, low: 0.29, high: 0.33, n: 4100, days: 90 },
    open: 42,
    overdue: 5,
  },
  cases: [
    {
      id: '7',
      title: 'Charged twice',
      url: 'https://crm.example.test/7',
      contact: 'Zoe',
      overdue: true,
      dueAt: '2026-11-23T08:00:00.000Z',
      type: 'problem',
      urgency: 'now',
    },
    {
      id: '8',
      title: '',
      url: 'https://crm.example.test/8',
      contact: null,
      overdue: false,
      dueAt: '2026-11-24T08:00:00.000Z',
      type: null,
      urgency: null,
    },
  ],
  contacts: [
    {
      id: '1',
      name: 'Ana',
      url: 'https://crm.example.test/1',
      channel: 'phone',
      chance: 0.5,
      usual: 0.25,
      evidence: 'personal',
      from: '2026-11-24T09:00:00.000Z',
      until: null,
      timeZone: 'Europe/Lisbon',
    },
  ],
  results: {
    holdoutShare: 0.1,
    uplift: { verdict: 'helps', estimate: 0.06, low: 0.021, high: null },
    onTime: { value: 0.81, low: null, high: null, n: 300, days: 90 },
  },
  sync: { state: 'ready', lastEventAt: '2026-11-23T09:15:00.000Z', complete: 9, compared: 10 },
  consoleUrl: 'https://rapport.example.test/console',
};
