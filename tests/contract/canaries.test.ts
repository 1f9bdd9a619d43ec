/** F64 Values that must never be told: planted in every secret and every field of a person, looked for in all that is said. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { hostOf } from '../../src/flows/context.ts';
import { accessToken } from '../../src/flows/tokens.ts';
import { type Installation, startInstallation } from '../support/installation.ts';
import { crmBody } from '../support/short-history.ts';

const PLANTED = {
  firstname: 'Canaryfirst',
  lastname: 'Canarylast',
  email: 'canary.mail@example.test',
  phone: '+15550987654',
} as const;
const SAID =
  'Canarywords: my card 4111 1111 1111 1111 was charged twice, call canary.mail@example.test.';
const TICKET_TO_CONTACT = 16;

let app: Installation;
let secrets: string[] = [];
beforeAll(async () => {
  app = await startInstallation({ contacts: 6 });
  const ok = (method: string, path: string, body?: unknown) => crmBody(app, method, path, body);
  const [first] = (await ok('GET', '/crm/v3/objects/contacts?limit=1')).results as { id: string }[];
  await ok('PATCH', `/crm/v3/objects/contacts/${first?.id}`, { properties: PLANTED });
  await app.install();
  await app.settle();
  const associationTypeId = TICKET_TO_CONTACT;
  await ok('POST', '/crm/v3/objects/tickets', {
    properties: { subject: 'Canarysubject', content: SAID, hs_pipeline_stage: '1' },
    associations: [
      {
        to: { id: first?.id },
        types: [{ associationCategory: 'HUBSPOT_DEFINED', associationTypeId }],
      },
    ],
  });
  await app.settle();
  const { clientSecret, token } = app.sandbox.info;
  const access = await accessToken(app.ctx, hostOf(app.ctx, 'sandbox'), app.id);
  secrets = [clientSecret, token, access];
});
afterAll(() => app?.close());

/** Everything that leaves the process without being asked for by somebody who may. */
const said = (answers: readonly string[]): string =>
  JSON.stringify([app.ctx.log.lines, answers, app.sandbox.log.lines]);

function expectNoCanary(text: string): void {
  for (const value of Object.values(PLANTED)) expect(text).not.toContain(value);
  expect(text).not.toMatch(/canary|4111 1111/i);
  for (const secret of secrets) expect(text).not.toContain(secret);
}

test('F64 the canaries are really there: read, stored and scored', async () => {
  expect(secrets.every((secret) => secret.length > 10)).toBe(true);
  const ids = await app.ctx.store.records.page(app.id, 'contact', null, 100);
  const stored = JSON.stringify(await app.ctx.store.records.get(app.id, 'contact', ids));
  for (const value of Object.values(PLANTED)) expect(stored).toContain(value);
});

test('F64 an undisturbed life tells none of them', () => {
  expect(app.ctx.log.lines.length).toBeGreaterThan(3);
  expectNoCanary(said([]));
});

test('F64 nor do failures: a CRM that refuses, damaged records and deliveries, requests gone wrong', async () => {
  await app.knobs({ rateRefused: 1 });
  await app.ctx.store.marks.raiseAll(app.id, 'contact', app.clock.now());
  await crmBody(app, 'PATCH', `/crm/v3/objects/contacts/${(await anyContact()) ?? ''}`, {
    properties: { lastname: `${PLANTED.lastname}2`, rapport_do_not_score: 'true' },
  });
  await app.settle();
  await app.knobs();
  const [ticket] = await app.ctx.store.records.page(app.id, 'ticket', null, 1);
  await app.database.sql.query(
    `UPDATE rapport.records SET data = jsonb_set(data, '{subject}', '{"x":"Canarysubject"}')
      WHERE tenant_id = $1 AND kind = 'ticket'`,
    [app.id],
  );
  await app.ctx.store.marks.raiseAll(app.id, 'ticket', app.clock.now());
  await app.job('drain').catch(() => {});
  const answers: string[] = [];
  for (const path of [
    `/hubspot/card?portalId=1&objectId=1&userEmail=${PLANTED.email}`,
    `/oauth/sandbox/callback?code=${PLANTED.firstname}&state=x`,
    `/api/contacts/${PLANTED.firstname}`,
    `/webhooks/hubspot?x=${PLANTED.lastname}`,
  ]) {
    const answer = await fetch(`${app.origin}${path}`, { method: 'POST', body: SAID });
    answers.push(await answer.text());
    if (!path.startsWith('/webhooks'))
      answers.push(await (await fetch(`${app.origin}${path}`)).text());
  }
  expect(ticket).toBeDefined();
  const messages = app.ctx.log.lines.map((line) => line.message);
  expect(messages).toEqual(expect.arrayContaining(['writes refused', 'record not scored']));
  expectNoCanary(said(answers));
  expectNoCanary((await app.tenant()).lastError ?? '');
});

async function anyContact(): Promise<string | undefined> {
  return (await app.ctx.store.records.page(app.id, 'contact', null, 1))[0];
}
