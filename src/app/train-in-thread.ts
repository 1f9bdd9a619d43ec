/** The trainer ports: one worker thread per piece of work, so that webhooks are answered meanwhile. */
import { Worker } from 'node:worker_threads';
import { RapportError } from '../core/errors.ts';
import type { TextFitter, Trainer } from '../ports/trainer.ts';
import type { Work } from './train-worker.ts';

export const trainInThread: Trainer = (order, signal) => inThread({ train: order }, signal);
export const fitTextsInThread: TextFitter = (order, signal) => inThread({ texts: order }, signal);

const inThread = <T>(work: Work, signal?: AbortSignal): Promise<T> =>
  new Promise((resolve, reject) => {
    const worker = new Worker(new URL('./train-worker.js', import.meta.url), { workerData: work });
    const stop = (): void => {
      reject(new RapportError('internal', 'Stopped before the end of the training.'));
      void worker.terminate();
    };
    if (signal?.aborted) return stop();
    signal?.addEventListener('abort', stop, { once: true });
    worker.once('message', (answer: T) => resolve(answer));
    worker.once('error', reject);
    worker.once('exit', (code) => {
      signal?.removeEventListener('abort', stop);
      if (code !== 0)
        reject(new RapportError('internal', `The training thread ended with code ${code}.`));
    });
  });
