/** Workflow actions over HTTP: signed by v2, answered once per execution, with three exits, never stopping a workflow. */
import { createHash } from 'node:crypto';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ChannelChance, ContactScore } from '../../../src/core/score.ts';
import type { Tenant } from '../../../src/core/tenant.ts';
import { createHttpServer } from '../../../src/http/server.ts';
import { createHubSpotSource } from '../../../webhooks/hubspot/source.ts';
import { createWebhookHandler } from '../../../webhooks/router.ts';
import { AT, newTenant } from '../../support/builders.ts';
import { type Database, openPglite } from '../../support/databases.ts';
import { ORIGIN, SECRET } from '../../support/deliveries.ts';
import { createRig, type Rig } from '../../support/flow-context.ts';

let database: Database;
let rig: Rig;
let server: Server;
let tenant: Tenant;
let base = '';

beforeAll(async () => {
  database = await openPglite();
  rig = createRig(database.store);
  tenant = await newTenant(rig.store);
  const source = createHubSpotSource(ORIGIN, [{ host: 'hubspot', secrets: [SECRET] }]);
  server = createHttpServer({
    ctx: rig,
    publicUrl: ORIGIN,
    adminToken: undefined,
    verify: source.verify,
    verifyAction: source.verifyAction,
    webhooks: createWebhookHandler(rig, { hubspot: source }),
    distDir: '/nonexistent',
    sandbox: undefined,
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  await rig.store.scores.put(tenant.id, [
    row('1', { chance: 0.62, evidence: 'personal' }),
    row('2', { chance: 0.62, evidence: 'everyone' }),
    row('3', null),
  ]);
});
afterAll(async () => {
  server?.closeAllConnections();
  server?.close();
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
  sign: (text: string) => string = (text) => createHash('sha256').update(text).digest('hex'),
): Promise<{ status: number; fields: Record<string, string> }> {
  const path = `/actions/${action}`;
  const body = JSON.stringify({
    callbackId,
    origin: { portalId: Number(tenant.accountId), actionDefinitionId: 5 },
    context: { source: 'WORKFLOWS', workflowId: 31 },
    object: { objectId: Number(objectId), objectType: 'CONTACT' },
    inputFields,
  });
  const answer = await fetch(base + path, {
    method: 'POST',
    body,
    headers: {
      'x-hubspot-signature-version': 'v2',
      'x-hubspot-signature': sign(`${SECRET}POST${ORIGIN}${path}${body}`),
    },
  });
  const json = (await answer.json()) as { outputFields?: Record<string, string> };
  return { status: answer.status, fields: json.outputFields ?? {} };
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

test('scoring now wakes the account for that contact', async () => {
  const answer = await ask('score-contact-now', '1');
  expect(answer.fields).toMatchObject({ rapport_exit: 'act', status: 'queued' });
  const marks = await rig.store.marks.take(tenant.id, 'score', 'contact', 9);
  expect(marks.map((m) => m.id)).toEqual(['1']);
  expect(rig.queue.jobs.at(-1)).toMatchObject({ job: 'drain', payload: { tenantId: tenant.id } });
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
