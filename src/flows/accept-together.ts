/** Deliveries that come while others are being kept are kept together in the next statement, each answered for itself. */
import type { HostName } from '../core/tenant.ts';
import { type Accepted, accept, type Delivery, wake } from './accept.ts';
import type { FlowContext } from './context.ts';

/** Durable when it resolves; its account is woken. */
export type KeepDelivery = (host: HostName, delivery: Delivery) => Promise<Accepted>;

interface Waiting {
  readonly host: HostName;
  readonly delivery: Delivery;
  readonly done: (accepted: Accepted) => void;
  readonly failed: (error: unknown) => void;
}

/** Statements under way at once: one that hangs does not hold up the next. */
const LANES = 2;
/** A statement stays small: at least one delivery, else no more than this many, or characters. */
const MOST = 50;
const MOST_CHARACTERS = 2_000_000;

/**
 * Nothing waits for company: a delivery that finds a free lane is kept in this turn of the event
 * loop. What is kept together also fails together, and is delivered again by the host.
 */
export function createKeepDelivery(
  ports: Pick<FlowContext, 'store' | 'queue' | 'clock' | 'log' | 'meter'>,
): KeepDelivery {
  const waiting: Waiting[] = [];
  let busy = 0;

  async function work(): Promise<void> {
    busy += 1;
    for (;;) {
      // What the sockets hold by now has come already: the embedded database lets none be read meanwhile.
      await new Promise<void>((resolve) => setImmediate(resolve));
      const group = next(waiting);
      if (group.length === 0) break;
      const host = (group[0] as Waiting).host;
      const now = ports.clock.now();
      try {
        const accepted = await accept(
          ports.store,
          host,
          group.map((w) => w.delivery),
          now,
        );
        wake(ports, accepted, now);
        group.forEach((w, n) => {
          w.done(accepted[n] as Accepted);
        });
      } catch (error) {
        for (const { failed } of group) failed(error);
      }
    }
    busy -= 1;
  }

  return (host, delivery) =>
    new Promise((done, failed) => {
      waiting.push({ host, delivery, done, failed });
      if (busy < LANES) void work();
    });
}

/** Takes the first in line, and those of the same host right behind it. */
function next(waiting: Waiting[]): Waiting[] {
  let characters = 0;
  let count = 0;
  for (const { host, delivery } of waiting) {
    for (const body of delivery.accounts.values()) characters += body.length;
    const fits = host === waiting[0]?.host && count < MOST && characters <= MOST_CHARACTERS;
    if (count > 0 && !fits) break;
    count += 1;
  }
  return waiting.splice(0, count);
}
