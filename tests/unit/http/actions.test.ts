/** Workflow actions over HTTP: signed by v2, answered once per execution, with three exits, never stopping a workflow. */

import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ChannelChance, ContactScore } from '../../../src/core/score.ts';
import type { Tenant } from '../../../src/core/tenant.ts';
import { answerLater } from '../../../src/flows/workflow-actions.ts';
import { AT, newTenant } from '../../support/builders.ts';
import { type Database, openPglite } from '../../support/databases.ts';
import { ORIGIN, SECRET } from '../../support/deliveries.ts';
import { createRig, forTenantOf, type Rig } from '../../support/flow-context.ts';
import { type HttpServer, startHttpServer } from '../../support/http-server.ts';

let database: Database;
let rig: Rig;
let server: HttpServer;
let tenant: Tenant;

beforeAll(async () => {
  database = await openPglite();
  rig = createRig(database.store);
  tenant = await newTenant(rig.store);
  server = await startHttpServer(rig);
  await rig.store.scores.put(tenant.id, [
    row('1', { chance: 0.62, evidence: 'personal' }),
    row('2', { chance: 0.62, evidence: 'everyone' }),
    row('3', null),
  ]);
});
afterAll(async () => {
  await server?.close();
  await database?.close();
});

const row = (id: string, best: Pick<ChannelChance, 'chance' | 'evidence'> | null) => {
  const channel = { channel: 'phone', dayPart: 'morning', usual: 0.3, tried: 5, answered: 4 };
  const reasons = [
    { code: 'personal_history', effect: 1, params: { channel: 'phone', answered: 4, tried: 5 } },
  ];
  const ranked =
    best === null ? [] : [{ ...channel, low: 0.4, high: 0.8, base: 0, reasons, ...best }];
  const data = {
    status: best === null ? 'consent_blocked' : 'ready',
    reach: { ranked, blocked: [], nextContactAt: '2026-03-03T09:00:00.000Z' },
  } as unknown as ContactScore;
  return { kind: 'contact', id, scoredAt: AT, modelVersion: 'm-1', data } as const;
};

let executions = 0;
async function ask(
  action: string,
  objectId: string,
  inputFields: object = {},
  callbackId = `ap-${++executions}`,
  sign?: (text: string) => string,
): Promise<{ status: number; fields: Record<string, string> }> {
  const { status, json } = await post(
    action,
    {
      callbackId,
      context: { source: 'WORKFLOWS', workflowId: 31 },
      object: { objectId: Number(objectId), objectType: 'CONTACT' },
      inputFields,
    },
    sign,
  );
  return { status, fields: json.outputFields ?? {} };
}

interface Answered {
  readonly outputFields?: Record<string, string>;
  readonly options?: readonly object[];
}

async function post(
  action: string,
  asked: object,
  sign: (text: string) => string = (text) => createHash('sha256').update(text).digest('hex'),
  accountId = tenant.accountId,
): Promise<{ status: number; json: Answered }> {
  const path = `/actions/${action}`;
  const origin = { portalId: Number(accountId), actionDefinitionId: 5 };
  const body = JSON.stringify({ origin, ...asked });
  const answer = await fetch(server.origin + path, {
    method: 'POST',
    body,
    headers: {
      'x-hubspot-signature-version': 'v2',
      'x-hubspot-signature': sign(`${SECRET}POST${ORIGIN}${path}${body}`),
    },
  });
  return { status: answer.status, json: (await answer.json()) as Answered };
}

test('acts where evidence and chance pass the gate, asks below it, abstains without advice', async () => {
  const sure = await ask('recommend-channel', '1', { gate: 60 });
  expect(sure.fields).toMatchObject({
    rapport_exit: 'act',
    hs_execution_state: 'SUCCESS',
    channel: 'phone',
    reply_prob: '0.62',
    evidence: 'personal',
    next_contact_at: '2026-03-03T09:00:00.000Z',
  });
  expect(sure.fields['why']).toContain('4 of 5');
  const unsure = await ask('recommend-channel', '1', { gate: '70' });
  expect(unsure.fields).toMatchObject({ rapport_exit: 'ask', channel: 'phone' });
  const common = await ask('recommend-channel', '2', { gate: 10 });
  expect(common.fields['rapport_exit']).toBe('ask');
  const blocked = await ask('recommend-channel', '3');
  expect(blocked.fields).toMatchObject({ rapport_exit: 'abstain', status: 'consent_blocked' });
  const unknown = await ask('recommend-channel', '99');
  expect(unknown.fields).toMatchObject({ rapport_exit: 'abstain', status: 'no_data' });
});

