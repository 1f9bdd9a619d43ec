/** The whole job, entered as a stranger would: start, scores in the CRM, an edit, a kill, a restart. */
import { setTimeout } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { chosenProperties, WRITTEN_KINDS } from '../../src/core/manifest.ts';
import { OBJECT_TYPES } from '../../src/hosts/hubspot/object-types.ts';
import { type RunningApp, startApp, until, withDataDir } from '../support/app.ts';
import { compositions } from '../support/compositions.ts';
import { manifest } from '../support/flow-context.ts';

interface CrmObject {
  readonly id: string;
  readonly properties: Record<string, string | null>;
}
interface Page {
  readonly results: CrmObject[];
  readonly paging?: { next?: { after: string } };
}

/** Values that follow the clock and not the data. */
const TIMES = ['rapport_scored_at', 'rapport_next_contact_at'];
const SCORES = [
  'rapport_status',
  'rapport_best_channel',
  'rapport_reply_prob',
  'rapport_reach_evidence',
  'rapport_reach_why',
  'rapport_segment',
  'rapport_value_band',
  'rapport_model',
  ...TIMES,
];

async function readAll(
  app: RunningApp,
  type: string,
  properties: readonly string[],
): Promise<CrmObject[]> {
  const objects: CrmObject[] = [];
  let after: string | undefined;
  do {
    const query = `limit=100&properties=${properties.join(',')}${after === undefined ? '' : `&after=${after}`}`;
    const page: Page = await app.crm<Page>(`/crm/v3/objects/${type}?${query}`);
    objects.push(...page.results);
    after = page.paging?.next?.after;
  } while (after !== undefined);
  return objects;
}

const withoutTimes = (objects: readonly CrmObject[]) =>
  objects.map(({ id, properties }) => ({
    id,
    values: SCORES.filter((name) => !TIMES.includes(name)).map((name) => properties[name]),
  }));

const pageApi = (path: string, method: string, body: unknown): [string, RequestInit] => [
  `/sandbox/api${path}`,
  { method, headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) },
];

/** Read as the record page reads it, which no call limit slows down. */
async function contactValue(app: RunningApp, id: string, property: string): Promise<string | null> {
  const page = await app.json<{ scores: { name: string; value: string | null }[] }>(
    `/sandbox/api/contacts/${id}`,
  );
  return page.scores.find((s) => s.name === property)?.value ?? null;
}

interface Card {
  readonly reach: {
    readonly best: { channel: string; tried: number } | null;
    readonly others: readonly { channel: string; tried: number }[];
  } | null;
}

/** The card as HubSpot would fetch it: through the host's proxy, which signs. */
async function readCard(app: RunningApp, contact: string): Promise<Card> {
  const url = `https://rapport.invalid/hubspot/card?objectId=${contact}&objectTypeId=0-1`;
  const { status, body } = await app.json<{ status: number; body: string | Card }>(
    ...pageApi('/hubspot-fetch', 'POST', { url, method: 'GET' }),
  );
  expect(status).toBe(200);
  return typeof body === 'string' ? (JSON.parse(body) as Card) : body;
}

/** Nothing is marked or under way any more, the comparison of all ids after an installation included. */
async function untilSettled(app: RunningApp): Promise<void> {
  await until(async () => {
    const { tenants } = await app.json<{
      tenants: { queue: { dirty: number; active: number; waiting: number } }[];
    }>('/api/status');
    const queue = tenants[0]?.queue;
    return queue?.dirty === 0 && queue.active === 0 ? true : null;
  }, 200_000);
}

