/** What the one-off commands read: from the running server, or from the store when none runs. */

import { RapportError } from '../core/errors.ts';
import { readStatus, type TenantStatus } from '../flows/status.ts';
import { readSandboxInfo, type SandboxInfo } from '../hosts/sandbox/sandbox.ts';
import { composeApp, openParts } from './compose.ts';
import type { Config } from './config.ts';
import type { Closers } from './shutdown.ts';

/** Asks the server on our port; `null` when there is none. */
async function askServer<T>(config: Config, path: string): Promise<T | null> {
  const headers =
    config.adminToken === undefined ? {} : { authorization: `Bearer ${config.adminToken}` };
  const response = await fetch(`http://127.0.0.1:${config.port}${path}`, { headers }).catch(
    () => null,
  );
  return response?.ok ? ((await response.json()) as T) : null;
}

export async function fetchStatus(
  config: Config,
  closers: Closers,
): Promise<{ tenants: TenantStatus[] }> {
  const running = await askServer<{ tenants: TenantStatus[] }>(config, '/api/status');
  if (running !== null) return running;
  const parts = await openParts(config, closers);
  const info = await readSandboxInfo(parts.sql, config.publicUrl);
  return readStatus(composeApp(config, parts, info, () => {}).ctx);
}

export async function fetchSandboxInfo(config: Config, closers: Closers): Promise<SandboxInfo> {
  const running = await askServer<SandboxInfo>(config, '/api/sandbox');
  if (running !== null) return running;
  const parts = await openParts(config, closers);
  const info = await readSandboxInfo(parts.sql, config.publicUrl);
  if (info === undefined)
    throw new RapportError('config_invalid', 'There is no sandbox here yet; run npm start first.');
  return info;
}

export function printStatus(status: { tenants: readonly TenantStatus[] }): string {
  if (status.tenants.length === 0) return 'No account is connected yet.';
  return status.tenants.map(describe).join('\n\n');
}

const describe = (t: TenantStatus): string =>
  [
    `${t.id} (${t.name}): ${t.state}`,
    `  contacts    CRM ${t.contacts.crm ?? 'unknown'}, stored ${t.contacts.stored}, scored ${t.contacts.scored}, written ${t.contacts.written}`,
    `  queue       ${t.queue.waiting} waiting, ${t.queue.active} active, ${t.queue.failed} failed; ${t.queue.dirty} records to look at`,
    `  last event  ${t.lastEventAt ?? 'none yet'}`,
    `  last sync   ${t.runs.find((r) => r.finishedAt !== null)?.finishedAt ?? 'none yet'}`,
    `  last error  ${t.lastError ?? 'none'}`,
  ].join('\n');
