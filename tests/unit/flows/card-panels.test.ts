/** What a contact's card opens: a draft in the customer's language, the steps to a chance, a text read. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { ContactScore } from '../../../src/core/score.ts';
import { DEFAULT_SETTINGS, type Tenant } from '../../../src/core/tenant.ts';
import type { TenantContext } from '../../../src/flows/context.ts';
import { draftMessage } from '../../../src/flows/draft-message.ts';
import { readText } from '../../../src/flows/read-text.ts';
import { score } from '../../../src/flows/score.ts';
import { showCard } from '../../../src/flows/show-card.ts';
import { showDetails } from '../../../src/flows/show-details.ts';
import { train } from '../../../src/flows/train.ts';
import { sigmoid } from '../../../src/ml/linear/logistic-regression.ts';
import { call, contact, email, later, newTenant, ref, ticket } from '../../support/builders.ts';
import { type Database, openPglite } from '../../support/databases.ts';
import { createRig, forTenantOf, type Rig } from '../../support/flow-context.ts';

const DAY = 86_400_000;
const QUESTION = 'How do I return a parcel that I do not want to keep?';
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
  // Nobody is held out by chance.
  const settings = { ...DEFAULT_SETTINGS, holdout: { share: 0 } };
  tenant = await newTenant(rig.store, { settings });
  ctx = forTenantOf(rig, tenant);
  rig.clock.set(later(2 * DAY));
  await rig.store.records.put(tenant.id, [
    contact(1),
    contact(2, { firstName: '伟', lastName: '王', language: null }),
    contact(3, { language: 'de' }),
    contact(4, { emailOptOut: true, consent: { email: 'denied' }, email: null }),
    call(10, 1, { at: later(-30 * DAY) }),
    call(11, 1, { at: later(-29 * DAY) }),
    ...[1, 2, 3, 4].map((of) =>
      email(20 + of, [ref('contact', of)], { direction: 'outbound', at: later(-20 * DAY) }),
    ),
    ticket(30, 1, { subject: 'Return', text: QUESTION }),
    ticket(31, 2, { subject: '账单', text: '账单重复扣款，请尽快处理。' }),
  ]);
  await train({ ...ctx, tenant: { ...tenant, state: 'training' } });
  await score(ctx, 1);
});

/** Changes what is said of a contact. */
async function say(id: string, change: Partial<ContactScore>): Promise<void> {
  const [row] = await rig.store.scores.get(tenant.id, 'contact', [id]);
  if (row === undefined) throw new Error('no score');
  await rig.store.scores.put(tenant.id, [{ ...row, data: { ...(row.data as object), ...change } }]);
}

describe('a draft', () => {
  test('is the account’s own answer to what they wait for, named after it', async () => {
    const answer = 'Print the label in your account and hand the parcel in.';
    await rig.store.faq.replace(tenant.id, [
      { id: 'returns', language: 'en', question: QUESTION, answer, keywords: 'return+parcel' },
    ]);
    expect(await draftMessage(ctx, '1')).toEqual({ text: answer, from: QUESTION, blanks: 0 });
  });

  test('is else a beginning about the case, in their language, with places to fill in', async () => {
    const draft = await draftMessage(ctx, '1');
    expect(draft).toMatchObject({ from: null, blanks: 1 });
    expect(draft.text).toMatch(/^Hello Ana,\n\n.*“Return”/);
    const chinese = await draftMessage(ctx, '2');
    expect(chinese.text).toMatch(/^王伟，您好：\n\n.*“账单”/);
    expect(chinese.text?.split('[…]')).toHaveLength(chinese.blanks + 1);
  });

  test('is about the offer once nothing waits, unless it may not be made', async () => {
    await rig.store.records.put(tenant.id, [ticket(30, 1, { open: false })]);
    const offer: ContactScore['offer'] = {
      basis: 'rule',
      ...{ sku: 'on', name: 'Onboarding pack', because: { sku: 'b', name: 'Basic' } },
      ...{ chance: 0.31, usual: 0.09, lift: 3.4, count: 4, n: 12, blocked: null },
    };
    await say('1', { offer });
    expect((await draftMessage(ctx, '1')).text).toContain('Many who have Basic also chose');
    await say('1', { offer: { ...offer, blocked: 'open_problem' } });
    expect((await draftMessage(ctx, '1')).text).not.toContain('Onboarding');
  });

  test.each([
    ['3', 'a language that is not written'],
    ['4', 'no written channel'],
    ['99', 'nobody'],
  ])('of contact %s is none: %s', async (id) => {
    expect(await draftMessage(ctx, id)).toEqual({ text: null, from: null, blanks: 0 });
  });

  test('and details tell nothing of a contact who is held out, nor of another account’s', async () => {
    const other = forTenantOf(rig, await newTenant(rig.store));
    expect((await draftMessage(other, '1')).text).toBeNull();
    await expect(showDetails(other, '1')).rejects.toMatchObject({ code: 'record_gone' });
    await say('1', { status: 'holdout', heldOut: true });
    expect((await draftMessage(ctx, '1')).text).toBeNull();
    await expect(showDetails(ctx, '1')).rejects.toMatchObject({ code: 'record_gone' });
  });
});

test('the details lead step by step, the weightiest first, to the chance on the card', async () => {
  const [row] = await rig.store.scores.get(tenant.id, 'contact', ['1']);
  const reach = (row?.data as ContactScore | undefined)?.reach ?? null;
  const [best, ...rest] = reach?.ranked ?? [];
  if (reach === null || best === undefined) throw new Error('nothing advised');
  const reasons = [
    { code: 'day_part', effect: -0.2, params: { dayPart: 'morning' } },
    { code: 'personal_history', effect: 1.3, params: { channel: 'phone', answered: 6, tried: 11 } },
  ];
  const chance = sigmoid(-1 + 1.3 - 0.2);
  await say('1', {
    reach: { ...reach, ranked: [{ ...best, base: -1, chance, reasons }, ...rest] },
  });
  const details = await showDetails(ctx, '1');
  expect(details.channel).toBe((await showCard(ctx, tenant, '1')).reach?.best?.channel);
  expect(details.start).toBeCloseTo(0.2689, 4);
  expect(details.steps.map((s) => s.reason.code)).toEqual(['personal_history', 'day_part']);
  expect(details.steps[0]?.chance).toBeCloseTo(0.5744, 4);
  expect(details.steps[1]?.chance).toBeCloseTo(chance, 9);
});

test('the card names the best allowed channel on which one writes, and what was said by month', async () => {
  const card = await showCard(ctx, tenant, '1');
  expect(card.reach?.written).toBe('email');
  await rig.store.history.put(tenant.id, [
    { id: '1', month: '2025-12', value12m: 90, churnChance: 0.2, modelVersion: 'm' },
  ]);
  const { trend } = await showCard(ctx, tenant, '1');
  expect(trend[0]).toEqual({ month: '2025-12', churn: 0.2, value: 90 });
});

test('a text is read without being kept', async () => {
  expect(await readText(ctx, 'The invoice was charged twice and this is terrible.')).toMatchObject({
    type: 'problem',
    sentiment: expect.stringMatching(/negative$/),
  });
  expect(
    await readText(ctx, 'Das Paket kam beschädigt an, bitte erstatten Sie den Betrag.'),
  ).toEqual({
    type: null,
    urgency: null,
    sentiment: null,
  });
});