describe.each(compositions())('$name', ({ prepare }) => {
  let installation: Awaited<ReturnType<typeof prepare>>;
  let release: () => void;
  let dataDir: string;
  let app: RunningApp;

  beforeAll(async () => {
    installation = await prepare();
    await new Promise<void>((resolve) => {
      void withDataDir(
        (dir) =>
          new Promise<void>((done) => {
            dataDir = dir;
            release = done;
            resolve();
          }),
      );
    });
    app = await startApp({ contacts: 2_000, dataDir, env: installation.env });
    await app.ready();
  });

  afterAll(async () => {
    await app?.stop();
    release?.();
    await installation?.dispose();
  });

  it.each(WRITTEN_KINDS)(
    'every property of a %s that is ours to write holds a value somewhere',
    async (kind) => {
      const names = chosenProperties(manifest, kind, true)
        .filter((p) => p.writes !== 'never')
        .map((p) => p.name);
      const objects = await readAll(app, OBJECT_TYPES[kind].plural, names);
      const never = names.filter((name) => objects.every((o) => !o.properties[name]));
      expect(never).toEqual([]);
    },
  );

  it('gives all 2,000 contacts scores, read back through the CRM', async () => {
    const contacts = await readAll(app, 'contacts', SCORES);
    expect(contacts).toHaveLength(2_000);
    const without = contacts.filter(
      (c) =>
        !c.properties['rapport_status'] ||
        !c.properties['rapport_segment'] ||
        !c.properties['rapport_value_band'] ||
        !c.properties['rapport_scored_at'],
    );
    expect(without.map((c) => c.id)).toEqual([]);
    // Real models give different people different answers.
    const distinct = (name: string) => new Set(contacts.map((c) => c.properties[name])).size;
    expect(distinct('rapport_reply_prob')).toBeGreaterThan(20);
    expect(distinct('rapport_best_channel')).toBeGreaterThan(3);
    expect(distinct('rapport_segment')).toBeGreaterThan(2);
    for (const { properties } of contacts) {
      const chance = properties['rapport_reply_prob'];
      if (chance) expect(Number(chance)).toBeGreaterThan(0);
      if (chance) expect(Number(chance)).toBeLessThan(1);
    }
  });

  it('gives every readable ticket a type and an urgency, and a sentiment unless it abstains', async () => {
    const tickets = await readAll(app, 'tickets', [
      'rapport_feedback_type',
      'rapport_sentiment',
      'rapport_urgency',
      'rapport_language',
    ]);
    expect(tickets.length).toBeGreaterThan(250);
    const readable = tickets.filter(({ properties }) => {
      expect(properties['rapport_language']).toBeTruthy();
      return properties['rapport_language'] !== 'other';
    });
    for (const { properties } of readable) {
      expect(properties['rapport_feedback_type']).toBeTruthy();
      expect(properties['rapport_urgency']).toBeTruthy();
    }
    const felt = readable.filter(({ properties }) => properties['rapport_sentiment']);
    expect(felt.length / readable.length).toBeGreaterThan(0.9);
  });

  it('reports itself: counts in the CRM and here agree', async () => {
    const { tenants } = await app.json<{
      tenants: { state: string; contacts: object; lastError: string | null }[];
    }>('/api/status');
    expect(tenants).toHaveLength(1);
    expect(tenants[0]).toMatchObject({
      state: 'ready',
      contacts: { crm: 2_000, stored: 2_000, scored: 2_000, written: 2_000 },
      lastError: null,
    });
  });

  it('turns an edit into a written property within 5 s, p95 over 20 edits', async () => {
    const { results } = await app.crm<Page>('/crm/v3/objects/contacts?limit=20');
    const times: number[] = [];
    for (const { id } of results) {
      await app.json(
        ...pageApi(`/contacts/${id}`, 'PATCH', { properties: { rapport_do_not_score: 'true' } }),
      );
      const { ms } = await until(
        async () => ((await contactValue(app, id, 'rapport_status')) === 'excluded' ? true : null),
        20_000,
      );
      times.push(ms);
    }
    times.sort((a, b) => a - b);
    const p95 = times[Math.ceil(times.length * 0.95) - 1] ?? Number.POSITIVE_INFINITY;
    console.log(
      `event to written property: median ${Math.round(times[10] ?? 0)} ms, p95 ${Math.round(p95)} ms, n=${times.length}`,
    );
    expect(p95).toBeLessThanOrEqual(5_000);
    for (const { id } of results)
      await app.json(
        ...pageApi(`/contacts/${id}`, 'PATCH', { properties: { rapport_do_not_score: 'false' } }),
      );
    const [last] = results.slice(-1);
    await until(
      async () =>
        (await contactValue(app, last?.id ?? '', 'rapport_status')) === 'excluded' ? null : true,
      20_000,
    );
  });

  it('classifies a ticket opened in the CRM', async () => {
    const { results } = await app.crm<Page>('/crm/v3/objects/contacts?limit=1');
    const contact = results[0]?.id ?? '';
    const { id } = await app.json<{ id: string }>(
      ...pageApi(`/contacts/${contact}/tickets`, 'POST', {
        subject: 'Invoice charged twice',
        content:
          'You charged my card twice for the same invoice. This is a serious problem, please fix it immediately and refund me today.',
      }),
    );
    const { value } = await until(async () => {
      const ticket = await app.crm<CrmObject>(
        `/crm/v3/objects/tickets/${id}?properties=rapport_feedback_type,rapport_language`,
      );
      return ticket.properties['rapport_feedback_type'] ? ticket.properties : null;
    }, 10_000);
    expect(value['rapport_language']).toBe('en');
    expect(value['rapport_feedback_type']).toBe('problem');
  });

  it('counts a logged call, and shows it on the card', async () => {
    const { results } = await app.crm<Page>(
      '/crm/v3/objects/contacts?limit=50&properties=rapport_status',
    );
    const shown = results.find((c) => c.properties['rapport_status'] === 'ready');
    const contact = shown?.id ?? '';
    const callsTried = async (): Promise<number> => {
      const card = await readCard(app, contact);
      const channels = [card.reach?.best, ...(card.reach?.others ?? [])];
      return channels.find((c) => c?.channel === 'phone')?.tried ?? 0;
    };
    const before = await callsTried();
    await app.json(
      ...pageApi(`/contacts/${contact}/calls`, 'POST', {
        disposition: 'f240bbac-87c9-4f6e-bf70-924b57d47db7',
        direction: 'OUTBOUND',
        body: 'Spoke about the renewal.',
      }),
    );
    await until(async () => ((await callsTried()) === before + 1 ? true : null), 10_000);
    await untilSettled(app);
  });

  it('starts again from its data: no new backfill, nothing written, the same scores', async () => {
    await untilSettled(app);
    const before = withoutTimes(await readAll(app, 'contacts', SCORES));
    expect(await app.stop('SIGINT')).toBe(0);
    app = await startApp({ contacts: 2_000, dataDir, env: installation.env });
    await app.ready();
    await setTimeout(3_000);
    const { tenants } = await app.json<{ tenants: { runs: { kind: string }[] }[] }>('/api/status');
    expect(tenants[0]?.runs.filter((r) => r.kind === 'backfill').length).toBeLessThanOrEqual(1);
    expect(app.output()).toContain('connected before');
    expect(app.output()).toContain(' 0 properties written');
    expect(withoutTimes(await readAll(app, 'contacts', SCORES))).toEqual(before);
  });
});

