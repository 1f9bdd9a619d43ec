/** A small CRM of our own that speaks HubSpot's HTTP API: for the demo, for tests, for the curious. */
import { type RequestHandler, Router } from 'express';
import type { Clock } from '../../ports/clock.ts';
import type { Log } from '../../ports/log.ts';
import type { Queue } from '../../ports/queue.ts';
import type { Sql } from '../../ports/sql.ts';
import { actionRoutes } from './action-routes.ts';
import { createApi } from './api.ts';
import { associationRoutes } from './association-routes.ts';
import { batchRoutes } from './batch-routes.ts';
import { createCallLimits } from './call-limits.ts';
import { controlRoutes } from './control-routes.ts';
import { createJournal } from './journal.ts';
import { journalFiles, journalRoutes } from './journal-routes.ts';
import { consentRouter, tokenRouter, uninstallRoutes } from './oauth-routes.ts';
import { objectRoutes } from './object-routes.ts';
import { createOutbox, DELIVER_JOB } from './outbox.ts';
import { createPageReads } from './page-reads.ts';
import { pageRouter } from './page-routes.ts';
import { portalRoutes } from './portal-routes.ts';
import { propertyGroupRoutes } from './property-group-routes.ts';
import { propertyRoutes } from './property-routes.ts';
import { createPropertyStore } from './property-store.ts';
import { createRandom } from './random.ts';
import { recordAssociationRoutes } from './record-association-routes.ts';
import { createSchemaCheck } from './schema-check.ts';
import { searchRoutes } from './search-routes.ts';
import { seedPortal } from './seeding.ts';
import {
  DEFAULT_KNOBS,
  ensureIdentity,
  type Identity,
  type Knobs,
  readApp,
  readSetting,
  writeSetting,
} from './settings.ts';
import { createTables } from './tables.ts';
import { createTokens } from './tokens.ts';
import { createWrites } from './writes.ts';

export interface SandboxOptions {
  /** The sandbox keeps to a schema of its own in it. */
  readonly sql: Sql;
  /** A queue of its own; the sandbox works on it itself. */
  readonly queue: Queue;
  readonly clock: Clock;
  readonly log: Log;
  /** Origin under which this server is reached, e.g. `http://127.0.0.1:3000`. */
  readonly publicUrl: () => string;
  /** Size and seed of the demo portal. */
  readonly contacts: number;
  readonly seed: number;
  readonly onProgress?: (done: number, total: number) => void;
}

/** Throwaway secrets of a demo; with them anyone can call the API and sign a delivery. */
export interface SandboxInfo {
  readonly api: string;
  readonly token: string;
  readonly portalId: number;
  readonly clientId: string;
  readonly clientSecret: string;
  /** Where events are sent; `null` until an app is registered. */
  readonly webhookTarget: string | null;
}

export interface SandboxTruth {
  readonly id: string;
  readonly truth: unknown;
}

export interface Sandbox {
  /** Mounted at `/sandbox`. */
  readonly handler: RequestHandler;
  /** Generates the demo portal unless that was done before; an interrupted generation starts over. */
  seed(): Promise<void>;
  info(): Promise<SandboxInfo>;
  /** The hidden truth behind the records, for measurements only. */
  truth(objectType: string): Promise<readonly SandboxTruth[]>;
  close(): Promise<void>;
}

/** At most this many deliveries at once, like HubSpot's default per account. */
const DELIVERIES = 10;

export async function createSandbox(options: SandboxOptions): Promise<Sandbox> {
  const { sql, queue, clock, log, publicUrl } = options;
  await createTables(sql);
  const identity = await ensureIdentity(sql);
  const random = createRandom(options.seed);
  const limits = createCallLimits(clock);
  let knobs: Knobs = { ...DEFAULT_KNOBS, ...(await readSetting<Partial<Knobs>>(sql, 'knobs')) };
  limits.setSpeed(knobs.clockSpeed);
  const currentKnobs = () => knobs;
  const setKnobs = async (wanted: Knobs) => {
    await writeSetting(sql, 'knobs', wanted);
    knobs = wanted;
    limits.setSpeed(wanted.clockSpeed);
  };

  const schemas = createSchemaCheck();
  const tokens = createTokens(sql, clock);
  const properties = createPropertyStore(sql, clock);
  const journal = createJournal(sql, clock, identity, currentKnobs);
  const outbox = createOutbox({
    sql,
    queue,
    clock,
    log,
    identity,
    knobs: currentKnobs,
    random,
    journal,
  });
  const writes = createWrites({ sql, clock, outbox, properties });
  const objects = { sql, properties, writes };
  const oauth = { sql, clock, tokens, identity, schemas };

  const routes = [
    ...controlRoutes({ sql, limits, writes, knobs: currentKnobs, setKnobs }),
    ...searchRoutes({ sql, properties, clock, knobs: currentKnobs }),
    ...batchRoutes({ ...objects, clock, knobs: currentKnobs }),
    ...objectRoutes(objects),
    ...associationRoutes({ sql, clock, writes }),
    ...recordAssociationRoutes({ sql, clock, writes }),
    ...propertyGroupRoutes(properties, currentKnobs),
    ...propertyRoutes(properties, clock, currentKnobs),
    ...portalRoutes(identity),
    ...uninstallRoutes(tokens, journal),
    ...journalRoutes({ journal, identity, clock, publicUrl }),
    ...actionRoutes({ sql, identity }),
  ];
  const router = Router();
  router.use(journalFiles(journal, schemas));
  router.use(consentRouter(oauth));
  router.use('/hubspot', tokenRouter(oauth));
  router.use(
    '/hubspot',
    createApi({ tokens, limits, schemas, knobs: currentKnobs, random, identity, log }, routes),
  );
  const reads = createPageReads(sql, properties, identity);
  router.use('/api', pageRouter({ identity, clock, log, publicUrl, reads, writes, properties }));

  await queue.process({ [DELIVER_JOB]: outbox.deliver }, DELIVERIES);
  await outbox.recover();

  return {
    handler: router,
    seed: () =>
      seedPortal({
        sql,
        clock,
        properties,
        contacts: options.contacts,
        seed: options.seed,
        onProgress: options.onProgress ?? (() => {}),
      }),
    info: () => infoOf(sql, identity, publicUrl()),
    async truth(objectType) {
      const rows = await sql.query<{ id: number; truth: unknown }>(
        'select id, truth from sandbox.truth where object_type = $1 order by id',
        [objectType],
      );
      return rows.map(({ id, truth }) => ({ id: String(id), truth }));
    },
    async close() {
      await outbox.close();
      await queue.close();
    },
  };
}

/** What `info()` says, read without opening the sandbox; `undefined` where there is none. */
export async function readSandboxInfo(
  sql: Sql,
  publicUrl: string,
): Promise<SandboxInfo | undefined> {
  const tables = await sql.query<{ name: string | null }>(
    `select to_regclass('sandbox.settings')::text as name`,
  );
  if ((tables[0]?.name ?? null) === null) return undefined;
  const identity = await readSetting<Identity>(sql, 'identity');
  return identity === undefined ? undefined : infoOf(sql, identity, publicUrl);
}

async function infoOf(sql: Sql, identity: Identity, publicUrl: string): Promise<SandboxInfo> {
  const { targetUrl } = await readApp(sql);
  return {
    api: `${publicUrl}/sandbox/hubspot`,
    token: identity.token,
    portalId: identity.portalId,
    clientId: identity.clientId,
    clientSecret: identity.clientSecret,
    webhookTarget: targetUrl,
  };
}
