/** From stored records to the words of the terminal: contacts, deals and companies, scored, written and explained. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import express from 'express';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { printCompany, printContact, printDeal } from '../../../src/app/print-explanation.ts';
import type { Company, Contact, CrmRecord } from '../../../src/core/record.ts';
import type { ContactScore, Reason } from '../../../src/core/score.ts';
import type { Tenant } from '../../../src/core/tenant.ts';
import { forTenant } from '../../../src/flows/context.ts';
import { drain } from '../../../src/flows/drain.ts';
import {
  explainCompany,
  explainContact,
  explainDeal,
  wordKey,
} from '../../../src/flows/explain-record.ts';
import { storeTokens } from '../../../src/flows/tokens.ts';
import { train } from '../../../src/flows/train.ts';
import { errorReply } from '../../../src/http/middleware/error-reply.ts';
import { requestContext } from '../../../src/http/middleware/request-context.ts';
import { mount } from '../../../src/http/route.ts';
import { explainRoutes } from '../../../src/http/routes/explain.ts';
import { logit } from '../../../src/ml/linear/logistic-regression.ts';
import { deal, newTenant, ref } from '../../support/builders.ts';
import { type Database, openPglite } from '../../support/databases.ts';
import { fixedTokens } from '../../support/fake-host.ts';
import { createRig, type Rig } from '../../support/flow-context.ts';
import { AS_OF, simulatePortal } from '../models/simulated-portal.ts';

const DAY = 86_400_000;
const FIRM = 9001;
const OPEN = 9101;
let database: Database;
let rig: Rig;
let tenant: Tenant;
let server: Server;
let origin = '';
/** Somebody with advice, somebody marked do-not-score, and one held out. */
let advised = '';
let excluded = '';

const ago = (days: number) => new Date(AS_OF.getTime() - days * DAY);
const firm: Company = {
  kind: 'company',
  id: ref('company', FIRM).id,
  createdAt: ago(300),
  updatedAt: ago(300),
  links: [],
  name: 'Example Ltd',
  industry: null,
};

