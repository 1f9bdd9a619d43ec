/** Recorded decisions, the policy that is asked about, and what is impossible in them. */
import { RapportError } from '../../core/errors.ts';

/** One row per decision that was taken. */
export interface LoggedDecisions {
  /** Which of the `actionCount` actions was taken. */
  readonly action: Int32Array;
  readonly actionCount: number;
  readonly reward: Float64Array;
  /** The chance the recording policy gave the action it took, in (0, 1]. */
  readonly propensity: Float64Array;
  /** The chances the policy in question gives every action: rows × actionCount, each row adding up to 1. */
  readonly target: Float64Array;
  /**
   * Expected reward of every action, rows × actionCount, from a model that has not seen the row.
   * Without it every action's mean reward is used.
   */
  readonly predicted?: Float64Array;
  /** Rows of one unit (a person) are not independent; intervals then count units, not rows. */
  readonly unit?: Int32Array;
}

/** @throws RapportError invalid_payload naming column and row, not_enough_data below 2 rows. */
export function check({
  action,
  actionCount,
  reward,
  propensity,
  target,
  predicted,
  unit,
}: LoggedDecisions) {
  const n = action.length;
  if (n < 2) throw new RapportError('not_enough_data', 'an estimate needs at least 2 decisions');
  if (reward.length !== n || propensity.length !== n || target.length !== n * actionCount)
    throw new RapportError('invalid_payload', 'the columns must have one value per decision');
  if (predicted !== undefined && predicted.length !== target.length)
    throw new RapportError('invalid_payload', 'predicted must have one value per row and action');
  if (unit !== undefined && unit.length !== n)
    throw new RapportError('invalid_payload', 'unit must have one value per decision');
  for (let i = 0; i < n; i++) {
    if (!(action[i]! >= 0 && action[i]! < actionCount)) refuse('action', i, action[i]!);
    if (!Number.isFinite(reward[i]!)) refuse('reward', i, reward[i]!);
    if (!(propensity[i]! > 0 && propensity[i]! <= 1)) refuse('propensity', i, propensity[i]!);
    let total = 0;
    for (let a = 0; a < actionCount; a++) {
      const chance = target[i * actionCount + a]!;
      if (!(chance >= 0)) refuse('target', i, chance);
      if (predicted !== undefined && !Number.isFinite(predicted[i * actionCount + a]!))
        refuse('predicted', i, predicted[i * actionCount + a]!);
      total += chance;
    }
    if (Math.abs(total - 1) > 1e-6) refuse('target', i, total);
  }
}

function refuse(column: string, row: number, value: number): never {
  throw new RapportError('invalid_payload', `column "${column}" holds ${value} in row ${row + 1}`);
}
