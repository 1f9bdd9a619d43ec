/** What the cards of deals, companies and tickets are handed, from scores made over a real store. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Company } from '../../../src/core/record.ts';
import type { Tenant } from '../../../src/core/tenant.ts';
import type { TenantContext } from '../../../src/flows/context.ts';
import { score } from '../../../src/flows/score.ts';
import { showCard } from '../../../src/flows/show-card.ts';
import { showCompanyCard } from '../../../src/flows/show-company-card.ts';
import { showDealCard } from '../../../src/flows/show-deal-card.ts';
import { showTicketCard } from '../../../src/flows/show-ticket-card.ts';
import { train } from '../../../src/flows/train.ts';
import {
  AT,
  call,
  contact,
  deal,
  feedbackItem,
  later,
  newTenant,
  ref,
  ticket,
} from '../../support/builders.ts';
import { type Database, openPglite } from '../../support/databases.ts';
import { createRig, forTenantOf, type Rig } from '../../support/flow-context.ts';

const DAY = 86_400_000;
const company = (id: number): Company => ({
  kind: 'company',
  id: ref('company', id).id,
  createdAt: AT,
  updatedAt: AT,
  links: [],
  name: 'Tejo Logistics',
  industry: null,
});
let database: Database;
let rig: Rig;
let tenant: Tenant;
let ctx: TenantContext;
beforeAll(async () => {
  database = await openPglite();
});
afterAll(() => database?.close());
beforeEach(async () => {
  rig = createRig(database.store);
  tenant = await newTenant(rig.store);
  ctx = forTenantOf(rig, tenant);
  rig.clock.set(later(2 * DAY));
  const of = [ref('company', 9)];
  await rig.store.records.put(tenant.id, [
    company(9),
    contact(1, { links: of }),
    contact(2, { firstName: '伟', lastName: '王', links: of }),
    call(10, 1),
    call(11, 1, { at: later(DAY) }),
    deal(20, 1, { stage: 'open', closedAt: null, links: [ref('contact', 1), ref('contact', 2)] }),
    ticket(30, 1, {
      subject: 'Invoice charged twice',
      text: 'The invoice was charged twice and this is terrible. Please refund order A-20311 today.',
    }),
    ticket(31, 1, { subject: 'Late parcel', text: 'The parcel arrived late.', open: false }),
    ticket(32, 2, { subject: 'Sign-in', text: 'My password does not work.' }),
  ]);
  await train({ ...ctx, tenant: { ...tenant, state: 'training' } });
  await score(ctx, 1);
});

describe('deal card', () => {
  test('names the people, those last in touch first, and only advises whom it may', async () => {
    const card = await showDealCard(ctx, tenant, '20');
    expect(card.people.map(({ id, name, lastTouchAt }) => [id, name, lastTouchAt])).toEqual([
      ['1', 'Ana Reyes', later(DAY).toISOString()],
      ['2', '王伟', null],
    ]);
    expect(card.people[0]?.channel).not.toBeNull();
    const [row] = await rig.store.scores.get(tenant.id, 'contact', ['1']);
    if (row === undefined) throw new Error('no score');
    const held = { ...row, data: { ...(row.data as object), heldOut: true, status: 'holdout' } };
    await rig.store.scores.put(tenant.id, [held]);
    const later2 = await showDealCard(ctx, tenant, '20');
    expect(later2.people[0]).toMatchObject({ id: '1', channel: null, chance: null });
  });

  test('F58 another account’s deal is no deal', async () => {
    const other = await newTenant(rig.store);
    expect(await showDealCard(ctx, other, '20')).toMatchObject({ state: 'empty', people: [] });
  });
});

describe('company card', () => {
  test('counts segments and topics, and names who answers and who does not', async () => {
    const card = await showCompanyCard(ctx, tenant, '9');
    expect(card.mostEngaged).toEqual([{ id: '1', name: 'Ana Reyes', answers90d: 2 }]);
    expect(card.leastEngaged).toEqual([{ id: '2', name: '王伟', answers90d: 0 }]);
    expect(card.segments.reduce((n, s) => n + s.people, 0)).toBeLessThanOrEqual(2);
    const topics = Object.fromEntries(card.topics.map((t) => [t.topic.id, t.cases]));
    expect(topics).toEqual({ billing: 1, delivery: 1, account: 1 });
    expect(card.topics[0]?.topic.name.zh).toMatch(/\p{Script=Han}/u);
  });
});

describe('ticket card', () => {
  test('has every type, the sentences behind type and sentiment, topic, entities, person and past', async () => {
    const card = await showTicketCard(ctx, tenant, '30');
    expect(card.types.map((t) => t.label)).toContain('problem');
    expect(card.topic?.id).toBe('billing');
    expect(card.topics.length).toBeGreaterThan(3);
    expect(card.evidence).toContain('charged twice');
    expect(card.sentiment?.label).toMatch(/negative$/);
    expect(card.sentiment?.evidence).toContain('terrible');
    expect(card.entities).toContainEqual(
      expect.objectContaining({ kind: 'order_number', text: expect.stringContaining('A-20311') }),
    );
    expect(card.person).toMatchObject({ id: '1', name: 'Ana' });
    expect(card.past.map((p) => [p.source, p.id])).toEqual([['ticket', '31']]);
  });

  test('F13 shows the rest where a survey answer came in damaged, beside it or on it', async () => {
    const damaged = { text: undefined as never };
    await rig.store.records.put(tenant.id, [
      feedbackItem(40, 1, damaged),
      feedbackItem(41, 1, { ...damaged, links: [ref('contact', 1), ref('ticket', 30)] }),
      feedbackItem(42, 1, { at: 'last week' as never }),
      feedbackItem(43, 1, { text: 'Delivery took too long.' }),
    ]);
    const card = await showTicketCard(ctx, tenant, '30');
    expect(card.state).toBe('ready');
    expect(card.summary.length).toBeGreaterThan(0);
    expect(card.past.map((p) => [p.source, p.id])).toEqual(
      expect.arrayContaining([
        ['ticket', '31'],
        ['feedback', '43'],
      ]),
    );
    expect(card.past).toHaveLength(2);
    expect((await showCard(ctx, tenant, '1')).feedback.map((f) => f.id)).not.toContain('40');
  });

  test('is out of date only while somebody waits', async () => {
    rig.clock.set(later(60 * DAY));
    expect((await showTicketCard(ctx, tenant, '32')).state).toBe('stale');
    expect((await showTicketCard(ctx, tenant, '30')).state).toBe('ready');
  });
});
