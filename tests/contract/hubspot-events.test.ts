/** What an event must lead to, and what it must not: erasure everywhere and at once, and no work by our own writes. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Installation, startInstallation } from '../support/installation.ts';

const CANARY = 'zqcanaryxk';

let app: Installation;
beforeAll(async () => {
  app = await startInstallation({ contacts: 8 });
  await app.install();
  await app.settle();
}, 300_000);
afterAll(() => app?.close());

/** Tables that still hold the word, or the number as a whole. */
async function traces(word: string): Promise<string[]> {
  const { sql } = app.database;
  const tables = await sql.query<{ name: string }>(
    `select table_name as name from information_schema.tables
      where table_schema = 'rapport' and table_type = 'BASE TABLE' order by 1`,
  );
  const found: string[] = [];
  for (const { name } of tables) {
    const rows = await sql.query(`select 1 from rapport.${name} t where t::text ~ $1 limit 1`, [
      `(^|[^0-9a-z])${word}`,
    ]);
    if (rows.length > 0) found.push(name);
  }
  return found;
}

test('I4 F52 our own writes lead to no event, and a look by modification date scores and writes nothing anew', async () => {
  const { store, meter } = app.ctx;
  const deliveries = () => meter.total('webhook_deliveries');
  const before = await deliveries();
  await store.marks.raiseAll(app.id, 'contact', app.clock.now());
  const [id = ''] = await store.records.page(app.id, 'contact', null, 1);
  const held = (await store.writes.written(app.id, 'contact', [id])).get(id);
  expect(held).toBeDefined();
  // Something of ours is written anew, which gives the record a new time in the CRM.
  await store.writes.forgetValues(app.id, 'contact', ['rapport_status']);
  await app.job('drain');
  await app.settle();
  expect(await deliveries()).toBe(before);
  const runs = (await store.runs.latest(app.id, 1))[0]?.runId ?? 0;
  app.clock.advance(60_000);
  await app.job('reconcile');
  await app.settle();
  const later = (await store.runs.latest(app.id, 20)).filter((r) => r.runId > runs);
  const sum = (name: string) => later.reduce((n, r) => n + (r.counts[name] ?? 0), 0);
  expect([sum('scored'), sum('planned'), sum('records_written')]).toEqual([0, 0, 0]);
});

test('I7 F66 a person is erased at once and everywhere, though the CRM does not answer, and stays so', async () => {
  const { crm, ctx, id } = app;
  const made = await crm('POST', '/crm/v3/objects/contacts', {
    properties: { firstname: CANARY, lastname: 'Reyes', email: `${CANARY}@example.test` },
    associations: [],
  });
  const contact = made.body.id as string;
  const about = (associationTypeId: number) => [
    { to: { id: contact }, types: [{ associationCategory: 'HUBSPOT_DEFINED', associationTypeId }] },
  ];
  await crm('POST', '/crm/v3/objects/calls', {
    properties: { hs_timestamp: '2026-03-01T09:00:00Z', hs_call_body: `${CANARY} asked` },
    associations: about(194),
  });
  await crm('POST', '/crm/v3/objects/tickets', {
    properties: {
      subject: CANARY,
      content: `${CANARY} was charged twice, refund today!`,
      hs_pipeline_stage: '1',
    },
    associations: about(16),
  });
  await app.settle();
  expect(await traces(CANARY)).toEqual(expect.arrayContaining(['records']));
  expect((await traces(`${contact}([^0-9]|$)`)).length).toBeGreaterThan(4);
  const host = 'sandbox' as const;
  const letter = JSON.stringify({ objectId: Number(contact), propertyValue: `${CANARY}@x.test` });
  await ctx.store.inbox.bury([{ tenantId: id, host, reason: 'r', body: letter }], app.clock.now());
  // Marked for reading when the wish to be forgotten comes.
  await crm('PATCH', `/crm/v3/objects/contacts/${contact}`, { properties: { phone: '+1555' } });

  await crm('POST', '/crm/v3/objects/contacts/gdpr-delete', { objectId: contact });
  await app.knobs({ rate5xx: 1 });
  await app.heard();
  await app.job('drain').catch(() => {});
  expect(await traces(CANARY)).toEqual([]);
  const left = await traces(`${contact}([^0-9]|$)`);
  // Companies and deals may still name the person as whom to talk to, until they are written anew.
  expect(left.filter((table) => !['written', 'writes', 'scores'].includes(table))).toEqual([]);

  await app.knobs();
  await app.settle();
  expect(await traces(CANARY)).toEqual([]);
  const late = [
    {
      portalId: app.sandbox.info.portalId,
      subscriptionType: 'object.creation',
      objectId: Number(contact),
      objectTypeId: '0-1',
    },
  ];
  await ctx.store.inbox.accept([{ tenantId: id, body: JSON.stringify(late) }], [], app.clock.now());
  for (const job of ['drain', 'reconcile', 'certify', 'drain']) await app.job(job);
  expect(await traces(CANARY)).toEqual([]);
  expect(await ctx.store.records.get(id, 'contact', [contact])).toEqual([]);
});
