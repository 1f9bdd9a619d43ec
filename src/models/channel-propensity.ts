/** How likely a rep was to choose each channel for a contact: what off-policy estimates divide by. */
import type { Channel } from '../core/channel.ts';
import { fitPenalised, sigmoid } from '../ml/linear/logistic-regression.ts';
import { csrFromRows } from '../ml/sparse.ts';
import { contactCells, type Design, type Observed, slotCount } from './channel-design.ts';
import { significantAll } from './numbers.ts';

/** Touches of one rep with one contact, counted per channel of the design. */
export interface Choices {
  readonly rep: string;
  readonly observed: Observed;
  readonly chosen: readonly number[];
}

/** Plain data: per channel the weights of intercept, reps, then the slots of the fields. */
export interface PropensityModel<C extends string = Channel> {
  readonly design: Design<C>;
  readonly reps: readonly string[];
  readonly weights: readonly (readonly number[])[];
}

/** Reps with fewer touches than this share one habit. */
const MIN_TOUCHES = 20;
const PENALTY = 1;
/** No choice counts as rarer than this, so that no single touch decides an estimate. */
export const LEAST_PROPENSITY = 0.01;

const columnsOf = (
  { design, reps }: Pick<PropensityModel<string>, 'design' | 'reps'>,
  rep: string,
  observed: Observed,
): { indices: number[]; values: number[] } => {
  const indices = [0];
  const values = [1];
  const known = reps.indexOf(rep);
  if (known >= 0) {
    indices.push(1 + known);
    values.push(1);
  }
  for (const cell of contactCells(design, observed)) {
    if (cell === null) continue;
    indices.push(1 + reps.length + cell.slot);
    values.push(cell.value);
  }
  return { indices, values };
};

/** One logistic regression per channel over rep and observable fields; their chances are made to add up to 1. */
export function fitPropensities<C extends string = Channel>(
  design: Design<C>,
  choices: readonly Choices[],
): PropensityModel<C> {
  const touches = new Map<string, number>();
  const sum = (counts: readonly number[]): number => counts.reduce((a, b) => a + b, 0);
  for (const { rep, chosen } of choices) touches.set(rep, (touches.get(rep) ?? 0) + sum(chosen));
  const reps = [...touches]
    .filter(([rep, n]) => rep !== '' && n >= MIN_TOUCHES)
    .map(([rep]) => rep)
    .sort();
  const width = 1 + reps.length + slotCount(design);
  const names = Array.from({ length: width }, (_, j) => `column ${j}`);
  const x = csrFromRows(
    choices.map(({ rep, observed }) => columnsOf({ design, reps }, rep, observed)),
    names,
  );
  const trials = choices.map(({ chosen }) => sum(chosen));
  const penalty = names.map((_, j) => (j === 0 ? 1e-3 : PENALTY));
  const weights = design.channels.map((_, c) =>
    significantAll(
      fitPenalised(
        x,
        choices.map(({ chosen }) => chosen[c] ?? 0),
        trials,
        penalty,
        15,
        1e-7,
      ),
    ),
  );
  return { design, reps, weights };
}

/** The chance of each channel of the design, ≥ `LEAST_PROPENSITY` before they are made to add up to 1. */
export function propensities(
  { design, reps, weights }: PropensityModel<string>,
  rep: string,
  observed: Observed,
): number[] {
  const { indices, values } = columnsOf({ design, reps }, rep, observed);
  const raw = weights.map((w) => {
    const eta = indices.reduce((sum, j, k) => sum + (w[j] ?? 0) * (values[k] ?? 0), 0);
    return Math.max(LEAST_PROPENSITY, sigmoid(eta));
  });
  const total = raw.reduce((a, b) => a + b, 0);
  return raw.map((value) => value / total);
}
