/** The queue port, fulfilled by BullMQ; its backend (PostgreSQL or Redis) is handed in. */
import {
  type BackendFactory,
  Queue as BullQueue,
  DelayedError,
  UnrecoverableError,
  Worker,
} from 'bullmq';
import type { Log } from '../ports/log.ts';
import type { AddOptions, JobHandler, Queue } from '../ports/queue.ts';
import { decideRetry } from './retry.ts';

export interface BullBackend {
  // biome-ignore lint/suspicious/noExplicitAny: BullMQ types the connection per backend
  readonly connection: any;
  // biome-ignore lint/suspicious/noExplicitAny: as above
  readonly factory?: BackendFactory<any, any>;
}

// A crash of its holder frees a job after a lease of 15 s, found within another 5 s; a job may lose
// its worker ten times before it counts as failed, because a crash is rarely the job's own fault.
const LEASE = { lockDuration: 15_000, stalledInterval: 5_000, maxStalledCount: 10 };
// Full jitter: what failed together, as when a CRM was out, does not come back together.
const BACK_OFF = { type: 'exponential', delay: 1_000, jitter: 1 } as const;
/** How far the clocks of two machines may be from each other without being thought wrong. */
const CLOCKS_APART_MS = 5 * 60_000;
const KEEP_FAILED = { age: 7 * 24 * 3600, count: 1_000 };

/** `name` separates queues of one backend. Errors of the connection itself are logged, not thrown. */
export function createBullQueue(name: string, backend: BullBackend, log: Log): Queue {
  const options = { connection: backend.connection };
  const queue = new BullQueue(name, options, backend.factory as never);
  const onError = (error: Error) => log.warn('queue connection error', { code: error.message });
  queue.on('error', onError);
  const stopping = new AbortController();
  let worker: Worker | undefined;
  let closing: Promise<void> | undefined;

  async function isInTime(id: string): Promise<boolean> {
    const known = await queue.getJobScheduler(id);
    const furthest = Date.now() + (known?.every ?? 0) + CLOCKS_APART_MS;
    return known != null && (known.next ?? 0) <= furthest;
  }

  return {
    async add(job, payload, added: AddOptions = {}) {
      await queue.add(job, payload, {
        attempts: added.attempts ?? 5,
        backoff: BACK_OFF,
        removeOnComplete: true,
        removeOnFail: KEEP_FAILED,
        ...(added.delayMs === undefined ? {} : { delay: added.delayMs }),
        ...(added.priority === undefined ? {} : { priority: added.priority }),
        ...(added.dedupe === undefined
          ? {}
          : { deduplication: { id: added.dedupe, keepLastIfActive: true } }),
      });
    },

    async repeat(job, payload, everyMs) {
      // One that was set by a clock ahead of ours would keep its next turn until ours is there.
      if (!(await isInTime(schedulerId(job, payload))))
        await queue.removeJobScheduler(schedulerId(job, payload));
      await queue.upsertJobScheduler(
        schedulerId(job, payload),
        { every: everyMs },
        { name: job, data: payload, opts: { removeOnComplete: true, removeOnFail: KEEP_FAILED } },
      );
    },

    isRepeating: (job, payload) => isInTime(schedulerId(job, payload)),

    async stopRepeating(job, payload) {
      await queue.removeJobScheduler(schedulerId(job, payload));
    },

    async process(handlers, concurrency) {
      worker = new Worker(
        name,
        async (job, token) => {
          const handler: JobHandler | undefined = handlers[job.name];
          if (handler === undefined) throw new UnrecoverableError(`No handler for ${job.name}.`);
          try {
            await handler(job.data, stopping.signal);
          } catch (error) {
            if (stopping.signal.aborted) {
              await job.moveToDelayed(Date.now(), token);
              throw new DelayedError();
            }
            const decision = decideRetry(error);
            const message = error instanceof Error ? error.message : String(error);
            log.warn('job failed', { job: job.name, code: codeOf(error), action: decision.action });
            if (decision.action === 'give_up') throw new UnrecoverableError(message);
            if (decision.action === 'try_again') throw error;
            await job.moveToDelayed(Date.now() + decision.ms, token);
            throw new DelayedError();
          }
        },
        { ...options, ...LEASE, concurrency, drainDelay: 5, removeOnComplete: { count: 0 } },
        backend.factory as never,
      );
      worker.on('error', onError);
      await worker.waitUntilReady();
    },

    async counts() {
      const counts = await queue.getJobCounts(
        'waiting',
        'delayed',
        'prioritized',
        'active',
        'failed',
      );
      return {
        waiting: (counts['waiting'] ?? 0) + (counts['delayed'] ?? 0) + (counts['prioritized'] ?? 0),
        active: counts['active'] ?? 0,
        failed: counts['failed'] ?? 0,
      };
    },

    close() {
      closing ??= (async () => {
        stopping.abort();
        await worker?.close();
        await queue.close();
      })();
      return closing;
    },
  };
}

const schedulerId = (job: string, payload: Readonly<Record<string, string>>): string =>
  `${job}:${Object.values(payload).join(':')}`;

const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error ? String(error.code) : 'unexpected';
