/** Entry of the training thread. */
import { parentPort, workerData } from 'node:worker_threads';
import { serializeModels, type TrainingInput, trainPortalModels } from '../models/portal-models.ts';

parentPort?.postMessage(serializeModels(trainPortalModels(workerData as TrainingInput)));
