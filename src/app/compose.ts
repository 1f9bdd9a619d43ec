/** THE wiring: embedded() and production(), side by side; everything else is the same for both. */
import { join, resolve } from 'node:path';
import { createPostgresBackend, runMigrations } from 'bullmq';
import { Redis } from 'ioredis';
import pg from 'pg';
import { createHubSpotSource } from '../../webhooks/hubspot/source.ts';
import { RapportError } from '../core/errors.ts';
import { type Manifest, manifestSchema } from '../core/manifest.ts';
import type { HostName } from '../core/tenant.ts';
import type { FlowContext, OnProgress } from '../flows/context.ts';
import { createMemory } from '../flows/memory.ts';
import { createHubSpotHost } from '../hosts/hubspot/host.ts';
import { OBJECT_TYPES } from '../hosts/hubspot/object-types.ts';
import type { SandboxInfo } from '../hosts/sandbox/sandbox.ts';
import { systemClock } from '../platform/clock.ts';
import { lockFolder } from '../platform/folder-lock.ts';
import { createPostgresLimiter, createRedisLimiter } from '../platform/limiter.ts';
import { createLog } from '../platform/log.ts';
import { createMeter } from '../platform/meter.ts';
import { createPhraser } from '../platform/phraser.ts';
import { createVault } from '../platform/vault.ts';
import type { Clock } from '../ports/clock.ts';
import type { Host } from '../ports/host.ts';
import type { Limiter } from '../ports/limiter.ts';
import type { Log } from '../ports/log.ts';
import type { Meter } from '../ports/meter.ts';
import type { Queue } from '../ports/queue.ts';
import type { Sql } from '../ports/sql.ts';
import type { Store } from '../ports/store.ts';
import type { Vault } from '../ports/vault.ts';
import { type BullBackend, createBullQueue } from '../queue/bullmq.ts';
import { createPglitePool } from '../queue/pglite-pool.ts';
import { migrate } from '../store/migrate.ts';
import { createPglite } from '../store/pglite.ts';
import { createPostgres } from '../store/postgres.ts';
import { createStore } from '../store/store.ts';
import { type Config, PACKAGE_ROOT, readPackageFile } from './config.ts';
import { ensureFolder, ownKey } from './data-folder.ts';
import { isForgetful, reach, refuseEviction } from './reach.ts';
import type { Closers } from './shutdown.ts';
import { fitTextsInThread, trainInThread } from './train-in-thread.ts';

/** What the two compositions differ in. */
interface Engine {
  readonly sql: Sql;
  readonly queueBackend: BullBackend;
  readonly limiter: Limiter;
  readonly encryptionKeys: readonly string[];
}

/** The ports, before anybody knows which CRMs there are. */
export interface Parts {
  readonly sql: Sql;
  readonly store: Store;
  readonly limiter: Limiter;
  readonly vault: Vault;
  readonly clock: Clock;
  readonly log: Log;
  readonly meter: Meter;
  readonly manifest: Manifest;
  readonly createQueue: (name: string) => Queue;
}

/** No service needed: PostgreSQL in this process and folder, the queue inside it. */
async function embedded(config: Config, _log: Log, closers: Closers): Promise<Engine> {
  await ensureFolder(config.dataDir);
  const lock = await lockFolder(config.dataDir);
  closers.add(() => lock.release());
  const sql = await createPglite(join(config.dataDir, 'postgres'));
  closers.add(() => sql.close());
  await migrate(sql, MIGRATIONS);
  const pool = createPglitePool(sql.engine);
  const session = await pool.connect();
  await runMigrations(session, QUEUE_SCHEMA);
  session.release();
  return {
    sql,
    queueBackend: { connection: pool, factory: createPostgresBackend },
    limiter: await createPostgresLimiter(sql),
    encryptionKeys:
      config.encryptionKeys.length > 0 ? config.encryptionKeys : [await ownKey(config.dataDir)],
  };
}

