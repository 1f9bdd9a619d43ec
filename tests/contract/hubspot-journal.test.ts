/** The webhooks journal beside the webhooks: what one channel loses the other brings, and what both bring is looked at once. */
import { afterEach, describe, expect, test, vi } from 'vitest';
import { RapportError } from '../../src/core/errors.ts';
import { createSchemaCheck } from '../../src/hosts/sandbox/schema-check.ts';
import { type Installation, startInstallation } from '../support/installation.ts';
import { type RecordedCall, recordCall } from '../support/recorded-calls.ts';
import { crmBody, makeShortHistory } from '../support/short-history.ts';

vi.setConfig({ testTimeout: 300_000, hookTimeout: 300_000 });

const CONTACTS = 8;
const SUBSCRIPTIONS = '/webhooks-journal/subscriptions/2026-03';
const JOURNAL = '/webhooks-journal/journal/2026-03';

let app: Installation;
let seen: RecordedCall[] = [];
afterEach(() => app?.close());

/** Connected, read and scored; with a journal, its subscriptions are made. */
async function connected(journal = true): Promise<void> {
  seen = [];
  app = await startInstallation({
    contacts: CONTACTS,
    journal,
    onCall: (req, res, next) => {
      seen.push(recordCall(req, res, `${req.method} ${req.path.replace(/^\/hubspot/, '')}`));
      next();
    },
  });
  await app.install();
  await app.settle();
  if (journal) await app.job('journal');
  await app.settle();
}

const ok = (method: string, path: string, body?: unknown) => crmBody(app, method, path, body);

/** Reads the journal, again after each refusal that may pass, and works off what it told. */
async function readJournal(): Promise<RapportError[]> {
  const refused: RapportError[] = [];
  for (let n = 0; n < 200; n++) {
    const error = await app.job('journal').catch((reason: RapportError) => reason);
    if (error === undefined) {
      await app.settle();
      return refused;
    }
    expect(error.retry, error.message).not.toBe('never');
    refused.push(error);
  }
  throw new Error('The journal was never read.');
}

const reads = () => seen.filter((s) => /\/batch\/read$/.test(s.line)).length;

test('F11 while every webhook is lost, the journal alone leads to the end of an undisturbed run', async () => {
  await connected(false);
  await makeShortHistory(app);
  // A number that hardly moves is not written again: what is written depends on what came together.
  await app.heard();
  await app.settle();
  const undisturbed = await app.picture();
  // Switched off, nothing is asked of it and no change is remembered.
  await app.job('journal');
  expect(seen.filter((s) => s.line.includes('journal'))).toEqual([]);
  expect(await app.database.sql.query('select 1 from rapport.seen_changes')).toEqual([]);
  await app.close();

  await connected();
  const before = await app.picture();
  await app.knobs({ webhookDrop: 1 });
  await makeShortHistory(app);
  await app.settle();
  expect(await app.picture()).not.toEqual(undisturbed);
  expect((await app.picture()) as object).toHaveProperty(
    'stored',
    (before as { stored: object }).stored,
  );
  await readJournal();
  expect(await app.picture()).toEqual(undisturbed);
});

test('F11 F42 F43 F44 refusals and broken answers delay the journal, and lose and repeat nothing', async () => {
  await connected();
  await app.knobs({ webhookDrop: 1 });
  await makeShortHistory(app);
  await app.heard();
  await app.knobs({ webhookDrop: 1, rate429: 0.2, rate5xx: 0.2, rateBroken: 0.2 });
  const paused = vi.spyOn(app.ctx.limiter, 'pause');
  let refused: RapportError[] = [];
  for (let n = 0; n < 200 && refused.length === 0; n++) {
    const error = await app.job('journal').catch((reason: RapportError) => reason);
    if (error !== undefined) refused = [error];
  }
  const offset = await app.ctx.store.journals.offset('sandbox');
  await app.knobs({ webhookDrop: 1, rate429: 1 });
  await expect(app.job('journal')).rejects.toMatchObject({ code: 'host_rate_limited' });
  expect(paused).toHaveBeenCalledWith('journal:sandbox', expect.any(Number));
  expect(await app.ctx.store.journals.offset('sandbox')).toBe(offset);
  await app.knobs({ webhookDrop: 1 });
  await readJournal();
  expect(await app.ctx.store.records.count(app.id, 'contact')).toBe(CONTACTS - 2);
  expect(await app.ctx.store.inbox.size(app.id)).toBe(0);
  expect(await app.ctx.meter.total('webhook_events', { outcome: 'malformed' })).toBe(0);
});

