/** Rapport and a sandbox in one process, speaking over real HTTP; jobs run when a test says so, failures are tried again at once. */

import { setTimeout } from 'node:timers/promises';
import type { RequestHandler } from 'express';
import { installIntoSandbox, registerApp } from '../../src/app/sandbox-install.ts';
import { RapportError } from '../../src/core/errors.ts';
import { tenantId } from '../../src/core/ids.ts';
import type { Manifest } from '../../src/core/manifest.ts';
import { RECORD_KINDS } from '../../src/core/record.ts';
import type { Tenant } from '../../src/core/tenant.ts';
import type { FlowContext } from '../../src/flows/context.ts';
import { jobHandlers } from '../../src/flows/jobs.ts';
import { createHubSpotHost } from '../../src/hosts/hubspot/host.ts';
import type { Clock } from '../../src/ports/clock.ts';
import type { JobHandler } from '../../src/ports/queue.ts';
import { freePort } from './app.ts';
import { type Database, openPglite } from './databases.ts';
import { createRig, manifest as ownManifest, type Rig } from './flow-context.ts';
import { startHttpServer } from './http-server.ts';
import { type Answer, type SandboxServer, startSandbox } from './sandbox-server.ts';

/** Runs with the wall, from a fixed morning, and can be moved ahead. */
export interface MovableClock extends Clock {
  advance(ms: number): void;
}

export function createMovableClock(start = new Date('2026-03-02T10:00:00Z')): MovableClock {
  const begun = performance.now();
  let ahead = 0;
  return {
    now: () => new Date(start.getTime() + performance.now() - begun + ahead),
    advance: (ms) => {
      ahead += ms;
    },
  };
}

export interface Installation {
  readonly sandbox: SandboxServer;
  readonly database: Database;
  readonly ctx: FlowContext & Pick<Rig, 'log' | 'queue'>;
  readonly clock: MovableClock;
  readonly origin: string;
  readonly id: Tenant['id'];
  /** One call of the CRM's API with its private token. */
  crm(method: string, path: string, body?: unknown): Promise<Answer>;
  /** What is not named goes back to its default; the limiter's time stays fast. */
  knobs(knobs?: Readonly<Record<string, number>>): Promise<void>;
  /** As an admin with a browser does. */
  install(): Promise<void>;
  tenant(): Promise<Tenant>;
  /** Runs a job now; what it throws is thrown. */
  job(name: string): Promise<void>;
  /** Waits until every event on the way was delivered; nothing is worked off. */
  heard(): Promise<void>;
  /** Works until nothing is left, here and on the way; returns the refusals that were tried again. */
  settle(): Promise<readonly RapportError[]>;
  /** Everything stored, scored and held by the CRM, without what follows the clock. */
  picture(): Promise<unknown>;
  close(): Promise<void>;
}

export interface InstallationOptions {
  readonly contacts?: number;
  readonly manifest?: Manifest;
  /** Whether the webhooks journal is followed; it is read when `job('journal')` says so. */
  readonly journal?: boolean;
  /** Sees every call to the sandbox. */
  readonly onCall?: RequestHandler;
}

const FAST = { clockSpeed: 100_000 };
const TRIES = 2_000;

