/**
 * What a policy would have earned, from the records of another one: IPS, SNIPS, direct method,
 * doubly robust (Dudík, Langford, Li 2011) and with optimistic shrinkage (Su et al. 2020).
 */
import type { Interval } from './intervals.ts';
import { check, type LoggedDecisions } from './logged-decisions.ts';
import { clusterMeanInterval } from './mean-interval.ts';
import { type Overlap, support } from './overlap.ts';

export interface OffPolicyReport {
  readonly ips: Interval;
  readonly snips: Interval;
  readonly dm: Interval;
  readonly dr: Interval;
  readonly dros: Interval;
  /** λ of the shrinkage; infinite when no shrinkage was best. */
  readonly shrinkage: number;
  /** (Σ w)² / Σ w²: how many rows of the target's own the data are worth (Kish 1965). */
  readonly ess: number;
  readonly overlap: Overlap;
}

const SHRINKAGES = [1, 3, 10, 30, 100, 300, 1000, 3000, 10_000];

/**
 * All estimates with 95 % intervals. The interval of `dm` covers the sampling of rows and, with the
 * action means as the model, their error; a given model's own error it cannot know. The interval of
 * `dros` is widened by the 95 % bound of the bias that shrinking may have brought.
 * @throws RapportError invalid_payload naming column and row of an impossible value, not_enough_data below 2 rows.
 */
export function evaluateOffPolicy(logged: LoggedDecisions): OffPolicyReport {
  check(logged);
  const { action, actionCount, reward, propensity, target, unit } = logged;
  const n = action.length;
  const model = logged.predicted === undefined ? actionMeans(logged) : undefined;
  const weight = new Float64Array(n);
  const residual = new Float64Array(n);
  const direct = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    const row = i * actionCount;
    const a = action[i]!;
    weight[i] = target[row + a]! / propensity[i]!;
    const expected = model === undefined ? logged.predicted![row + a]! : model.without(i);
    residual[i] = reward[i]! - expected;
    let sum = 0;
    for (let k = 0; k < actionCount; k++) {
      const chance = target[row + k]!;
      if (chance > 0)
        sum += chance * (model === undefined ? logged.predicted![row + k]! : model.mean[k]!);
    }
    direct[i] = sum;
  }
  const weighted = (w: (i: number) => number) =>
    direct.map((value, i) => value + w(i) * residual[i]!);
  const { ess, overlap } = support(logged, weight);
  const { dros, shrinkage } = shrunk(weight, residual, weighted, ess, unit);
  return {
    ips: clusterMeanInterval(
      weight.map((w, i) => w * reward[i]!),
      unit,
    ),
    snips: selfNormalised(weight, reward, ess, unit),
    dm: directMethod(logged, direct, model),
    dr: clusterMeanInterval(
      weighted((i) => weight[i]!),
      unit,
      ess,
    ),
    dros,
    shrinkage,
    ess,
    overlap,
  };
}

type ActionMeans = ReturnType<typeof actionMeans>;

/** Mean reward and rows of every action; an action never taken gets the mean of all rows. */
function actionMeans({ action, actionCount, reward }: LoggedDecisions) {
  const count = new Float64Array(actionCount);
  const sum = new Float64Array(actionCount);
  let total = 0;
  for (let i = 0; i < action.length; i++) {
    const a = action[i]!;
    count[a] = count[a]! + 1;
    sum[a] = sum[a]! + reward[i]!;
    total += reward[i]!;
  }
  const mean = sum.map((s, a) => (count[a]! > 0 ? s / count[a]! : total / action.length));
  /** The mean of row i's action from the other rows, with one row's worth of the overall mean. */
  const without = (i: number): number =>
    (sum[action[i]!]! - reward[i]! + total / action.length) / count[action[i]!]!;
  return { mean, count, without };
}

/** Σ w r / Σ w; its interval from each row's pull on the ratio, measured by leaving the row out. */
function selfNormalised(
  weight: Float64Array,
  reward: Float64Array,
  ess: number,
  unit: Int32Array | undefined,
): Interval {
  let sum = 0;
  let total = 0;
  for (let i = 0; i < weight.length; i++) {
    sum += weight[i]! * reward[i]!;
    total += weight[i]!;
  }
  if (total === 0) return unbounded(Number.NaN);
  const estimate = sum / total;
  const mean = total / weight.length;
  return around(
    estimate,
    weight.map((w, i) => (w * (reward[i]! - estimate)) / mean / Math.max(1 - w / total, 0.05)),
    ess,
    unit,
  );
}

/** The interval adds the action means' own error, through each row's influence on them. */
function directMethod(
  { action, actionCount, reward, target, unit }: LoggedDecisions,
  direct: Float64Array,
  model: ActionMeans | undefined,
): Interval {
  if (model === undefined) return clusterMeanInterval(direct, unit);
  const n = direct.length;
  const chosen = new Float64Array(actionCount);
  for (let i = 0; i < n; i++)
    for (let a = 0; a < actionCount; a++) chosen[a] = chosen[a]! + target[i * actionCount + a]! / n;
  return clusterMeanInterval(
    direct.map((value, i) => {
      const a = action[i]!;
      return value + (chosen[a]! * n * (reward[i]! - model.mean[a]!)) / model.count[a]!;
    }),
    unit,
  );
}

/** λw / (w² + λ) for the λ with the least squared bias, at the upper end of what it may be, plus variance. */
function shrunk(
  weight: Float64Array,
  residual: Float64Array,
  weighted: (w: (i: number) => number) => Float64Array,
  ess: number,
  unit: Int32Array | undefined,
) {
  let best = { error: Number.POSITIVE_INFINITY, lambda: 0, bias: 0, values: weight };
  for (const lambda of [Number.POSITIVE_INFINITY, ...SHRINKAGES]) {
    const light = (i: number): number =>
      lambda === Number.POSITIVE_INFINITY
        ? weight[i]!
        : (lambda * weight[i]!) / (weight[i]! ** 2 + lambda);
    const values = weighted(light);
    const lost = moments(residual.map((e, i) => (weight[i]! - light(i)) * e));
    const bias = Math.abs(lost.mean) + lost.error;
    const error = bias ** 2 + moments(values).error ** 2;
    // The interval needs the bias's 95 % bound, the choice of λ its likely size.
    const bound = Math.abs(lost.mean) + 1.645 * lost.error;
    if (error < best.error) best = { error, lambda, bias: bound, values };
  }
  const { estimate, low, high } = clusterMeanInterval(best.values, unit, ess);
  return {
    dros: { estimate, low: low - best.bias, high: high + best.bias },
    shrinkage: best.lambda,
  };
}

/** Mean and its standard error. */
function moments(values: Float64Array): { readonly mean: number; readonly error: number } {
  const n = values.length;
  let mean = 0;
  for (const value of values) mean += value / n;
  let squares = 0;
  for (const value of values) squares += (value - mean) ** 2;
  return { mean, error: Math.sqrt(squares / n / (n - 1)) };
}

const unbounded = (estimate: number): Interval => ({
  estimate,
  low: Number.NEGATIVE_INFINITY,
  high: Number.POSITIVE_INFINITY,
});

/** The interval of the mean of `influence`, moved to `estimate`. */
function around(
  estimate: number,
  influence: Float64Array,
  ess: number,
  unit: Int32Array | undefined,
): Interval {
  const { estimate: center, low, high } = clusterMeanInterval(influence, unit, ess);
  return { estimate, low: estimate + low - center, high: estimate + high - center };
}
