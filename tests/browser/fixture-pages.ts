/** Canned answers for the settings page and the app page: what their own tests are answered. */
import { ready as team } from '../../extensions/hubspot/src/app/pages/__tests__/team.ts';
import {
  differences,
  lastDifferences,
  ready,
} from '../../extensions/hubspot/src/app/settings/__tests__/pages.ts';

export const fixturePortal = {
  portal: { id: 7777, timezone: 'Europe/Lisbon' },
  user: { id: 9, email: 'ana@example.test' },
};

/** The page with something to do, so that it is seen above the tabs. */
const settings = {
  ...ready,
  notices: [
    {
      code: 'scopes',
      details: ['crm.objects.deals.read', 'crm.objects.deals.write'],
      since: '2026-11-20T08:00:00.000Z',
    },
    {
      code: 'property_limit',
      details: ['contact.rapport_next_offer'],
      since: '2026-11-21T08:00:00.000Z',
    },
  ],
};

/** `undefined` for what is neither page's. */
export function pageAnswer(verb: string, path: string, query: URLSearchParams): unknown {
  if (path === '/hubspot/team') return team;
  if (path === '/hubspot/settings/writes')
    return query.has('before') ? lastDifferences : differences;
  if (!path.startsWith('/hubspot/settings')) return undefined;
  if (verb === 'GET') return settings;
  if (path.endsWith('/approve')) return { ok: true, page: written, count: 1234 };
  return verb === 'PUT'
    ? {
        ok: false,
        reason: 'invalid',
        problems: [{ path: 'reach.touchesPerWeek', code: 'too_big' }],
      }
    : { ok: true, page: settings, count: null };
}

const written = {
  ...settings,
  dryRun: { writing: true, planned: 0, sending: 1234, runs: settings.dryRun?.runs ?? [] },
};