test('an execution asked for again is answered as before, even when the score has moved', async () => {
  const first = await ask('recommend-channel', '1', { gate: 60 }, 'again');
  await rig.store.scores.put(tenant.id, [row('1', { chance: 0.05, evidence: 'everyone' })]);
  expect(await ask('recommend-channel', '1', { gate: 60 }, 'again')).toEqual(first);
  const anew = await ask('recommend-channel', '1', { gate: 60 });
  expect(anew.fields['rapport_exit']).toBe('ask');
});

test('scoring now lets the workflow wait, and tells it when there is a newer score', async () => {
  const answer = await ask('score-contact-now', '1', {}, 'ap-late');
  expect(answer.fields).toMatchObject({
    hs_execution_state: 'BLOCK',
    hs_expiration_duration: 'PT5M',
  });
  const marks = await rig.store.marks.take(tenant.id, 'score', 'contact', 9);
  expect(marks.map((m) => m.id)).toEqual(['1']);
  expect(rig.queue.jobs.slice(-2)).toMatchObject([
    { job: 'drain', payload: { tenantId: tenant.id } },
    { job: 'answer', payload: { callbackId: 'ap-late' } },
  ]);
  const late = () => answerLater(forTenantOf(rig, tenant), 'ap-late');
  await late();
  expect(rig.crm.completed.has('ap-late')).toBe(false);
  expect(rig.queue.jobs.at(-1)).toMatchObject({ job: 'answer' });
  await rig.store.scores.put(tenant.id, [
    { ...row('1', { chance: 0.62, evidence: 'personal' }), scoredAt: rig.clock.now() },
  ]);
  await late();
  const told = { rapport_exit: 'act', status: 'ready', hs_execution_state: 'SUCCESS' };
  expect(rig.crm.completed.get('ap-late')).toEqual(told);
  // Asked again, and looked at again, it is what it was.
  expect((await ask('score-contact-now', '1', {}, 'ap-late')).fields).toEqual(told);
  rig.crm.completed.clear();
  await late();
  expect(rig.crm.completed.size).toBe(0);
});

test('a workflow that has waited five minutes goes on without an answer', async () => {
  await ask('score-contact-now', '99', {}, 'ap-never');
  const began = rig.clock.now();
  try {
    rig.clock.set(new Date(began.getTime() + 5 * 60_000));
    await answerLater(forTenantOf(rig, tenant), 'ap-never');
    expect(rig.crm.completed.get('ap-never')).toEqual({
      rapport_exit: 'abstain',
      hs_execution_state: 'FAIL_CONTINUE',
    });
  } finally {
    rig.clock.set(began);
  }
});

test('classifies a message in both languages from the first day, and abstains where it cannot', async () => {
  const english = await ask('classify-text', '1', {
    text: 'I was charged twice for the same order. Please refund me today!',
    gate: 20,
    topic: 'billing',
  });
  expect(english.fields).toMatchObject({
    rapport_exit: 'act',
    language: 'en',
    type: 'problem',
    is_topic: String(english.fields['topic'] === 'billing'),
  });
  const certain = await ask('classify-text', '1', {
    text: 'I was charged twice for the same order. Please refund me today!',
    gate: 100,
  });
  expect(certain.fields).toMatchObject({ rapport_exit: 'ask', type: 'problem' });
  const chinese = await ask('classify-text', '1', {
    text: '订单被重复扣款了，请尽快退款！',
    gate: 20,
  });
  expect(chinese.fields).toMatchObject({ language: 'zh_hans', type: 'problem' });
  const foreign = await ask('classify-text', '1', {
    text: 'Não consigo entrar na minha conta desde ontem à noite.',
  });
  expect(foreign.fields['rapport_exit']).toBe('abstain');
  for (const text of ['', undefined, 7])
    expect((await ask('classify-text', '1', { text })).fields).toMatchObject({
      rapport_exit: 'abstain',
      status: 'no_data',
    });
});