test('F08 what a webhook told the journal does not have looked at again, nor the other way round', async () => {
  await connected();
  await makeShortHistory(app);
  await app.settle();
  const picture = await app.picture();
  const runs = async () => (await app.ctx.store.runs.latest(app.id, 99)).length;
  const [asked, worked] = [reads(), await runs()];
  await app.job('journal');
  expect(await app.ctx.store.inbox.size(app.id)).toBeGreaterThan(0);
  await app.settle();
  expect(reads()).toBe(asked);
  expect(
    (await app.ctx.store.runs.latest(app.id, (await runs()) - worked)).map(
      (r) => r.counts['read'] ?? 0,
    ),
  ).toEqual([0]);
  expect(await app.picture()).toEqual(picture);

  // The journal first, while the webhook is still on its way.
  await app.knobs({ webhookDelayMs: 1_500 });
  const [id = ''] = await app.ctx.store.records.page(app.id, 'contact', null, 1);
  await ok('PATCH', `/crm/v3/objects/contacts/${id}`, { properties: { phone: '+15550177' } });
  await app.job('journal');
  await app.job('drain');
  const after = reads();
  expect(after).toBeGreaterThan(asked);
  await app.heard();
  expect(await app.ctx.store.inbox.size(app.id)).toBeGreaterThan(0);
  await app.settle();
  expect(reads()).toBe(after);
  const [stored] = await app.ctx.store.records.get(app.id, 'contact', [id]);
  expect(JSON.stringify(stored)).toContain('+15550177');
});

test('F30 F56 I7 two readers at once keep each entry once, and a person it tells of is forgotten', async () => {
  await connected();
  await app.knobs({ webhookDrop: 1 });
  await makeShortHistory(app);
  await app.heard();
  await Promise.all([app.job('journal'), app.job('journal'), app.job('journal')]);
  await app.job('journal');
  const events = await app.sandbox.sql.query<{ n: number }>(
    'select count(*)::int as n from sandbox.journal',
  );
  expect(await app.ctx.store.inbox.size(app.id)).toBe(events[0]?.n);
  await readJournal();

  // A person is forgotten when only the journal says so.
  const [id = ''] = await app.ctx.store.records.page(app.id, 'contact', null, 1);
  await ok('POST', '/crm/v3/objects/contacts/gdpr-delete', { objectId: id });
  await readJournal();
  expect(await app.ctx.store.records.get(app.id, 'contact', [id])).toEqual([]);
  const told = await app.database.sql.query(
    'select 1 from rapport.seen_changes where record_id = $1',
    [id],
  );
  expect(told).toEqual([]);
});

describe('F55 an account that takes the app out', () => {
  test('is parked by the journal, before any refresh fails', async () => {
    await connected();
    await ok('DELETE', '/appinstalls/2026-03/external-install');
    expect((await app.tenant()).state).toBe('ready');
    await app.job('journal');
    expect((await app.tenant()).state).toBe('parked');
    expect((await app.ctx.store.notices.all(app.id)).map((n) => n.code)).toEqual(['reconnect']);
    // What is subscribed for it ends with the next look.
    await app.job('journal');
    const { results } = await ok('GET', SUBSCRIPTIONS);
    expect(results.map((s: { subscriptionType: string }) => s.subscriptionType)).toEqual([
      'APP_LIFECYCLE_EVENT',
    ]);
  });

  test('and has it back before the journal is read stays connected', async () => {
    await connected();
    await ok('DELETE', '/appinstalls/2026-03/external-install');
    await app.install();
    await app.settle();
    await readJournal();
    expect((await app.tenant()).state).toBe('ready');
  });

  test('by rapport uninstall has its subscriptions ended, if need be with the next look', async () => {
    await connected();
    const held = async () => ((await ok('GET', SUBSCRIPTIONS)).results as unknown[]).length;
    expect(await held()).toBe(24);
    const journal = app.ctx.hosts.sandbox?.journal;
    if (journal == null) throw new Error('There is no journal.');
    vi.spyOn(journal, 'leave').mockRejectedValueOnce(
      new RapportError('host_unavailable', 'HubSpot did not answer.'),
    );
    expect((await fetch(`${app.origin}/api/uninstall`, { method: 'POST' })).status).toBe(200);
    expect(await held()).toBe(24);
    await app.job('journal');
    expect(await held()).toBe(1);
  });
});

