/** Entry of the training thread. */
import { parentPort, workerData } from 'node:worker_threads';
import { runTraining, type TrainingOrder } from '../models/training.ts';

parentPort?.postMessage(runTraining(workerData as TrainingOrder));
