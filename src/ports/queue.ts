/** A durable alarm clock: jobs carry ids and wake work that the store already knows about. */

export interface AddOptions {
  /**
   * Jobs with the same key collapse while one waits. A job added while one of its key runs is
   * kept and runs once after it, so a change during the work is never swallowed.
   */
  readonly dedupe?: string;
  readonly delayMs?: number;
  /** 1 is first; jobs without a priority come before all that have one. */
  readonly priority?: number;
  /** Tries in all, with exponential back-off and jitter between them; default 5. */
  readonly attempts?: number;
}

export interface QueueCounts {
  readonly waiting: number;
  readonly active: number;
  readonly failed: number;
}

export type JobHandler = (payload: unknown, signal: AbortSignal) => Promise<void>;

/** At-least-once: a job may run again after a crash, so handlers must be idempotent. */
export interface Queue {
  add(job: string, payload: Readonly<Record<string, string>>, options?: AddOptions): Promise<void>;
  /** Adds or replaces a repeating job. */
  repeat(job: string, payload: Readonly<Record<string, string>>, everyMs: number): Promise<void>;
  /** Whether such a repeating job is known, and its next turn not much further than its period. */
  isRepeating(job: string, payload: Readonly<Record<string, string>>): Promise<boolean>;
  /** Ends a repeating job; harmless where there is none. */
  stopRepeating(job: string, payload: Readonly<Record<string, string>>): Promise<void>;
  /**
   * Starts working on jobs, `concurrency` at a time. A handler's error is read by
   * `queue/retry.ts`: give up, wait, or try again. May be called once.
   */
  process(handlers: Readonly<Record<string, JobHandler>>, concurrency: number): Promise<void>;
  counts(): Promise<QueueCounts>;
  /** Stops taking jobs, lets active ones finish (their signal is aborted), then closes. May be called again. */
  close(): Promise<void>;
}
