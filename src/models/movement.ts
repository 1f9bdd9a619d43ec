/** What moved since last month, and whether that makes a customer's risk a rising one. */
import { CHURN_RISING, type ContactScore, type ScorePoint } from '../core/score.ts';

/** The score beside what was said at the end of last month. */
export function withMovement(score: ContactScore, before: ScorePoint | null): ContactScore {
  const { risk } = score;
  if (risk === null || before === null) return score;
  const rise = before.churnChance === null ? 0 : risk.chance - before.churnChance;
  const band = risk.band === 'normal' && rise >= CHURN_RISING ? 'rising' : risk.band;
  return { ...score, risk: { ...risk, band, before } };
}
