/** One training: the challenger, what it was trained from, and whether it takes the champion's place. */
import type { TrainingCause, TrainingQuery, Verdict } from '../core/model.ts';
import { challenge } from './challenge.ts';
import type { PortalModels } from './portal-models.ts';
import { fitTextModels, type TextModels } from './text-models.ts';
import { type TrainingInput, trainPortalModels } from './train-portal.ts';
import { trainingQuery } from './training-query.ts';

export interface TrainingOrder {
  readonly input: TrainingInput;
  /** `null` when there is none, or none that can be read: the first model is always promoted. */
  readonly champion: PortalModels | null;
  readonly cause: TrainingCause;
  /** What {@link fitTexts} made of the same texts; absent = still to be fitted. */
  readonly texts?: TextModels | null;
}

/** The texts of {@link TrainingInput}, until its `asOf`. */
export type TextOrder = Pick<TrainingInput, 'tickets' | 'feedback' | 'seed' | 'topics'>;

export interface Training {
  readonly models: PortalModels;
  readonly query: TrainingQuery;
  readonly verdict: Verdict;
}

/** `null` with too few labelled texts. */
export const fitTexts = ({ tickets, feedback, seed, topics }: TextOrder): TextModels | null =>
  fitTextModels(tickets, feedback, seed, topics);

export function runTraining({ input, champion, cause, texts }: TrainingOrder): Training {
  const models = trainPortalModels(input, undefined, texts);
  return {
    models,
    query: trainingQuery(input),
    verdict:
      champion === null
        ? { promoted: true, reason: 'first', cause, against: null, cutAt: null, parts: [] }
        : challenge(input, champion, models, cause),
  };
}