/** PostgreSQL, and Redis for the queue and the limiter when it is there. */
async function production(config: Config, log: Log, closers: Closers): Promise<Engine> {
  if (config.encryptionKeys.length === 0)
    throw new RapportError(
      'config_invalid',
      'Set RAPPORT_ENCRYPTION_KEYS when DATABASE_URL is set; make one with: openssl rand -base64 32',
    );
  const sql = createPostgres(config.databaseUrl ?? '', (error) =>
    log.warn('database connection lost', { code: error.message }),
  );
  closers.add(() => sql.close());
  await reach('PostgreSQL', 'DATABASE_URL', () => sql.query('SELECT 1'));
  await migrate(sql, MIGRATIONS);
  if (config.redisUrl !== undefined) {
    const redis = new Redis(config.redisUrl, { maxRetriesPerRequest: null });
    redis.on('error', (error) => log.warn('redis connection error', { code: error.message }));
    closers.add(async () => redis.disconnect());
    await reach('Redis', 'REDIS_URL', () => redis.ping());
    await refuseEviction(redis);
    if (await isForgetful(redis))
      log.warn('redis keeps nothing on disk, set appendonly', { code: 'appendonly' });
    return {
      sql,
      queueBackend: { connection: redis },
      limiter: createRedisLimiter(redis),
      encryptionKeys: config.encryptionKeys,
    };
  }
  // A pool of its own: the queue's SQL uses unqualified names, and one connection stays in LISTEN.
  const pool = new pg.Pool({
    connectionString: config.databaseUrl,
    options: `-c search_path=${QUEUE_SCHEMA},public`,
    keepAlive: true,
    max: 10,
  });
  pool.on('error', (error) => log.warn('queue database connection lost', { code: error.message }));
  closers.add(() => pool.end());
  const session = await pool.connect();
  await runMigrations(session, QUEUE_SCHEMA).finally(() => session.release());
  return {
    sql,
    queueBackend: { connection: pool, factory: createPostgresBackend },
    limiter: await createPostgresLimiter(sql),
    encryptionKeys: config.encryptionKeys,
  };
}

const QUEUE_SCHEMA = 'bullmq';
const MIGRATIONS = resolve(PACKAGE_ROOT, 'src/store/migrations');

/** Opens the ports of the composition that the configuration asks for. */
export async function openParts(config: Config, closers: Closers): Promise<Parts> {
  const log = createLog(config.logLevel);
  const engine = await (config.databaseUrl === undefined ? embedded : production)(
    config,
    log,
    closers,
  );
  return {
    sql: engine.sql,
    store: createStore(engine.sql),
    limiter: engine.limiter,
    vault: createVault(engine.encryptionKeys),
    clock: systemClock,
    log,
    meter: createMeter(),
    manifest: manifestSchema.parse(JSON.parse(await readPackageFile('manifest.json'))),
    createQueue: (name) => {
      const queue = createBullQueue(name, engine.queueBackend, log);
      closers.add(() => queue.close());
      return queue;
    },
  };
}

export interface App {
  readonly ctx: FlowContext;
  readonly source: ReturnType<typeof createHubSpotSource>;
}

/** Gives the flows their hosts: HubSpot where an app is configured, the sandbox where there is one. */
export function composeApp(
  config: Config,
  parts: Parts,
  sandbox: SandboxInfo | undefined,
  onProgress: OnProgress,
): App {
  const { manifest, clock, meter } = parts;
  const scopes = manifest.scopes.required.map((s) => s.name);
  const optionalScopes = manifest.scopes.optional.map((s) => s.name);
  const hosts: Partial<Record<HostName, Host>> = {};
  const secrets: { host: HostName; secrets: readonly string[] }[] = [];
  if (config.hubspot !== undefined) {
    const { clientId, secrets: known } = config.hubspot;
    hosts.hubspot = createHubSpotHost(
      {
        clientId,
        clientSecret: known[0] ?? '',
        scopes,
        optionalScopes,
        journal: config.journal,
        authorizeUrl: 'https://app.hubspot.com/oauth/authorize',
        apiOrigin: 'https://api.hubapi.com',
        recordUrl: (accountId, kind, id) =>
          `https://app.hubspot.com/contacts/${accountId}/record/${OBJECT_TYPES[kind].typeId}/${id}`,
      },
      manifest,
      clock,
      meter,
    );
    secrets.push({ host: 'hubspot', secrets: known });
  }
  if (sandbox !== undefined) {
    hosts.sandbox = createHubSpotHost(
      {
        clientId: sandbox.clientId,
        clientSecret: sandbox.clientSecret,
        scopes,
        optionalScopes,
        journal: config.journal,
        authorizeUrl: `${config.publicUrl}/sandbox/oauth/authorize`,
        apiOrigin: sandbox.api,
        recordUrl: (_, kind, id) =>
          `${config.publicUrl}/sandbox/${OBJECT_TYPES[kind].plural}/${id}`,
      },
      manifest,
      clock,
      meter,
    );
    secrets.push({ host: 'sandbox', secrets: [sandbox.clientSecret] });
  }
  const source = createHubSpotSource(config.publicUrl, secrets, config.hubspot?.legacySignatures);
  return {
    source,
    ctx: {
      ...parts,
      queue: parts.createQueue('rapport'),
      hosts,
      translators: { hubspot: source.translate, sandbox: source.translate },
      train: trainInThread,
      fitTexts: fitTextsInThread,
      phrase: config.llm === undefined ? null : createPhraser(config.llm, parts.log),
      memory: createMemory(),
      onProgress,
    },
  };
}
