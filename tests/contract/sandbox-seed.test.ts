/** The generation of the demo portal, undisturbed and interrupted. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type SandboxServer, startSandbox } from '../support/sandbox-server.ts';

let server: SandboxServer;
beforeAll(async () => {
  server = await startSandbox(30);
});
afterAll(() => server.close());

const state = () =>
  server.sql.query(
    `select object_type, count(*)::int as n, md5(string_agg(properties::text, '' order by id)) as digest
     from sandbox.objects group by 1 order by 1`,
  );

test('an interrupted generation starts over and ends the same', async () => {
  const before = await state();
  await server.sql.query(`delete from sandbox.settings where name = 'seeded'`);
  await server.sql.query('delete from sandbox.objects where id % 3 = 0');
  await server.sandbox.seed();
  expect(await state()).toEqual(before);
});

test('a finished generation is not repeated, and announces nothing', async () => {
  const made = await server.call('POST', '/crm/v3/objects/contacts', {
    properties: { email: 'new@seed.test' },
  });
  await server.sandbox.seed();
  expect((await server.call('GET', `/crm/v3/objects/contacts/${made.body.id}`)).status).toBe(200);
  expect(await server.sql.query('select 1 from sandbox.pending_events')).toEqual([]);
});

test('the truth is kept for every contact, and no route serves it', async () => {
  expect(await server.sandbox.truth('contacts')).toHaveLength(30);
  const definitions = (await server.call('GET', '/crm/v3/properties/contacts')).body.results;
  expect(definitions.map((one: { name: string }) => one.name).join()).not.toMatch(
    /truth|replyProb/i,
  );
});
