/**
 * A receiver over an embedded database in a folder, or over PostgreSQL, in a process that is meant to be killed. Prints
 * one line at start: its port and the ids of every record it found in the inbox and among the marks.
 */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ingest } from '../../src/flows/ingest.ts';
import { createPostgres } from '../../src/store/postgres.ts';
import { createStore } from '../../src/store/store.ts';
import { createHubSpotSource } from '../../webhooks/hubspot/source.ts';
import { createWebhookHandler } from '../../webhooks/router.ts';
import { AT, tenant } from './builders.ts';
import { openPglite } from './databases.ts';
import { ORIGIN, SECRET } from './deliveries.ts';
import { createRig, forTenantOf } from './flow-context.ts';

const where = process.argv[2] ?? '';
const store = where.startsWith('postgres:')
  ? createStore(createPostgres(where, () => {}))
  : (await openPglite(where)).store;
const rig = createRig(store);
const account = tenant('7777');
await store.tenants.upsert(account, AT);
const kept = (await store.inbox.take(account.id, 1e6)).flatMap((row) =>
  (JSON.parse(row.body) as { objectId: number }[]).map((e) => String(e.objectId)),
);
const marked = (await store.marks.take(account.id, 'sync', 'contact', 1e6)).map((m) => m.id);

const source = createHubSpotSource(ORIGIN, [{ host: 'hubspot', secrets: [SECRET] }]);
const handle = createWebhookHandler(
  { ...rig, clock: { now: () => new Date() } },
  { hubspot: source },
);
const server = createServer((req, res) => void handle(req, res));
server.listen(0, '127.0.0.1', () => {
  const { port } = server.address() as AddressInfo;
  process.stdout.write(`${JSON.stringify({ port, kept, marked })}\n`);
  const work = (): void => {
    ingest(forTenantOf(rig, account)).finally(() => setTimeout(work, 250));
  };
  work();
});
