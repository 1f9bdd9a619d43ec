/** One delivery: verify → split → inbox → wake → answer. Nothing else runs inside the host's request. */
import type { HostName } from '../src/core/tenant.ts';
import type { KeepDelivery } from '../src/flows/accept-together.ts';
import { inTime } from '../src/flows/in-time.ts';
import type { Clock } from '../src/ports/clock.ts';
import type { Log } from '../src/ports/log.ts';
import type { Meter } from '../src/ports/meter.ts';
import type { Queue } from '../src/ports/queue.ts';
import type { Store } from '../src/ports/store.ts';
import type { DeadLetter } from '../src/ports/sync-store.ts';
import type { SignedRequest } from './hubspot/verify.ts';
import type { Source } from './source.ts';

export interface ReceiverPorts {
  readonly store: Store;
  readonly queue: Queue;
  readonly clock: Clock;
  readonly meter: Meter;
  readonly log: Log;
}

export interface Receipt {
  readonly status: 200 | 401 | 503;
  readonly outcome: 'accepted' | 'unsigned' | 'dead_letter' | 'unknown_account' | 'store_down';
}

/** Hosts give up after five seconds; the store must answer well before. */
const STORE_DEADLINE_MS = 4_000;

export async function receive(
  ports: ReceiverPorts,
  source: Source,
  request: SignedRequest,
  keepDelivery: KeepDelivery,
): Promise<Receipt> {
  const now = ports.clock.now();
  const host = source.verifyDelivery(request, now.getTime());
  const receipt =
    host === null
      ? UNSIGNED
      : await storedInTime(ports, host, keep(ports, source, host, request.body, now, keepDelivery));
  ports.meter.count('webhook_deliveries', { host: host ?? 'none', outcome: receipt.outcome });
  return receipt;
}

const UNSIGNED: Receipt = { status: 401, outcome: 'unsigned' };
const STORE_DOWN: Receipt = { status: 503, outcome: 'store_down' };

async function storedInTime(
  ports: ReceiverPorts,
  host: HostName,
  kept: Promise<Receipt>,
): Promise<Receipt> {
  try {
    return await inTime(kept, STORE_DEADLINE_MS);
  } catch (error) {
    ports.log.error('delivery could not be stored', {
      host,
      code: error instanceof Error ? error.message : String(error),
    });
    return STORE_DOWN;
  }
}

async function keep(
  ports: ReceiverPorts,
  source: Source,
  host: HostName,
  bytes: Uint8Array,
  now: Date,
  keepDelivery: KeepDelivery,
): Promise<Receipt> {
  const { store, log } = ports;
  const body = Buffer.from(bytes).toString('utf8');
  const parts = source.split(body);
  if (parts === null) {
    // A retry cannot mend it: kept for a person, and answered so that the host stops sending it.
    const letter: DeadLetter = { tenantId: '', host, reason: 'not a JSON array', body };
    await store.inbox.accept([], [letter], now);
    log.warn('delivery is not a list of events', { host, code: 'dead_letter' });
    return { status: 200, outcome: 'dead_letter' };
  }
  const accepted = await keepDelivery(host, parts);
  return {
    status: 200,
    outcome:
      accepted.tenants.length > 0 || parts.malformed.length > 0 ? 'accepted' : 'unknown_account',
  };
}
