/** A helper thread of `parallel.ts`: loads the kernel it is told to, then works until the team closes. */
import { parentPort } from 'node:worker_threads';
import { CLOSED, FAILED, ROUND, workOff } from './parallel-round.ts';

interface Job {
  readonly module: string;
  readonly name: string;
  readonly data: object;
  readonly control: Int32Array;
}

parentPort?.on('message', async ({ module, name, data, control }: Job) => {
  const exports = (await import(module)) as Readonly<Record<string, unknown>>;
  const kernel = exports[name] as (data: object, chunk: number) => void;
  const run = (chunk: number): void => {
    try {
      kernel(data, chunk);
    } catch {
      Atomics.store(control, FAILED, 1);
    }
  };
  for (let seen = 0; ; ) {
    Atomics.wait(control, ROUND, seen);
    seen = Atomics.load(control, ROUND);
    if (seen === CLOSED) return;
    workOff(control, run);
  }
});
