/** Fits a tenant's models somewhere the event loop does not wait. */
import type { TextModels } from '../models/text-models.ts';
import type { TextOrder, Training, TrainingOrder } from '../models/training.ts';

/** Rejects when `signal` aborts: the work is given up and can be ordered again. */
export type Trainer = (order: TrainingOrder, signal?: AbortSignal) => Promise<Training>;
/** The part that texts alone teach; rejects like {@link Trainer}. */
export type TextFitter = (order: TextOrder, signal?: AbortSignal) => Promise<TextModels | null>;
