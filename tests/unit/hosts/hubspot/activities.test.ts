/** Tasks and notes as HubSpot takes them: made, found, kept apart and taken away, against the sandbox's validation. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { NewActivity } from '../../../../src/core/activity.ts';
import { recordId } from '../../../../src/core/ids.ts';
import { createSession } from '../../../../src/hosts/hubspot/session.ts';
import type { HostSession } from '../../../../src/ports/host.ts';
import { newTenant, ref } from '../../../support/builders.ts';
import { type Database, openPglite } from '../../../support/databases.ts';
import { manifest } from '../../../support/flow-context.ts';
import { createRecordingMeter } from '../../../support/recorders.ts';
import { type SandboxServer, startSandbox } from '../../../support/sandbox-server.ts';

let database: Database;
let server: SandboxServer;
let session: HostSession;
let contactId = '';

beforeAll(async () => {
  database = await openPglite();
  server = await startSandbox();
  session = createSession({
    apiOrigin: server.info.api,
    manifest,
    tenant: await newTenant(database.store),
    accessToken: async () => server.info.token,
    pace: async () => {},
    meter: createRecordingMeter(),
  });
  const { body } = await server.call('GET', '/crm/v3/objects/contacts?limit=1');
  contactId = body.results[0].id;
});
afterAll(async () => {
  await server?.close();
  await database?.close();
});

const activity = (over: Partial<NewActivity> = {}): NewActivity => ({
  kind: 'task',
  about: [ref('contact', recordId(contactId))],
  subject: 'Call Ana',
  body: '50% reply rate expected\n+ Answered 6 of 11 calls <at most>',
  at: new Date('2026-11-24T09:00:00.000Z'),
  type: 'call',
  ownerId: null,
  ...over,
});

describe('a task', () => {
  it('is made on its record with its words as HTML, and found again by title and time', async () => {
    expect(await session.findActivity(activity())).toBeNull();
    const id = await session.createTask(activity());
    const { body } = await server.call(
      'GET',
      `/crm/v3/objects/tasks/${id}?properties=hs_task_subject,hs_task_body,hs_task_status,hs_task_type&associations=contacts`,
    );
    expect(body.properties).toMatchObject({
      hs_task_subject: 'Call Ana',
      hs_task_body: '50% reply rate expected<br>+ Answered 6 of 11 calls &lt;at most&gt;',
      hs_task_status: 'NOT_STARTED',
      hs_task_type: 'CALL',
    });
    expect(body.associations.contacts.results[0].id).toBe(contactId);
    expect(await session.findActivity(activity())).toBe(id);
    expect(await session.findActivity(activity({ at: new Date(0) }))).toBeNull();
    expect(await session.findActivity(activity({ subject: 'Write to Ana' }))).toBeNull();
  });

  it('is ours until somebody edits or does it, and is taken away without a fuss', async () => {
    const id = await session.createTask(activity({ subject: 'Second' }));
    const made = activity({ subject: 'Second' });
    expect(await session.hasActivity(id, made)).toBe(true);
    await server.call('PATCH', `/crm/v3/objects/tasks/${id}`, {
      properties: { hs_task_status: 'COMPLETED' },
    });
    expect(await session.hasActivity(id, made)).toBe(false);
    await session.removeActivity('task', id);
    await session.removeActivity('task', id);
    expect(await session.hasActivity(id, made)).toBe(false);
  });

  it('is refused where HubSpot would refuse it', async () => {
    const about = [ref('contact', recordId('999999999'))];
    await expect(session.createTask(activity({ about }))).rejects.toMatchObject({
      code: 'host_rejected',
    });
    const { status, body } = await server.call('POST', '/crm/v3/objects/tasks', {
      properties: { hs_timestamp: '2026-11-24T09:00:00Z', hs_task_status: 'SOMEDAY' },
      associations: [],
    });
    expect([status, body.errors[0].code]).toEqual([400, 'INVALID_OPTION']);
  });
});

it('a note is made and found in the same way', async () => {
  const note = activity({ kind: 'note' });
  const id = await session.createNote(note);
  expect(await session.findActivity(note)).toBe(id);
  expect(await session.hasActivity(id, note)).toBe(true);
  await session.removeActivity('note', id);
  expect(await session.hasActivity(id, note)).toBe(false);
});
