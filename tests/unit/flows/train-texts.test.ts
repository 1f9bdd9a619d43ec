/** Texts are fitted while the CRM is still being read, and only what was fitted on the same texts is used. */
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { DEFAULT_REACH_RULES } from '../../../src/core/channel.ts';
import { backfill } from '../../../src/flows/backfill.ts';
import { forTenant } from '../../../src/flows/context.ts';
import { begunTexts, readTexts, SEED } from '../../../src/flows/train-texts.ts';
import { fitTexts, runTraining } from '../../../src/models/training.ts';
import { contact, newTenant, ticket } from '../../support/builders.ts';
import { type Database, openPglite } from '../../support/databases.ts';
import { createRig, type Rig } from '../../support/flow-context.ts';
import { demoFacts } from '../models/demo-facts.ts';

const LATER = new Date('2100-01-01T00:00:00Z');
let database: Database;
let rig: Rig;
let id: Awaited<ReturnType<typeof newTenant>>['id'];

beforeAll(async () => {
  database = await openPglite();
});
afterAll(() => database?.close());
beforeEach(async () => {
  rig = createRig(database.store);
  rig.crm.put(contact('1'), ticket(1, 1));
  ({ id } = await newTenant(rig.store, { state: 'backfilling' }));
});

test('the fit begins while the rest is read, and its result is taken once', async () => {
  const order: string[] = [];
  let begin = (): void => {};
  const begun = new Promise<void>((resolve) => {
    begin = resolve;
  });
  rig.crm.before = async (call) => {
    const name = call.split(' ').slice(0, 2).join(' ');
    // The contacts come late: whoever waited for them would wait for ever.
    if (name === 'list contact') await begun;
    order.push(name);
  };
  const ctx = await forTenant(
    {
      ...rig,
      fitTexts: async ({ tickets }) => {
        order.push(`fit ${tickets.length}`);
        begin();
        return null;
      },
    },
    id,
  );
  await backfill(ctx);
  expect(order.indexOf('fit 1')).toBeGreaterThan(order.indexOf('list ticket'));
  expect(order.indexOf('list contact')).toBeGreaterThan(order.indexOf('fit 1'));
  const texts = await readTexts(ctx, LATER);
  expect(await begunTexts(ctx, texts, SEED)).toBeNull();
  expect(await begunTexts(ctx, texts, SEED)).toBeUndefined();
});

test('other texts than those of the fit, or a failed fit, are to be fitted again', async () => {
  const ctx = await forTenant({ ...rig, fitTexts: async () => null }, id);
  await backfill(ctx);
  await rig.store.records.put(id, [ticket(1, 2, { text: 'Another text.' })]);
  expect(await begunTexts(ctx, await readTexts(ctx, LATER), SEED)).toBeUndefined();

  const failing = await forTenant(
    { ...rig, fitTexts: () => Promise.reject(new Error('out of memory')) },
    id,
  );
  await rig.store.cursors.reset(id);
  await backfill(failing);
  expect(await begunTexts(failing, await readTexts(failing, LATER), SEED)).toBeUndefined();
});

test('texts fitted beforehand give the same models, to the byte', () => {
  const demo = demoFacts(120, 3, new Date('2026-06-01T00:00:00Z'));
  const input = {
    contacts: demo.facts,
    tickets: demo.tickets,
    feedback: demo.feedback,
    rules: DEFAULT_REACH_RULES,
    asOf: new Date('2026-06-01T00:00:00Z'),
    seed: 1,
  };
  const texts = fitTexts(input);
  expect(texts).not.toBeNull();
  const order = { input, champion: null, cause: 'first' } as const;
  expect(runTraining({ ...order, texts })).toEqual(runTraining(order));
});
