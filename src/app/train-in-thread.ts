/** The trainer port: one worker thread per training, so that webhooks are answered meanwhile. */
import { Worker } from 'node:worker_threads';
import { RapportError } from '../core/errors.ts';
import type { Training } from '../models/training.ts';
import type { Trainer } from '../ports/trainer.ts';

export const trainInThread: Trainer = (order, signal) =>
  new Promise((resolve, reject) => {
    const worker = new Worker(new URL('./train-worker.js', import.meta.url), { workerData: order });
    const stop = (): void => {
      reject(new RapportError('internal', 'Stopped before the end of the training.'));
      void worker.terminate();
    };
    if (signal?.aborted) return stop();
    signal?.addEventListener('abort', stop, { once: true });
    worker.once('message', (training: Training) => resolve(training));
    worker.once('error', reject);
    worker.once('exit', (code) => {
      signal?.removeEventListener('abort', stop);
      if (code !== 0)
        reject(new RapportError('internal', `The training thread ended with code ${code}.`));
    });
  });
