/** One training: the challenger, what it was trained from, and whether it takes the champion's place. */
import type { TrainingCause, TrainingQuery, Verdict } from '../core/model.ts';
import { challenge } from './challenge.ts';
import { type PortalModels, type TrainingInput, trainPortalModels } from './portal-models.ts';
import { trainingQuery } from './training-query.ts';

export interface TrainingOrder {
  readonly input: TrainingInput;
  /** `null` when there is none, or none that can be read: the first model is always promoted. */
  readonly champion: PortalModels | null;
  readonly cause: TrainingCause;
}

export interface Training {
  readonly models: PortalModels;
  readonly query: TrainingQuery;
  readonly verdict: Verdict;
}

export function runTraining({ input, champion, cause }: TrainingOrder): Training {
  const models = trainPortalModels(input);
  return {
    models,
    query: trainingQuery(input),
    verdict:
      champion === null
        ? { promoted: true, reason: 'first', cause, against: null, cutAt: null, parts: [] }
        : challenge(input, champion, models, cause),
  };
}
