/** Workflow actions as HubSpot runs them: the sandbox signs, waits and is told, over real HTTP and HubSpot's own schemas. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createSchemaCheck } from '../../src/hosts/sandbox/schema-check.ts';
import { type Installation, startInstallation } from '../support/installation.ts';

let app: Installation;
let contactId = 0;

beforeAll(async () => {
  app = await startInstallation({ contacts: 12 });
  await app.install();
  await app.settle();
  const { body } = await app.crm('GET', '/crm/v3/objects/contacts?limit=1');
  contactId = Number((body.results as { id: string }[])[0]?.id);
});
afterAll(() => app?.close());

interface Execution {
  readonly callbackId: string;
  readonly state: string;
  readonly outputFields: Readonly<Record<string, string>>;
}

async function run(name: string, inputFields: object = {}, more: object = {}): Promise<Execution> {
  const { status, body } = await app.crm('POST', `/sandbox/actions/${name}`, {
    objectType: 'CONTACT',
    objectId: contactId,
    inputFields,
    ...more,
  });
  expect(status).toBe(200);
  return body as unknown as Execution;
}
const declared = (name: string): string[] => {
  const action = app.ctx.manifest.workflowActions.find((a) => a.name === name);
  return (action?.outputs ?? []).map((o) => o.name);
};

test('every action answers with an exit, a state and nothing that it does not declare', async () => {
  for (const { name } of app.ctx.manifest.workflowActions) {
    if (name === 'score-contact-now') continue;
    const { state, outputFields } = await run(name, { text: 'The lamp is broken, please help.' });
    expect(state).toBe('SUCCESS');
    expect(['act', 'ask', 'abstain']).toContain(outputFields['rapport_exit']);
    const known = [...declared(name), 'hs_execution_state'];
    expect(Object.keys(outputFields).filter((field) => !known.includes(field))).toEqual([]);
  }
});

test('scoring a contact now: the workflow waits, and is told within the same callback', async () => {
  const waiting = await run('score-contact-now');
  expect(waiting).toMatchObject({
    state: 'BLOCK',
    outputFields: { hs_expiration_duration: 'PT5M' },
  });
  await app.settle();
  const { body } = await app.crm('GET', `/sandbox/actions/${waiting.callbackId}`);
  expect(body).toMatchObject({ state: 'SUCCESS', outputFields: { status: expect.any(String) } });
  // HubSpot asks again after a time-out of its own: the same execution, the same answer.
  const again = await run('score-contact-now', {}, { callbackId: waiting.callbackId });
  expect(again.outputFields).toEqual((body as unknown as Execution).outputFields);
});

test('the editor is offered the account’s own lists', async () => {
  const list = async (name: string, fetchOptions: object = {}) =>
    (await app.crm('POST', `/sandbox/actions/options/${name}`, fetchOptions)).body as unknown as {
      options: { value: string }[];
    };
  const topics = (await list('topics')).options.map((o) => o.value);
  expect(topics).toEqual((await app.tenant()).settings.feedback.topics.map((t) => t.id));
  expect((await list('topics', { q: 'billing' })).options.map((o) => o.value)).toEqual(['billing']);
  expect((await list('channels')).options.length).toBeGreaterThan(0);
});

describe('the completion', () => {
  const complete = (callbackId: string, body: unknown) =>
    app.crm('POST', `/automation/v4/actions/callbacks/${callbackId}/complete`, body);

  test('is checked against the schema of HubSpot’s own client', async () => {
    const { problems } = createSchemaCheck();
    expect(problems('actions.CallbackCompletionRequest', { outputFields: { a: 'b' } })).toEqual([]);
    const { callbackId } = await run('recommend-channel');
    expect((await complete(callbackId, { outputFields: { a: 1 } })).status).toBe(400);
    expect((await complete(callbackId, { fields: {} })).status).toBe(400);
    expect((await complete(callbackId, { outputFields: { a: 'b' } })).status).toBe(204);
  });

  test('of an execution that nobody waits for is not found', async () => {
    expect((await complete('ap-unknown', { outputFields: {} })).status).toBe(404);
  });
});
