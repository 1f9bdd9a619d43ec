/** Which case first: urgency × value × waiting time, as the admin's table weighs them. */
import type { Urgency } from '../core/record.ts';
import type { ValueBand } from '../core/score.ts';
import type { FollowUp, Priority, PriorityPart, ServiceRules } from '../core/service.ts';

const HOUR_MS = 3_600_000;
/** A change of the score worth another look. */
const STEP = 5;

/**
 * score = 100 × urgency^a × value^b × waiting^c with factors 0–1. Waiting grows evenly from
 * `waitingStart` to 1 between the first unanswered message and the time an answer is due.
 */
export function priorityOf(
  rules: ServiceRules['priority'],
  urgency: Urgency | null,
  band: ValueBand | null,
  followUp: FollowUp,
  now: Date,
): Priority {
  const { weights } = rules;
  const waited = waitedShare(followUp, now);
  const since = followUp.waitingSince;
  const hours = since === null ? 0 : (now.getTime() - Date.parse(since)) / HOUR_MS;
  const parts: PriorityPart[] = [
    {
      factor: 'urgency',
      input: urgency ?? 'unknown',
      value: rules.urgency[urgency ?? 'unknown'],
      weight: weights.urgency,
    },
    {
      factor: 'value',
      input: band ?? 'unknown',
      value: rules.value[band ?? 'unknown'],
      weight: weights.value,
    },
    {
      factor: 'waiting',
      input: `${Math.max(0, hours).toFixed(1)}h`,
      value: waited === null ? 0 : rules.waitingStart + (1 - rules.waitingStart) * waited,
      weight: weights.waiting,
    },
  ];
  const score = waited === null ? 0 : 100 * product(parts);
  return { score: Math.round(score), parts };
}

const product = (parts: readonly PriorityPart[]): number =>
  parts.reduce((all, { value, weight }) => all * value ** weight, 1);

/** 0 when the waiting begins, 1 from the due time on, `null` when nobody waits. */
function waitedShare({ waitingSince, dueAt }: FollowUp, now: Date): number | null {
  if (waitingSince === null || dueAt === null) return null;
  const from = Date.parse(waitingSince);
  return Math.min(1, Math.max(0, (now.getTime() - from) / (Date.parse(dueAt) - from)));
}

/** When the score will have grown by 5 or the answer falls due, whichever is first; `null` = never. */
export function lookAgainAt(
  rules: ServiceRules['priority'],
  { parts }: Priority,
  followUp: FollowUp,
  now: Date,
): Date | null {
  const { state, waitingSince, dueAt } = followUp;
  if (state !== 'open' || waitingSince === null || dueAt === null) return null;
  const due = new Date(dueAt);
  const others = 100 * product(parts.filter((p) => p.factor !== 'waiting'));
  const { waitingStart, weights } = rules;
  if (others === 0 || weights.waiting === 0 || waitingStart >= 1) return due;
  const wanted = ((100 * product(parts) + STEP) / others) ** (1 / weights.waiting);
  const share = (wanted - waitingStart) / (1 - waitingStart);
  if (!(share < 1)) return due;
  const from = Date.parse(waitingSince);
  const at = from + share * (due.getTime() - from);
  return new Date(Math.max(now.getTime() + 60_000, Math.min(at, due.getTime())));
}