test('F11 F56 an offset that is not kept any more: all is compared, and reading goes on from the earliest', async () => {
  await connected();
  await makeShortHistory(app);
  await app.settle();
  await readJournal();
  const stale = await app.ctx.store.journals.offset('sandbox');
  expect(stale).not.toBeNull();
  const [lost = '', told = ''] = await app.ctx.store.records.page(app.id, 'contact', null, 2);
  await app.knobs({ webhookDrop: 1 });
  await ok('PATCH', `/crm/v3/objects/contacts/${lost}`, { properties: { phone: '+15550188' } });
  await app.heard();
  // The change, and the place after it, are gone from the journal.
  await app.knobs({ webhookDrop: 1, journalKeepMinutes: 0 });
  await ok('GET', '/crm/v3/objects/contacts?limit=1');
  expect((await app.crm('GET', `${JOURNAL}/earliest`)).status).toBe(204);
  await app.knobs({ webhookDrop: 1 });
  await ok('PATCH', `/crm/v3/objects/contacts/${told}`, { properties: { phone: '+15550199' } });
  await app.heard();

  await app.job('journal');
  expect(app.ctx.queue.jobs.map((j) => j.job)).toEqual(
    expect.arrayContaining(['reconcile', 'certify', 'drain']),
  );
  expect(await app.ctx.store.journals.offset('sandbox')).not.toBe(stale);
  await app.settle();
  const phones = JSON.stringify(await app.ctx.store.records.get(app.id, 'contact', [lost, told]));
  expect(phones).toContain('+15550188');
  expect(phones).toContain('+15550199');
  // Once is enough: at the end of the journal nothing is compared again.
  await app.job('journal');
  expect(app.ctx.queue.jobs).toEqual([]);
});

test('every request and answer of the journal has its shape, and a deliberately wrong one is refused', async () => {
  await connected();
  await app.knobs({ webhookDrop: 1 });
  await makeShortHistory(app);
  await app.heard();
  await app.job('journal');
  await app.job('journal');
  await ok('DELETE', '/appinstalls/2026-03/external-install');
  await app.job('journal');
  await app.job('journal');
  const schemas = createSchemaCheck();
  const shapes: readonly [RegExp, string | null, Readonly<Record<number, string | null>>][] = [
    [/^GET .*\/(earliest|latest|next)$/, null, { 200: 'own.JournalPointer', 204: null }],
    [/^GET \/journal-files\//, null, { 200: 'own.JournalFile' }],
    [/^GET .*\/subscriptions\/2026-03$/, null, { 200: 'own.JournalSubscriptions' }],
    [
      /^POST .*\/subscriptions\/2026-03$/,
      'own.JournalSubscriptionUpsert',
      { 200: 'own.JournalSubscription' },
    ],
    [/^DELETE .*\/portals\/\d+$/, null, { 204: null }],
  ];
  for (const [line, request, replies] of shapes) {
    const calls = seen.filter((s) => /journal/.test(s.line) && line.test(s.line));
    expect(calls.length, String(line)).toBeGreaterThan(0);
    for (const { line: at, body, status, reply } of calls) {
      // The grant ended under the app's token: it is renewed.
      if (status === 401) continue;
      if (request !== null)
        expect([at, schemas.problems(request, JSON.parse(body))]).toEqual([at, []]);
      expect(Object.keys(replies).map(Number), at).toContain(status);
      const schema = replies[status];
      if (schema != null)
        expect([at, schemas.problems(schema, JSON.parse(reply))]).toEqual([at, []]);
    }
  }
  const right = {
    subscriptionType: 'GDPR_PRIVACY_DELETION',
    portalId: app.sandbox.info.portalId,
    objectTypeId: '0-1',
    actions: ['GDPR_DELETE'],
  };
  await ok('POST', SUBSCRIPTIONS, right);
  for (const wrong of [
    { ...right, surplus: 1 },
    { ...right, portalId: 'x' },
    { ...right, actions: ['CREATE'] },
    { ...right, portalId: 1 },
  ])
    expect((await app.crm('POST', SUBSCRIPTIONS, wrong)).status).toBe(400);
});
