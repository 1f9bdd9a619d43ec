/** Scores of which nothing is said: only why, as their status. */
import type { ContactScore, ScoreStatus, TextScore } from './score.ts';

export const noContactScore = (status: ScoreStatus, modelVersion: string): ContactScore => ({
  status,
  segment: null,
  value: null,
  risk: null,
  reach: null,
  offer: null,
  heldOut: null,
  voice: null,
  modelVersion,
});

export const noTextScore = (
  status: ScoreStatus,
  language: TextScore['language'],
  modelVersion: string,
): TextScore => ({
  status,
  language,
  type: null,
  types: [],
  sentiment: null,
  urgency: null,
  topic: null,
  entities: [],
  evidence: null,
  sentimentEvidence: null,
  reasons: [],
  modelVersion,
});