export async function startInstallation({
  contacts = 20,
  manifest = ownManifest,
  journal = false,
  onCall,
}: InstallationOptions = {}): Promise<Installation> {
  const clock = createMovableClock();
  const database = await openPglite();
  const sandbox = await startSandbox(contacts, clock, onCall);
  const { info } = sandbox;
  const port = await freePort();
  const origin = `http://127.0.0.1:${port}`;
  const rig = createRig(database.store);
  const app = {
    clientId: info.clientId,
    clientSecret: info.clientSecret,
    scopes: manifest.scopes.required.map((s) => s.name),
    optionalScopes: manifest.scopes.optional.map((s) => s.name),
    authorizeUrl: `${sandbox.origin}/sandbox/oauth/authorize`,
    apiOrigin: info.api,
    journal,
    recordUrl: (accountId: string, kind: string, id: string) =>
      `${sandbox.origin}/${accountId}/${kind}/${id}`,
  };
  const host = createHubSpotHost(app, manifest, clock, rig.meter);
  const ctx = { ...rig, manifest, clock, hosts: { sandbox: host } };
  const server = await startHttpServer(ctx, {
    publicUrl: origin,
    apps: [{ host: 'sandbox', secrets: [info.clientSecret] }],
    port,
  });
  const handlers: Record<string, JobHandler> = jobHandlers(ctx);
  const id = tenantId('sandbox', String(info.portalId));

  const run = async (name: string, payload: object): Promise<void> =>
    handlers[name]?.(payload, new AbortController().signal);

  const installation: Installation = {
    sandbox,
    database,
    ctx,
    clock,
    origin,
    id,
    crm: (method, path, body) => sandbox.call(method, path, body),
    async knobs(knobs = {}) {
      await sandbox.call('PUT', '/sandbox/knobs', { ...FAST, ...knobs });
    },
    install: () => installIntoSandbox(origin),
    async tenant() {
      const found = await ctx.store.tenants.get(id);
      if (found === null) throw new Error('The account is not connected.');
      return found;
    },
    job: (name) => run(name, { tenantId: id, host: 'sandbox' }),
    async heard() {
      while (!(await quiet(sandbox))) await setTimeout(20);
    },
    async settle() {
      const refused: RapportError[] = [];
      for (let n = 0; n < TRIES; n++) {
        const next = ctx.queue.jobs.shift();
        if (next === undefined) {
          if (await quiet(sandbox)) return refused;
          await setTimeout(20);
          continue;
        }
        const same = (j: typeof next) => j.options.dedupe === next.options.dedupe;
        if (next.options.dedupe !== undefined)
          for (let i = ctx.queue.jobs.length - 1; i >= 0; i--)
            if (same(ctx.queue.jobs[i] as typeof next)) ctx.queue.jobs.splice(i, 1);
        try {
          await run(next.job, next.payload);
        } catch (error) {
          if (!(error instanceof RapportError)) throw error;
          refused.push(error);
          if (error.retry !== 'never') ctx.queue.jobs.push(next);
        }
      }
      throw new Error(`Still at work after ${TRIES} steps: ${refused.at(-1)?.message}`);
    },
    picture: () => picture(installation),
    async close() {
      await server.close();
      await sandbox.close();
      await database.close();
    },
  };
  await installation.knobs();
  await registerApp(manifest, info, origin);
  return installation;
}

/** Whether no event waits in the sandbox to be sent. */
async function quiet({ sql }: SandboxServer): Promise<boolean> {
  const rows = await sql.query<{ n: number }>(
    `select (select count(*) from sandbox.pending_events) + (select count(*) from sandbox.deliveries) as n`,
  );
  return Number(rows[0]?.n) === 0;
}

/** Times, and what is counted from them, differ between two runs of one history. */
const BY_THE_CLOCK = /^(rapport_scored_at|rapport_next_contact_at|rapport_followup_due)$/;

async function picture({ ctx, id, sandbox }: Installation): Promise<unknown> {
  const stored: Record<string, unknown> = {};
  const scored: Record<string, unknown> = {};
  for (const kind of RECORD_KINDS) {
    const ids = await ctx.store.records.page(id, kind, null, 100_000);
    for (const record of await ctx.store.records.get(id, kind, ids)) {
      const { createdAt: _c, updatedAt: _u, ...rest } = record;
      stored[`${kind} ${record.id}`] = rest;
    }
    for (const row of await ctx.store.scores.get(id, kind, ids))
      scored[`${kind} ${row.id}`] = row.modelVersion;
  }
  const rows = await sandbox.sql.query<{
    object_type: string;
    id: number;
    properties: Record<string, string | null>;
  }>(
    `select object_type, id, properties from sandbox.objects where archived_at is null order by object_type, id`,
  );
  const held = Object.fromEntries(
    rows.map((r) => [
      `${r.object_type} ${r.id}`,
      Object.fromEntries(
        Object.entries(r.properties).filter(
          ([name, value]) =>
            name.startsWith('rapport_') && value !== null && !BY_THE_CLOCK.test(name),
        ),
      ),
    ]),
  );
  const marks = await ctx.store.marks.count(id);
  return { stored, scored, held, marks, inbox: await ctx.store.inbox.size(id) };
}
