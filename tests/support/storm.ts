/** A storm as HubSpot sends it: full deliveries at an even rate, whoever is slow; and the receiver it goes to. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { setTimeout } from 'node:timers/promises';
import { event, PATH, sign } from './deliveries.ts';

/** HubSpot puts no more into one delivery. */
const EVENTS = 100;
/** Records that a storm comes back to again and again; every delivery also names one of its own. */
const BUSY = 500;
const OWN_FROM = 1_000;
/** Bodies are made beforehand, so that the sender takes little of the machine. */
const BODIES = 64;

export interface Storm {
  readonly sent: number;
  /** Seconds from the first to the last sending. */
  readonly lasted: number;
  readonly statuses: ReadonlyMap<number, number>;
  /** Milliseconds to the acknowledgement, ascending. */
  readonly times: readonly number[];
  /** Every record that was named. */
  readonly records: readonly string[];
}

export async function storm(port: number, perSecond: number, seconds: number): Promise<Storm> {
  const bodies = Array.from({ length: BODIES }, (_, n) =>
    JSON.stringify(
      Array.from({ length: EVENTS - 1 }, (_, k) => event(1 + ((n * 99 + k) % BUSY))),
    ).slice(0, -1),
  );
  const statuses = new Map<number, number>();
  const times: number[] = [];
  const send = async (n: number): Promise<void> => {
    const body = `${bodies[n % BODIES]},${JSON.stringify(event(OWN_FROM + n))}]`;
    const delivery = sign(body, new Date());
    const began = performance.now();
    const init = {
      method: 'POST',
      headers: delivery.headers,
      body: new Uint8Array(delivery.body),
    };
    // 0: no answer at all, for HubSpot a failed delivery like any other.
    const { status } = await fetch(`http://127.0.0.1:${port}${PATH}`, init).catch(() => ({
      status: 0,
    }));
    statuses.set(status, (statuses.get(status) ?? 0) + 1);
    times.push(performance.now() - began);
  };
  const total = perSecond * seconds;
  const began = performance.now();
  const sent: Promise<void>[] = [];
  while (sent.length < total) {
    const due = Math.min(total, ((performance.now() - began) / 1000) * perSecond);
    while (sent.length < due) sent.push(send(sent.length));
    await setTimeout(5);
  }
  const lasted = (performance.now() - began) / 1000;
  await Promise.all(sent);
  const busy = Math.min(BUSY, 99 * Math.min(BODIES, total));
  return {
    sent: total,
    lasted,
    statuses,
    times: times.sort((a, b) => a - b),
    records: [
      ...Array.from({ length: busy }, (_, n) => String(n + 1)),
      ...Array.from({ length: total }, (_, n) => String(OWN_FROM + n)),
    ],
  };
}

export interface Found {
  readonly port: number;
  /** Ids of events in the inbox, and of marked records, when the process began. */
  readonly kept: readonly string[];
  readonly marked: readonly string[];
}

/** A receiver in a process of its own over the database at `where`, a folder or a PostgreSQL address. */
export function createReceiver(script: string, where: string) {
  let child: ChildProcess | undefined;
  return {
    async start(): Promise<Found> {
      child = spawn(process.execPath, [script, where], { stdio: ['ignore', 'pipe', 'inherit'] });
      for await (const line of createInterface({ input: child.stdout as NodeJS.ReadableStream }))
        return JSON.parse(line) as Found;
      throw new Error('the receiver ended before it was ready');
    },
    /** As a power cut of the process does. */
    async kill(): Promise<void> {
      if (child === undefined || child.exitCode !== null || child.signalCode !== null) return;
      const ended = once(child, 'exit');
      child.kill('SIGKILL');
      await ended;
    },
    /** Milliseconds of processor time it has used. */
    async processorMs(): Promise<number> {
      const fields = (await readFile(`/proc/${child?.pid}/stat`, 'utf8'))
        .split(') ')[1]
        ?.split(' ');
      return (Number(fields?.[11]) + Number(fields?.[12])) * 10;
    },
    /** The most memory it ever held, in megabytes. */
    async memory(): Promise<number> {
      const status = await readFile(`/proc/${child?.pid}/status`, 'utf8');
      return Number(/VmHWM:\s+(\d+)/.exec(status)?.[1]) / 1024;
    },
  };
}
