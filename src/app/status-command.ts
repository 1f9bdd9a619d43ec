/** What `rapport status` and `rapport sandbox` read and print. */
import { RapportError } from '../core/errors.ts';
import type { NoticeCode } from '../core/notice.ts';
import { readStatus, type TenantStatus } from '../flows/status.ts';
import { readSandboxInfo, type SandboxInfo } from '../hosts/sandbox/sandbox.ts';
import { ask, askServer } from './ask.ts';
import { openParts } from './compose.ts';
import type { Config } from './config.ts';
import type { Closers } from './shutdown.ts';

export async function fetchStatus(
  config: Config,
  closers: Closers,
): Promise<{ tenants: TenantStatus[] }> {
  return ask(config, closers, { path: '/api/status' }, readStatus);
}

export async function fetchSandboxInfo(config: Config, closers: Closers): Promise<SandboxInfo> {
  const running = await askServer<SandboxInfo>(config, { path: '/api/sandbox' });
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
    `  complete    ${completeness(t)}`,
    `  last event  ${t.lastEventAt ?? 'none yet'}`,
    `  last sync   ${t.runs.find((r) => r.finishedAt !== null)?.finishedAt ?? 'none yet'}`,
    `  last error  ${t.lastError ?? 'none'}`,
    ...t.notices.map((n) => `  to do       ${noticeText(n, t)}`),
  ].join('\n');

const NOTICES: Readonly<Record<NoticeCode, (about: string, host: string) => string>> = {
  reconnect: (_, host) =>
    `the CRM took the grant back; an admin connects again at /oauth/${host}/start`,
  uninstalled: (_, host) => `uninstalled; an admin may connect again at /oauth/${host}/start`,
  scopes: (about, host) =>
    `scopes not granted: ${about}; an admin agrees again at /oauth/${host}/start`,
  property_limit: (about) => `no room for these properties in the CRM: ${about}`,
  properties_refused: (about) =>
    `the CRM takes no values for: ${about}; restore them, then rapport writes release`,
};

const noticeText = ({ code, details, since }: TenantStatus['notices'][number], t: TenantStatus) =>
  `${NOTICES[code](details.join(', '), t.host)} (since ${since})`;

function completeness({ completeness: objects }: TenantStatus): string {
  const checked = objects.filter((o) => o.complete !== null);
  if (checked.length === 0) return 'not compared yet';
  const open = checked.filter((o) => o.complete === false);
  const same = checked.reduce((n, o) => n + (o.complete ? (o.stored ?? 0) : 0), 0);
  const good = `${checked.length - open.length} of ${checked.length} objects the same as in the CRM (${same} records)`;
  const gaps = open.map((o) => `${o.kind}: CRM ${o.crm}, here ${o.stored}`);
  return [good, ...gaps].join('; ');
}
