/** HubSpot's way of signing and wrapping deliveries. */
import { parseExact } from '../../src/core/exact-json.ts';
import type { HostName } from '../../src/core/tenant.ts';
import type { Source } from '../source.ts';
import { translate } from './translate.ts';
import {
  mayBeSigned,
  verifyActionSignature,
  verifyLegacyDelivery,
  verifySignature,
} from './verify.ts';

export interface AppSecret {
  readonly host: HostName;
  /** The present client secret, and a former one while it is being rotated. */
  readonly secrets: readonly string[];
}

/** `legacy`: deliveries of a former public app, signed by version 1 alone, are taken too. */
export function createHubSpotSource(
  publicOrigin: string,
  apps: readonly AppSecret[],
  legacy = false,
): Source {
  const secrets = apps.flatMap((app) => app.secrets.map((secret) => [app.host, secret] as const));
  return {
    mayBeSigned,
    verify: (request, nowMs) =>
      verifySignature(request, publicOrigin, secrets, nowMs) as HostName | null,
    verifyDelivery: (request, nowMs) =>
      (verifySignature(request, publicOrigin, secrets, nowMs) ??
        (legacy ? verifyLegacyDelivery(request, secrets) : null)) as HostName | null,
    verifyAction: (request) =>
      verifyActionSignature(request, publicOrigin, secrets) as HostName | null,
    split,
    translate,
  };
}

function split(body: string): ReturnType<Source['split']> {
  let events: unknown;
  try {
    events = parseExact(body);
  } catch {
    return null;
  }
  if (!Array.isArray(events)) return null;
  const malformed: { reason: string; body: string }[] = [];
  const byAccount = new Map<string, unknown[]>();
  for (const event of events as unknown[]) {
    const account = accountOf(event);
    if (account === null) malformed.push({ reason: 'no portalId', body: JSON.stringify(event) });
    else byAccount.set(account, [...(byAccount.get(account) ?? []), event]);
  }
  // A delivery of one account, the ordinary case, is kept byte for byte.
  const whole = byAccount.size === 1 && malformed.length === 0;
  return {
    accounts: new Map(
      [...byAccount].map(([account, own]) => [account, whole ? body : JSON.stringify(own)]),
    ),
    malformed,
  };
}

function accountOf(event: unknown): string | null {
  if (typeof event !== 'object' || event === null || !('portalId' in event)) return null;
  const { portalId } = event;
  return (typeof portalId === 'number' || typeof portalId === 'string') &&
    /^\d{1,20}$/.test(String(portalId))
    ? String(portalId)
    : null;
}
