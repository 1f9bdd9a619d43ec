/** Webhook events from the change that caused them to the app's endpoint, at least once. */
import { randomUUID } from 'node:crypto';
import { RapportError } from '../../core/errors.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Log } from '../../ports/log.ts';
import type { JobHandler, Queue } from '../../ports/queue.ts';
import type { Sql, SqlClient } from '../../ports/sql.ts';
import { type Actor, type Change, eventsOf, type WebhookEvent } from './events.ts';
import type { Journal } from './journal.ts';
import { plainJson } from './plain-text.ts';
import { type Identity, type Knobs, readApp } from './settings.ts';
import { signedHeaders } from './signature.ts';

export const DELIVER_JOB = 'sandbox-deliver';
const BATCH = 100;
const GATHER_MS = 200;
const TIMEOUT_MS = 5_000;
/** The first try and HubSpot's ten retries. */
const ATTEMPTS = 11;

export interface Outbox {
  /** Notes the events of `changes` in the caller's transaction; none while the app is not installed. */
  record(tx: SqlClient, changes: readonly Change[], actor: Actor): Promise<void>;
  /** Sends what was noted, after a short while in which more may gather. */
  flushSoon(): void;
  /** Sends what an earlier run noted or began to deliver. */
  recover(): Promise<void>;
  readonly deliver: JobHandler;
  /** Nothing more is sent; what is noted stays for the next start. */
  close(): Promise<void>;
}

export interface OutboxParts {
  readonly sql: Sql;
  readonly queue: Queue;
  readonly clock: Clock;
  readonly log: Log;
  readonly identity: Identity;
  readonly knobs: () => Knobs;
  readonly random: () => number;
  /** Kept beside the webhooks, whatever becomes of those. */
  readonly journal: Pick<Journal, 'record'>;
}

export function createOutbox(parts: OutboxParts): Outbox {
  const { sql, queue, clock, log, identity, random } = parts;
  let timer: NodeJS.Timeout | undefined;
  let flushing: Promise<void> = Promise.resolve();
  let closed = false;

  const enqueue = (deliveryId: string, delayMs: number) =>
    queue.add(
      DELIVER_JOB,
      { deliveryId },
      { attempts: ATTEMPTS, ...(delayMs > 0 ? { delayMs } : {}) },
    );

  /** Moves up to a batch of noted events into a delivery; `false` when there were none. */
  async function gather(): Promise<boolean> {
    const knobs = parts.knobs();
    const made = await sql.transaction(async (tx) => {
      const rows = await tx.query<{ seq: number; event: WebhookEvent }>(
        `delete from sandbox.pending_events where seq in
           (select seq from sandbox.pending_events order by seq limit ${BATCH}) returning seq, event`,
      );
      rows.sort((a, b) => a.seq - b.seq);
      const kept = rows.map((row) => row.event).filter(() => random() >= knobs.webhookDrop);
      const held = random() < knobs.webhookReorder;
      if (held) kept.reverse();
      const copies = kept.length === 0 ? 0 : random() < knobs.webhookDuplicate ? 2 : 1;
      const ids = Array.from({ length: copies }, () => randomUUID());
      for (const id of ids) {
        await tx.query('insert into sandbox.deliveries (id, events) values ($1, $2::jsonb)', [
          id,
          plainJson(kept),
        ]);
      }
      return {
        any: rows.length > 0,
        ids,
        delayMs: knobs.webhookDelayMs + (held ? Math.round(random() * 2_000) : 0),
      };
    });
    for (const id of made.ids) await enqueue(id, made.delayMs);
    return made.any;
  }

  async function flush(): Promise<void> {
    while (!closed && (await gather()));
  }

  function flushSoon(): void {
    if (closed || timer !== undefined) return;
    timer = setTimeout(() => {
      timer = undefined;
      flushing = flushing.then(flush).catch((error: unknown) => {
        log.error('sandbox events could not be sent', { code: String(error) });
      });
    }, GATHER_MS);
  }

  return {
    async record(tx, changes, actor) {
      if (changes.length === 0) return;
      const at = clock.now();
      await parts.journal.record(tx, changes, at);
      const app = await readApp(tx);
      if (app.targetUrl === null || app.subscriptions.length === 0) return;
      const events = eventsOf(changes, actor, { identity, app, at, random });
      if (events.length === 0) return;
      const grants = await tx.query(`select 1 from sandbox.tokens where kind = 'refresh' limit 1`);
      if (grants.length === 0) return;
      await tx.query(
        'insert into sandbox.pending_events (event) select e from jsonb_array_elements($1::jsonb) e',
        [plainJson(events)],
      );
    },
    flushSoon,
    async recover() {
      const rows = await sql.query<{ id: string }>('select id from sandbox.deliveries');
      for (const row of rows) await enqueue(row.id, 0);
      flushSoon();
    },
    async deliver(payload) {
      const { deliveryId } = payload as { deliveryId: string };
      const rows = await sql.query<{ events: WebhookEvent[]; attempts: number }>(
        'update sandbox.deliveries set attempts = attempts + 1 where id = $1 returning events, attempts',
        [deliveryId],
      );
      const delivery = rows[0];
      const { targetUrl } = await readApp(sql);
      if (delivery === undefined || targetUrl === null) return;
      const attemptNumber = delivery.attempts - 1;
      const body = JSON.stringify(delivery.events.map((event) => ({ ...event, attemptNumber })));
      const outcome = await post(targetUrl, body, identity.clientSecret, clock.now().getTime());
      if (outcome === 'accepted' || delivery.attempts >= ATTEMPTS) {
        await sql.query('delete from sandbox.deliveries where id = $1', [deliveryId]);
      }
      if (outcome === 'accepted') return;
      log.warn('sandbox webhook refused', { code: outcome, attempt: attemptNumber });
      if (delivery.attempts < ATTEMPTS) {
        throw new RapportError('host_unavailable', `The webhook endpoint answered ${outcome}.`);
      }
    },
    async close() {
      closed = true;
      clearTimeout(timer);
      await flushing;
    },
  };
}

async function post(
  url: string,
  body: string,
  secret: string,
  timestampMs: number,
): Promise<string> {
  try {
    const response = await fetch(url, {
      method: 'POST',
      body,
      redirect: 'manual',
      signal: AbortSignal.timeout(TIMEOUT_MS),
      headers: {
        'content-type': 'application/json',
        ...signedHeaders(secret, { method: 'POST', uri: url, body, timestampMs }),
      },
    });
    await response.arrayBuffer();
    return response.ok ? 'accepted' : String(response.status);
  } catch (error) {
    return error instanceof Error ? error.name : 'unreachable';
  }
}
