/** Starts the built application as a user would, in a process of its own, and talks to it over HTTP. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout } from 'node:timers/promises';

const ROOT = resolve(import.meta.dirname, '../..');

export interface AppOptions {
  readonly contacts: number;
  readonly dataDir: string;
  readonly env?: Readonly<Record<string, string>>;
}

export interface SandboxInfo {
  readonly api: string;
  readonly token: string;
  readonly portalId: number | string;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly webhookTarget: string;
}

export interface RunningApp {
  readonly url: string;
  readonly port: number;
  readonly process: ChildProcess;
  /** Everything the process printed so far. */
  output(): string;
  ready(): Promise<void>;
  json<T>(path: string, init?: RequestInit): Promise<T>;
  sandbox(): Promise<SandboxInfo>;
  /** Calls the sandbox's CRM API with its own token. */
  crm<T>(path: string, init?: RequestInit): Promise<T>;
  /** Ends the process; resolves with its exit code or the signal that killed it. */
  stop(signal?: NodeJS.Signals): Promise<number | NodeJS.Signals | null>;
}

export async function startApp(options: AppOptions): Promise<RunningApp> {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  let printed = '';
  const child = spawn(
    process.execPath,
    [join(ROOT, 'bin/rapport.mjs'), 'start', '--contacts', String(options.contacts)],
    {
      cwd: ROOT,
      env: {
        ...withoutRapport(process.env),
        PORT: String(port),
        RAPPORT_DATA_DIR: options.dataDir,
        ...options.env,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  );
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => {
      printed += chunk.toString();
    });
  let info: SandboxInfo | undefined;
  const app: RunningApp = {
    url,
    port,
    process: child,
    output: () => printed,
    async ready() {
      const deadline = Date.now() + 240_000;
      while (Date.now() < deadline) {
        if (child.exitCode !== null || child.signalCode !== null)
          throw new Error(`The application ended before it was ready:\n${printed}`);
        const answer = await fetch(`${url}/readyz`).catch(() => null);
        if (answer?.status === 200) return;
        await setTimeout(100);
      }
      throw new Error(`Not ready in time:\n${printed}`);
    },
    async json<T>(path: string, init?: RequestInit) {
      const response = await fetch(`${url}${path}`, init);
      if (response.status === 429) {
        // The sandbox keeps HubSpot's limits for this token too.
        await setTimeout(1_000);
        return app.json<T>(path, init);
      }
      if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
      return (await response.json()) as T;
    },
    async sandbox() {
      info ??= await app.json<SandboxInfo>('/api/sandbox');
      return info;
    },
    async crm<T>(path: string, init: RequestInit = {}) {
      const { token } = await app.sandbox();
      return app.json<T>(`/sandbox/hubspot${path}`, {
        ...init,
        headers: {
          authorization: `Bearer ${token}`,
          'content-type': 'application/json',
          ...init.headers,
        },
      });
    },
    async stop(signal = 'SIGTERM') {
      if (child.exitCode !== null || child.signalCode !== null)
        return child.exitCode ?? child.signalCode;
      const ended = once(child, 'exit');
      child.kill(signal);
      const [code, by] = (await ended) as [number | null, NodeJS.Signals | null];
      return code ?? by;
    },
  };
  return app;
}

export async function withDataDir<T>(work: (dataDir: string) => Promise<T>): Promise<T> {
  const dataDir = await mkdtemp(join(tmpdir(), 'rapport-e2e-'));
  try {
    return await work(dataDir);
  } finally {
    await rm(dataDir, { recursive: true, force: true });
  }
}

/** Polls until `probe` gives a value; says how many milliseconds it took. */
export async function until<T>(
  probe: () => Promise<T | null>,
  timeoutMs: number,
): Promise<{ value: T; ms: number }> {
  const begun = performance.now();
  for (;;) {
    const value = await probe();
    const ms = performance.now() - begun;
    if (value !== null) return { value, ms };
    if (ms > timeoutMs) throw new Error(`Nothing after ${Math.round(ms)} ms.`);
    await setTimeout(50);
  }
}

function withoutRapport(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const kept = { ...env };
  for (const name of Object.keys(kept))
    if (
      name.startsWith('RAPPORT_') ||
      ['PORT', 'DATABASE_URL', 'REDIS_URL', 'VITEST'].includes(name)
    )
      delete kept[name];
  return kept;
}

export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  server.close();
  await once(server, 'close');
  return port;
}
