/** Entry of the training thread. */
import { parentPort, workerData } from 'node:worker_threads';
import { fitTexts, runTraining, type TextOrder, type TrainingOrder } from '../models/training.ts';

export type Work = { readonly train: TrainingOrder } | { readonly texts: TextOrder };

const work = workerData as Work;
parentPort?.postMessage('texts' in work ? fitTexts(work.texts) : runTraining(work.train));