test('suggests the account’s own answer, asks where it is unsure, hands over without one', async () => {
  await rig.store.faq.replace(tenant.id, [
    {
      id: 'return',
      language: 'en',
      question: 'How can I return an item?',
      answer: 'Send it back within 30 days with the label in the box.',
      keywords: 'return+item',
    },
  ]);
  const known = await ask('suggest-reply', '1', { text: 'How can I return an item?', gate: 50 });
  expect(known.fields).toMatchObject({
    rapport_exit: 'act',
    reply: 'Send it back within 30 days with the label in the box.',
    language: 'en',
    hs_execution_state: 'SUCCESS',
  });
  expect(known.fields['source']).toBe('faq: How can I return an item?');
  const above = await ask('suggest-reply', '1', { text: 'How can I return an item?', gate: 101 });
  expect(above.fields['reply']).toBe(known.fields['reply']);
  const other = await ask('suggest-reply', '1', { text: 'The moon is made of which cheese?' });
  expect(other.fields).toMatchObject({ rapport_exit: 'abstain' });
  expect(other.fields['reply']).toBeUndefined();
  expect((await ask('suggest-reply', '1')).fields).toMatchObject({ status: 'no_data' });
});

test('one channel alone, and one segment alone, where the workflow wants that', async () => {
  await rig.store.scores.put(tenant.id, [row('5', { chance: 0.62, evidence: 'personal' })]);
  const asked = async (inputs: object) =>
    (await ask('recommend-channel', '5', { gate: 10, ...inputs })).fields;
  expect(await asked({ channel: 'phone' })).toMatchObject({
    rapport_exit: 'act',
    channel: 'phone',
  });
  expect(await asked({ channel: 'sms' })).toMatchObject({ rapport_exit: 'abstain' });
  expect(await asked({ segment: 'seg_01' })).toMatchObject({ status: 'other_segment' });
});

describe('the lists an editor chooses from', () => {
  const options = (list: string, fetchOptions: object = {}, sign?: (text: string) => string) =>
    post(`options/${list}`, { inputFieldName: list, inputFields: {}, fetchOptions }, sign);

  test('are the account’s own, searchable', async () => {
    const { json } = await options('topics', { q: '退款' });
    expect(json).toEqual({
      options: [{ value: 'refund', label: 'Returns and refunds · 退换与退款', description: '' }],
      after: null,
      searchable: true,
    });
    expect((await options('topics')).json.options).toHaveLength(8);
    expect((await options('channels')).json.options).toEqual([]);
    expect((await options('elsewhere')).status).toBe(404);
    expect((await options('constructor')).status).toBe(404);
  });

  test('F21 are nobody’s without the signature', async () => {
    const wrong = (text: string) => createHash('sha256').update(`${text} `).digest('hex');
    expect((await options('topics', {}, wrong)).status).toBe(401);
  });
});

test('F21 F58 a wrong signature, an unknown account and an unknown action are told nothing', async () => {
  const wrong = (text: string) => createHash('sha256').update(`x${text}`).digest('hex');
  const refused = await ask('classify-text', '1', { text: 'Hello' }, 'ap-forged', wrong);
  expect(refused.status).toBe(401);
  expect(await rig.store.actionRuns.get(tenant.id, 'ap-forged')).toBeNull();
  expect(
    (await post('classify-text', { callbackId: 'x', inputFields: {} }, undefined, '99999999'))
      .status,
  ).toBe(404);
  expect((await ask('no-such-action', '1')).status).toBe(404);
  expect((await ask('constructor', '1')).status).toBe(404);
});

test('one account’s execution is not another’s, even by the same callback id', async () => {
  const other = await newTenant(rig.store);
  await ask('recommend-channel', '2', { gate: 10 }, 'same-id');
  const theirs = await post(
    'recommend-channel',
    { callbackId: 'same-id', object: { objectId: 2, objectType: 'CONTACT' }, inputFields: {} },
    undefined,
    other.accountId,
  );
  expect(theirs.json.outputFields).toMatchObject({ rapport_exit: 'abstain', status: 'no_data' });
});

test('trouble on our side lets the workflow go on', async () => {
  const get = rig.store.scores.get;
  try {
    rig.store.scores.get = () => Promise.reject(new Error('down'));
    const answer = await ask('recommend-channel', '1');
    expect(answer.status).toBe(200);
    expect(answer.fields['hs_execution_state']).toBe('FAIL_CONTINUE');
  } finally {
    rig.store.scores.get = get;
  }
});

test('F21 refuses what is not signed by v2 before it reads it', async () => {
  expect((await ask('recommend-channel', '1', {}, 'x', () => '')).status).toBe(401);
  expect((await ask('recommend-channel', '1', {}, 'x', () => 'zz')).status).toBe(401);
  const v1 = (text: string) => createHash('sha256').update(`${text} `).digest('hex');
  expect((await ask('recommend-channel', '1', {}, 'x', v1)).status).toBe(401);
  expect((await ask('no-such-action', '1')).status).toBe(404);
});
