/** The trainer port: one worker thread per training, so that webhooks are answered meanwhile. */
import { Worker } from 'node:worker_threads';
import { RapportError } from '../core/errors.ts';
import { parseModels } from '../models/portal-models.ts';
import type { Trainer } from '../ports/trainer.ts';

export const trainInThread: Trainer = (input) =>
  new Promise((resolve, reject) => {
    const worker = new Worker(new URL('./train-worker.js', import.meta.url), { workerData: input });
    worker.once('message', (artefact: string) => resolve(parseModels(artefact)));
    worker.once('error', reject);
    worker.once('exit', (code) => {
      if (code !== 0)
        reject(new RapportError('internal', `The training thread ended with code ${code}.`));
    });
  });
