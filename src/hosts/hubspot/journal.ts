/** HubSpot's webhooks journal: one for all accounts of the app, read with the app's own token. */
import { z } from 'zod';
import { RapportError } from '../../core/errors.ts';
import { parseExact } from '../../core/exact-json.ts';
import type { Manifest } from '../../core/manifest.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Journal, JournalBatch } from '../../ports/journal.ts';
import type { Meter } from '../../ports/meter.ts';
import { API_VERSION } from './api-version.ts';
import { hubspotError } from './errors.ts';
import { createJournalCall } from './journal-call.ts';
import {
  APP_UNINSTALLED,
  covers,
  journalSubscription,
  journalSubscriptions,
  UNINSTALL_SUBSCRIPTION,
} from './journal-subscriptions.ts';
import { type HubSpotApp, send } from './oauth.ts';

const JOURNAL = `/webhooks-journal/journal/${API_VERSION}`;
const SUBSCRIPTIONS = `/webhooks-journal/subscriptions/${API_VERSION}`;
const LOOK_AGAIN_MS = 3600_000;
/** No answer is documented for an offset that is not kept any more, nor for one with nothing after it. */
const UNKNOWN = [400, 404, 410];
/** One that HubSpot does not take never keeps the others back. */
const REFUSED = [400, 403, 404];
const HELD_ALREADY = 409;

const pointerSchema = z.object({ url: z.url(), currentOffset: z.string().min(1) });
const fileSchema = z.object({ journalEvents: z.array(z.unknown()) });
const listSchema = z.object({ results: z.array(journalSubscription) });
const lifecycleSchema = z
  .object({ action: z.literal('APP_UNINSTALL') })
  .or(z.object({ eventTypeId: z.literal(APP_UNINSTALLED) }));
const accountSchema = z.object({
  portalId: z
    .union([z.string(), z.number()])
    .transform(String)
    .pipe(z.string().regex(/^\d{1,20}$/)),
});

export function createJournal(
  app: HubSpotApp,
  manifest: Manifest,
  clock: Clock,
  meter: Meter,
): Journal {
  const call = createJournalCall(app, clock, meter);
  let watched = { who: '', at: 0 };

  const leave = async (account: string) => {
    await call('DELETE', `${SUBSCRIPTIONS}/portals/${account}`, { tolerated: [404] });
  };

  /** `null` when HubSpot points at nothing. */
  async function pointer(path: string): Promise<z.infer<typeof pointerSchema> | number | null> {
    const { status, text } = await call('GET', `${JOURNAL}/${path}`, { tolerated: UNKNOWN });
    if (UNKNOWN.includes(status)) return status;
    return text === '' ? null : understood(pointerSchema, text);
  }

  return {
    async read(offset) {
      if (offset === null) {
        const first = await pointer('earliest');
        return first === null || typeof first === 'number' ? 'nothing new' : open(app, first);
      }
      const next = await pointer(`offset/${encodeURIComponent(offset)}/next`);
      if (next === null) return 'nothing new';
      if (typeof next !== 'number')
        return next.currentOffset === offset ? 'nothing new' : open(app, next);
      const latest = await pointer('latest');
      const atTheEnd = typeof latest === 'object' && latest?.currentOffset === offset;
      if (atTheEnd) return 'nothing new';
      // Something may have been published between the two questions.
      const again = await pointer(`offset/${encodeURIComponent(offset)}/next`);
      return again === null || typeof again === 'number' ? 'lost' : open(app, again);
    },

    async watch(accounts, former) {
      const who = JSON.stringify([accounts, former]);
      const now = clock.now().getTime();
      if (watched.who === who && now - watched.at < LOOK_AGAIN_MS) return [];
      const { text } = await call('GET', SUBSCRIPTIONS);
      const held = understood(listSchema, text).results;
      const refused: string[] = [];
      const wanted = accounts.flatMap((account) => journalSubscriptions(manifest, Number(account)));
      for (const body of [UNINSTALL_SUBSCRIPTION, ...wanted]) {
        if (held.some((one) => covers(one, body))) continue;
        const tolerated = [...REFUSED, HELD_ALREADY];
        const { status } = await call('POST', SUBSCRIPTIONS, { body, tolerated });
        if (REFUSED.includes(status))
          refused.push(
            [body.subscriptionType, body.objectTypeId, body.portalId].filter(Boolean).join(' '),
          );
      }
      for (const account of former)
        if (held.some((one) => String(one.portalId) === account)) await leave(account);
      watched = { who, at: now };
      return refused;
    },

    leave,
  };
}

/** The file lies elsewhere, under an address that is good for a while and needs no token. */
async function open(
  { apiOrigin }: HubSpotApp,
  { url, currentOffset }: z.infer<typeof pointerSchema>,
): Promise<JournalBatch> {
  if (new URL(url).protocol !== new URL(apiOrigin).protocol)
    throw new RapportError(
      'host_unavailable',
      'HubSpot pointed to a journal file that is not safe.',
    );
  const response = await send(url, {});
  if (!response.ok) throw hubspotError(503, 'journal file');
  const { journalEvents } = understood(fileSchema, await response.text());
  const left: string[] = [];
  const malformed: { reason: string; body: string }[] = [];
  const byAccount = new Map<string, unknown[]>();
  for (const entry of journalEvents) {
    const account = accountSchema.safeParse(entry).data?.portalId;
    if (account === undefined)
      malformed.push({ reason: 'no portalId', body: JSON.stringify(entry) });
    else if (lifecycleSchema.safeParse(entry).success) left.push(account);
    else byAccount.set(account, [...(byAccount.get(account) ?? []), entry]);
  }
  const accounts = new Map([...byAccount].map(([account, own]) => [account, JSON.stringify(own)]));
  return { offset: currentOffset, accounts, malformed, left };
}

/** An answer that got lost or came in pieces is asked for again. */
function understood<T>(schema: z.ZodType<T>, text: string): T {
  try {
    return schema.parse(parseExact(text));
  } catch (cause) {
    throw hubspotError(0, '', {}, cause);
  }
}