beforeAll(async () => {
  database = await openPglite();
  rig = createRig(database.store);
  rig.clock.set(ago(30));
  tenant = await newTenant(rig.store, { state: 'training' });
  await rig.store.tenants.changeSettings(tenant.id, { properties: { optional: true } });
  const tokens = fixedTokens(1, new Date(AS_OF.getTime() + 9e9));
  await storeTokens(rig, rig.store.secrets, tenant.id, tokens);
  const { facts } = simulatePortal(80, 5);
  const [first, second] = facts;
  if (first === undefined || second === undefined) throw new Error('an empty portal');
  excluded = second.contact.id;
  const records = facts.flatMap(({ contact, deals, interactions }): CrmRecord[] => [
    {
      ...contact,
      doNotScore: contact.id === excluded,
      links: contact.id === first.contact.id ? [ref('company', FIRM)] : [],
    },
    ...[...deals, ...interactions].map((r) => ({ ...r, links: [ref('contact', contact.id)] })),
  ]);
  const open = {
    ...deal(OPEN, first.contact.id, { stage: 'open', closedAt: null, createdAt: ago(60) }),
    name: 'Second order',
    amount: 1_000,
  };
  await rig.store.records.put(tenant.id, [firm, open, ...records]);
  await train(await forTenant(rig, tenant.id));
  await drain(await forTenant(rig, tenant.id));
  advised = first.contact.id;

  const app = express();
  app.use(requestContext(rig.log, rig.meter));
  mount(app, explainRoutes(rig));
  app.use(errorReply(rig.log));
  server = createServer(app);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(async () => {
  server?.close();
  await database?.close();
});

const here = () => forTenant(rig, tenant.id);
const wanted = async (kind: 'contact' | 'deal' | 'company', id: string) =>
  Object.fromEntries(
    (await rig.store.writes.journal(tenant.id, kind, id)).flatMap((entry) =>
      Object.entries(entry.changes).map(([name, change]) => [name, change.new]),
    ),
  );

describe('a contact', () => {
  test('every reason has its words, and the sums shown are the chances', async () => {
    const told = await explainContact(await here(), advised);
    const chances = told.score.reach?.ranked ?? [];
    expect(chances.length).toBeGreaterThan(1);
    for (const c of chances) {
      const sum = c.reasons.reduce((all, r) => all + r.effect, c.base);
      expect(Math.abs(sum - logit(c.chance))).toBeLessThan(1e-9);
      for (const r of c.reasons) {
        const words = told.words[wordKey(r, c.channel)] ?? '';
        expect(words).not.toBe('');
        if (words.endsWith('answer more often')) expect(r.effect).toBeGreaterThanOrEqual(0);
        if (words.endsWith('answer less often')) expect(r.effect).toBeLessThan(0);
      }
    }
    const text = printContact(told);
    expect(text).toContain(`(contact ${advised}): ${told.score.status}`);
    expect(text).toContain('What would change it');
    expect(text).not.toMatch(/undefined|NaN|\[object|null|_history/);
  });

  test('marked do-not-score: says so, without a number', async () => {
    const text = printContact(await explainContact(await here(), excluded));
    expect(text).toContain('excluded, marked do-not-score; nothing is computed');
    expect(text).not.toMatch(/\d %|^ +(segment|churn) /m);
  });

  test('held out: the terminal says so, and what would have been advised', async () => {
    const held = (await explainContact(await here(), advised)).score;
    const score: ContactScore = { ...held, status: 'holdout', heldOut: true };
    const told = await explainContact(await here(), advised);
    expect(printContact({ ...told, score })).toContain('reps see no advice');
  });

  test('who is not here, or not scored yet, is said in a sentence', async () => {
    await expect(explainContact(await here(), '424242')).rejects.toMatchObject({
      code: 'not_found',
      message: 'There is no contact 424242 here.',
    });
  });
});

describe('a deal', () => {
  test('is scored, written and told, beside the usual rate', async () => {
    const told = await explainDeal(await here(), String(OPEN));
    const { win } = told.score;
    expect(win).not.toBeNull();
    const values = await wanted('deal', String(OPEN));
    expect(values['rapport_win_prob']).toBe(win?.chance.toFixed(2));
    expect(values['rapport_expected_value']).toBe(((win?.chance ?? 0) * 1_000).toFixed(2));
    const text = printDeal(told);
    expect(text).toContain(`usual ${(100 * (win?.usual ?? 0)).toFixed(1)} %`);
    expect(text).toContain('Second order');
    expect(text).not.toMatch(/undefined|NaN|\[object/);
  });

  test('without a closed deal its chance is unknown, not zero', async () => {
    const told = await explainDeal(await here(), String(OPEN));
    const text = printDeal({
      ...told,
      score: { ...told.score, status: 'no_data', win: null, expectedValue: null },
    });
    expect(text).toContain('win chance unknown');
    expect(text).toMatch(/expected value\s+unknown/);
  });
});

describe('a company', () => {
  test('is rolled up from its people, written and told', async () => {
    const told = await explainCompany(await here(), String(FIRM));
    expect(told.score.people).toBe(1);
    const values = await wanted('company', String(FIRM));
    const { score } = await explainContact(await here(), advised);
    expect(values['rapport_churn_band'] ?? null).toBe(score.risk?.band ?? null);
    expect(values['rapport_health_band'] ?? null).toBe(told.score.health?.band ?? null);
    const reasons: readonly Reason[] = told.score.health?.reasons ?? [];
    expect(reasons.reduce((sum, r) => sum + r.effect, 0)).toBe(told.score.health?.total ?? 0);
    for (const r of reasons) expect(told.words[wordKey(r)]).toBeTruthy();
    const text = printCompany(told);
    expect(text).toContain('Example Ltd (company 9001)');
    expect(text).not.toMatch(/undefined|NaN|\[object/);
  });
});

test('F32 one record’s trouble stays its own: it says error and keeps no advice, the others are scored', async () => {
  const [held] = await rig.store.records.get<Contact>(tenant.id, 'contact', [advised]);
  if (held === undefined) throw new Error('nobody');
  const other = (await rig.store.records.page(tenant.id, 'contact', null, 5)).find(
    (id) => id !== advised && id !== excluded,
  );
  // A consent that is no object breaks whatever reads it.
  const broken = { ...held, consent: null as never, updatedAt: rig.clock.now() };
  await rig.store.records.put(tenant.id, [broken]);
  await rig.store.marks.raise(
    tenant.id,
    'score',
    [advised, other ?? ''].map((id) => ({ ...ref('contact', id), change: 'x', eventAt: null })),
    rig.clock.now(),
  );
  await drain(await here());
  const statusOf = async (id: string) => (await explainContact(await here(), id)).score.status;
  expect(await statusOf(advised)).toBe('error');
  expect(await statusOf(other ?? '')).not.toBe('error');
  expect(await wanted('contact', advised)).toMatchObject({
    rapport_status: 'error',
    rapport_best_channel: null,
    rapport_value_band: null,
  });
  expect(printContact(await explainContact(await here(), advised))).toContain(
    'error, the last scoring failed',
  );
  await rig.store.records.put(tenant.id, [{ ...held, updatedAt: rig.clock.now() }]);
});

describe('the routes', () => {
  const get = async (path: string) => {
    const response = await fetch(`${origin}${path}`);
    return { status: response.status, body: await response.json() };
  };

  test.each(['contacts', 'deals', 'companies'])('GET /api/%s/:id', async (kind) => {
    const id = { contacts: advised, deals: String(OPEN), companies: String(FIRM) }[kind];
    const { status, body } = await get(`/api/${kind}/${id}?tenant=${tenant.id}`);
    expect(status).toBe(200);
    expect(body).toMatchObject({ id, tenant: tenant.id, currency: tenant.currency });
  });

  test('an id that is none, a record that is not here, an account that is not connected', async () => {
    expect((await get('/api/contacts/abc')).status).toBe(400);
    expect((await get(`/api/deals/424242?tenant=${tenant.id}`)).status).toBe(404);
    expect((await get('/api/companies/9001?tenant=hubspot:0')).status).toBe(404);
  });
});