describe.each(compositions())('killed in the middle of a backfill, $name', ({ prepare }) => {
  it('ends where an undisturbed run ends', async () => {
    const final = async (kills: number): Promise<unknown> => {
      const { env, dispose } = await prepare();
      try {
        return await withDataDir(async (dataDir) => {
          let app = await startApp({ contacts: 300, dataDir, env });
          for (let kill = 0; kill < kills; kill++) {
            await until(
              async () => (/ (?:call|email) +[1-9]/.test(app.output()) ? true : null),
              120_000,
            );
            await setTimeout(300 + 700 * kill);
            expect(await app.stop('SIGKILL')).toBe('SIGKILL');
            app = await startApp({ contacts: 300, dataDir, env });
          }
          await app.ready();
          const state = {
            contacts: withoutTimes(await readAll(app, 'contacts', SCORES)),
            tickets: (
              await readAll(app, 'tickets', [
                'rapport_feedback_type',
                'rapport_type_confidence',
                'rapport_sentiment',
                'rapport_urgency',
              ])
            ).map(({ id, properties: p }) => [
              id,
              p['rapport_feedback_type'],
              p['rapport_type_confidence'],
              p['rapport_sentiment'],
              p['rapport_urgency'],
            ]),
          };
          await app.stop();
          return state;
        });
      } finally {
        await dispose();
      }
    };
    expect(await final(2)).toEqual(await final(0));
  });
});
