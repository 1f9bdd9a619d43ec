/** One call for the webhooks journal, with a token of the app itself. */
import { RapportError } from '../../core/errors.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Meter } from '../../ports/meter.ts';
import { hubspotError } from './errors.ts';
import { type HubSpotApp, requestAppToken, send } from './oauth.ts';

const SCOPES = [
  'developer.webhooks_journal.read',
  'developer.webhooks_journal.subscriptions.read',
  'developer.webhooks_journal.subscriptions.write',
];
const AHEAD_MS = 60_000;

export interface JournalAnswer {
  readonly status: number;
  readonly text: string;
}

export type JournalCall = (
  method: 'GET' | 'POST' | 'DELETE',
  path: string,
  options?: { readonly body?: unknown; readonly tolerated?: readonly number[] },
) => Promise<JournalAnswer>;

/** Any status but 2xx and the `tolerated` is thrown; `config_invalid` when the app may not. */
export function createJournalCall(app: HubSpotApp, clock: Clock, meter: Meter): JournalCall {
  let held: { token: string; expiresAt: Date } | undefined;

  const token = async (): Promise<string> => {
    const now = clock.now();
    if (held === undefined || held.expiresAt.getTime() - now.getTime() < AHEAD_MS)
      held = await requestAppToken(app, SCOPES, now);
    return held.token;
  };

  const call = async (
    ...[method, path, { body, tolerated = [] } = {}]: Parameters<JournalCall>
  ): Promise<JournalAnswer> => {
    const response = await send(`${app.apiOrigin}${path}`, {
      method,
      headers: {
        authorization: `Bearer ${await token()}`,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text().catch((cause: unknown) => {
      throw hubspotError(0, '', {}, cause);
    });
    const { status } = response;
    if (response.ok || tolerated.includes(status)) {
      meter.count('host_calls', { status: 'ok' });
      return { status, text };
    }
    const error =
      status === 401 || status === 403
        ? new RapportError(
            'config_invalid',
            `HubSpot refused the app its webhooks journal (${status}). Check the scopes ${SCOPES.join(', ')}.`,
          )
        : hubspotError(status, path, Object.fromEntries(response.headers));
    meter.count('host_calls', { status: error.code });
    throw error;
  };

  return async (...given) => {
    const before = held?.token;
    try {
      return await call(...given);
    } catch (error) {
      // A token may end before its time: one that was just made is not asked for again.
      const spent = before !== undefined && held?.token === before;
      if (!(error instanceof RapportError) || error.code !== 'config_invalid' || !spent)
        throw error;
      held = undefined;
      return call(...given);
    }
  };
}
