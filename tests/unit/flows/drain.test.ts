/** The main path without its edges: a portal is read, fitted, scored and written back, and then stays quiet. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Contact } from '../../../src/core/record.ts';
import type { Tenant } from '../../../src/core/tenant.ts';
import { backfill } from '../../../src/flows/backfill.ts';
import { forTenant, type TenantContext } from '../../../src/flows/context.ts';
import { drain } from '../../../src/flows/drain.ts';
import { showCard } from '../../../src/flows/show-card.ts';
import { storeTokens } from '../../../src/flows/tokens.ts';
import { train } from '../../../src/flows/train.ts';
import { AT, newTenant, ticket } from '../../support/builders.ts';
import { type Database, openPglite } from '../../support/databases.ts';
import { event } from '../../support/deliveries.ts';
import { fixedTokens } from '../../support/fake-host.ts';
import { createRig, manifest, type Rig } from '../../support/flow-context.ts';
import { AS_OF, simulatePortal } from '../models/simulated-portal.ts';

const CONTACTS = 150;
let database: Database;
let rig: Rig;
let tenant: Tenant;

const fresh = (): Promise<TenantContext> => forTenant(rig, tenant.id);
const hear = (...events: readonly ReturnType<typeof event>[]) =>
  rig.store.inbox.accept(
    [{ tenantId: tenant.id, body: JSON.stringify(events) }],
    [],
    rig.clock.now(),
  );
const writes = () => rig.crm.calls.filter((c) => c.startsWith('write'));

beforeAll(async () => {
  database = await openPglite();
  rig = createRig(database.store);
  rig.clock.set(AS_OF);
  rig.crm.pageSize = 100;
  tenant = await newTenant(rig.store, { state: 'backfilling' });
  await storeTokens(
    rig,
    rig.store.secrets,
    tenant.id,
    fixedTokens(1, new Date(AS_OF.getTime() + 9e9)),
  );
  for (const { contact, deals, interactions } of simulatePortal(CONTACTS, 3).facts)
    rig.crm.put(contact, ...deals, ...interactions);
  const texts = ['The invoice is wrong again, I want my money back!', 'Thank you, great service.'];
  for (let n = 0; n < 40; n++)
    rig.crm.put(
      ticket(`9000${n}`, 1, {
        text: texts[n % 2] ?? '',
        category: n % 2 ? 'GENERAL_INQUIRY' : 'BILLING_ISSUE',
      }),
    );
  await backfill(await fresh());
  await train(await fresh());
  await drain(await fresh());
});
afterAll(() => database?.close());

const someContact = (): Contact =>
  [...rig.crm.truth.values()].find((r): r is Contact => r.kind === 'contact') as Contact;

test('every contact and ticket is scored, and the CRM holds what the store says it holds', async () => {
  const { store } = rig;
  expect((await store.tenants.get(tenant.id))?.state).toBe('ready');
  expect(await store.scores.count(tenant.id, 'contact')).toBe(CONTACTS);
  expect(await store.scores.count(tenant.id, 'ticket')).toBe(40);
  const ids = [...rig.crm.held.keys()]
    .filter((k) => k.startsWith('contact'))
    .map((k) => k.slice(8));
  expect(ids).toHaveLength(CONTACTS);
  for (const [id, { values }] of await store.writes.written(tenant.id, 'contact', ids))
    expect(filled(rig.crm.held.get(`contact ${id}`) ?? {})).toEqual(filled(values));
});

test('only declared properties are written, none that belongs to people, and no option the CRM lacks', () => {
  for (const [record, values] of rig.crm.held) {
    const kind = record.startsWith('contact') ? 'contact' : 'ticket';
    for (const [name, value] of Object.entries(values)) {
      const property = manifest.properties[kind].find((p) => p.name === name);
      expect(property?.writes, name).toMatch(/./);
      expect(property?.writes, name).not.toBe('never');
      if (property?.options === undefined || value === null) continue;
      const options = [
        ...Object.keys(property.options),
        ...(rig.crm.options.get(`${kind} ${name}`) ?? []),
      ];
      for (const chosen of value.split(';')) expect(options, name).toContain(chosen);
    }
  }
});

test('F11 I3 a second run over unchanged data writes nothing', async () => {
  const before = writes().length;
  await rig.store.marks.raiseAll(tenant.id, 'contact', AT);
  await rig.store.marks.raiseAll(tenant.id, 'ticket', AT);
  await drain(await fresh());
  expect(writes()).toHaveLength(before);
});

test('F52 I4 our own writes coming back as events cause no read and no write', async () => {
  const before = rig.crm.calls.length;
  await hear(
    ...[...rig.crm.held].flatMap(([key, values]) =>
      Object.keys(values).map((propertyName) =>
        event(key.split(' ')[1] ?? '', {
          propertyName,
          objectTypeId: key.startsWith('ticket') ? '0-5' : '0-1',
          changeSource: 'INTEGRATION',
        }),
      ),
    ),
  );
  await drain(await fresh());
  expect(rig.crm.calls).toHaveLength(before);
});

test('an excluded person is written once, as excluded, and the card says so', async () => {
  const person = someContact();
  const updatedAt = new Date(AS_OF.getTime() + 1);
  rig.crm.put({ ...person, doNotScore: true, updatedAt });
  await hear(event(person.id, { propertyName: 'rapport_do_not_score' }));
  const before = writes().length;
  await drain(await fresh());
  expect(writes().slice(before)).toEqual([`write contact ${person.id}`]);
  expect(rig.crm.held.get(`contact ${person.id}`)).toMatchObject({ rapport_status: 'excluded' });
  const card = await showCard(rig, await rig.store.tenants.get(tenant.id), person.id);
  expect(card.state).toBe('excluded');
});

test('a deleted person’s score is not written again', async () => {
  const person = someContact();
  rig.crm.drop('contact', person.id);
  await hear(event(person.id, { subscriptionType: 'object.deletion' }));
  const before = writes().length;
  await drain(await fresh());
  expect(writes()).toHaveLength(before);
});

/** An emptied and a missing property are the same to a CRM. */
const filled = (values: Readonly<Record<string, string | null>>) =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== null && value !== ''));
