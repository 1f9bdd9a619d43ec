/** The feedback model that is there before a portal has a single label. */
import { FeedbackModel, type FeedbackState } from './feedback-model.ts';
import { FEEDBACK_STATE } from './pretrained/feedback.ts';

let loaded: FeedbackModel | undefined;

/** Read on first use, once per process. */
export function builtInFeedback(): FeedbackModel {
  loaded ??= new FeedbackModel(JSON.parse(FEEDBACK_STATE) as FeedbackState);
  return loaded;
}
