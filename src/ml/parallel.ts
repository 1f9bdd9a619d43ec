/** Numeric work split over worker threads: chunks of one kernel, claimed by whoever is free. */
import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import { RapportError } from '../core/errors.ts';
import { CLOSED, CONTROL_LENGTH, DONE, FAILED, LEFT, ROUND, workOff } from './parallel-round.ts';

/** Plain numbers, and typed arrays that all threads see when they lie in shared memory. */
export type KernelData = object;

/**
 * A function other threads can find by itself: the export `name` of the module at `module` (its
 * `import.meta.url`). It may write only what belongs to its chunk, so that results do not depend on
 * who ran what, nor on how many threads there are.
 */
export interface Kernel<D extends KernelData> {
  readonly module: string;
  readonly name: string;
  readonly run: (data: D, chunk: number) => void;
}

export interface Team {
  /** Runs chunks 0 … chunks − 1, in no order, and returns when all are done. Blocks. */
  round(chunks: number): void;
  /** Sends the helpers home. The team cannot be used afterwards. */
  close(): void;
}

const idle: Worker[] = [];
const shared = (value: unknown): boolean =>
  !ArrayBuffer.isView(value) || value.buffer instanceof SharedArrayBuffer;

/**
 * A team for `kernel` on `data`. The caller's thread always works; helpers join as they come up and
 * stay for later teams without keeping the process alive. One thread is used when `threads` is 1,
 * when an array of `data` is not in shared memory, and when the program runs from its sources
 * (a helper loads compiled files only).
 */
export function openTeam<D extends KernelData>(
  kernel: Kernel<D>,
  data: D,
  threads: number = availableParallelism(),
): Team {
  const control = new Int32Array(new SharedArrayBuffer(4 * CONTROL_LENGTH));
  const compiled = kernel.module.endsWith('.js') && import.meta.url.endsWith('.js');
  const helpers: Worker[] = [];
  if (compiled && threads > 1 && Object.values(data).every(shared)) {
    while (helpers.length < threads - 1) {
      const helper = idle.pop() ?? newHelper();
      helper.postMessage({ module: kernel.module, name: kernel.name, data, control });
      helpers.push(helper);
    }
  }
  return {
    round: (chunks) => {
      Atomics.store(control, DONE, 0);
      Atomics.store(control, LEFT, chunks);
      Atomics.add(control, ROUND, 1);
      Atomics.notify(control, ROUND);
      workOff(control, (chunk) => kernel.run(data, chunk));
      for (let done = Atomics.load(control, DONE); done < chunks; ) {
        Atomics.wait(control, DONE, done, 1000);
        done = Atomics.load(control, DONE);
      }
      if (Atomics.load(control, FAILED) !== 0)
        throw new RapportError('internal', `a worker thread failed in ${kernel.name}`);
    },
    close: () => {
      Atomics.store(control, ROUND, CLOSED);
      Atomics.notify(control, ROUND);
      idle.push(...helpers);
    },
  };
}

function newHelper(): Worker {
  const helper = new Worker(new URL('./parallel-worker.js', import.meta.url), {
    resourceLimits: { maxYoungGenerationSizeMb: 4 },
  });
  helper.unref();
  return helper;
}

/** The same numbers in memory all threads share; a copy only when they are not there yet. */
export function toShared(values: Float64Array): Float64Array {
  if (values.buffer instanceof SharedArrayBuffer) return values;
  const copy = sharedDoubles(values.length);
  copy.set(values);
  return copy;
}

/** Zeros in shared memory. */
export const sharedDoubles = (length: number): Float64Array =>
  new Float64Array(new SharedArrayBuffer(8 * length));
export const sharedFloats = (length: number): Float32Array =>
  new Float32Array(new SharedArrayBuffer(4 * length));
export const sharedInts = (length: number): Int32Array =>
  new Int32Array(new SharedArrayBuffer(4 * length));
export const sharedShorts = (length: number): Uint16Array =>
  new Uint16Array(new SharedArrayBuffer(2 * length));
