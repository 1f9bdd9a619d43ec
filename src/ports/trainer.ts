/** Fits a tenant's models somewhere the event loop does not wait. */
import type { Training, TrainingOrder } from '../models/training.ts';

/** Rejects when `signal` aborts: the work is given up and can be ordered again. */
export type Trainer = (order: TrainingOrder, signal?: AbortSignal) => Promise<Training>;
