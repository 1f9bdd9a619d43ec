/** Quasi-Newton minimisation of a smooth function of a few parameters (BFGS; Nocedal, Wright 2006, §6.1). */

/** Returns the value at `x` and writes its gradient into `gradient`. */
export type Objective = (x: Float64Array, gradient: Float64Array) => number;

export interface Minimum {
  readonly x: Float64Array;
  readonly value: number;
  readonly iterations: number;
  /** False when the step limit was reached before the gradient vanished. */
  readonly converged: boolean;
}

const ARMIJO = 1e-4;
const CURVATURE = 1e-12;
/** A promised drop below this share of the value drowns in its rounding. */
const ROUNDING = 1e-13;
/** So many steps that together drop less than {@link FLAT} of the value walk along a flat valley. */
const PATIENCE = 10;
const FLAT = 1e-12;

/**
 * A local minimum from `start`, which stays as it is. Backtracking keeps every step downhill; a
 * step is at most 2 in every coordinate, which suits parameters on the log scale.
 * @param tolerance on the largest gradient component, relative to max(1, |value|).
 */
export function minimise(
  objective: Objective,
  start: Float64Array,
  tolerance = 1e-10,
  maxIterations = 500,
): Minimum {
  const n = start.length;
  const x = Float64Array.from(start);
  const gradient = new Float64Array(n);
  const inverse = identity(n);
  let value = objective(x, gradient);
  const trial = new Float64Array(n);
  const trialGradient = new Float64Array(n);
  const step = new Float64Array(n);
  let earlier = Number.POSITIVE_INFINITY;
  for (let iteration = 0; iteration < maxIterations; iteration++) {
    if (iteration % PATIENCE === 0) {
      if (earlier - value <= FLAT * Math.max(1, Math.abs(value)))
        return { x, value, iterations: iteration, converged: true };
      earlier = value;
    }
    if (largest(gradient) <= tolerance * Math.max(1, Math.abs(value)))
      return { x, value, iterations: iteration, converged: true };
    let slope = direction(inverse, gradient, step);
    if (!(slope < 0)) {
      inverse.set(identity(n));
      slope = direction(inverse, gradient, step);
    }
    if (-slope / 2 <= ROUNDING * Math.max(1, Math.abs(value)))
      return { x, value, iterations: iteration, converged: true };
    let scale = Math.min(1, 2 / largest(step));
    let next = Number.NaN;
    for (let halving = 0; halving < 60; halving++) {
      for (let i = 0; i < n; i++) trial[i] = x[i]! + scale * step[i]!;
      next = objective(trial, trialGradient);
      if (next <= value + ARMIJO * scale * slope) break;
      next = Number.NaN;
      scale /= 2;
    }
    // No step goes down any more: the value cannot be told apart from the minimum in doubles.
    if (Number.isNaN(next)) return { x, value, iterations: iteration, converged: true };
    update(inverse, x, trial, gradient, trialGradient);
    x.set(trial);
    gradient.set(trialGradient);
    value = next;
  }
  return { x, value, iterations: maxIterations, converged: false };
}

function identity(n: number): Float64Array {
  const m = new Float64Array(n * n);
  for (let i = 0; i < n; i++) m[i * n + i] = 1;
  return m;
}

function largest(v: Float64Array): number {
  let most = 0;
  for (const value of v) most = Math.max(most, Math.abs(value));
  return most;
}

/** step = −H g; returns the slope gᵀ step. */
function direction(inverse: Float64Array, gradient: Float64Array, step: Float64Array): number {
  const n = gradient.length;
  let slope = 0;
  for (let i = 0; i < n; i++) {
    let sum = 0;
    for (let j = 0; j < n; j++) sum -= inverse[i * n + j]! * gradient[j]!;
    step[i] = sum;
    slope += sum * gradient[i]!;
  }
  return slope;
}

/** H ← (I − ρ s yᵀ) H (I − ρ y sᵀ) + ρ s sᵀ, left alone where the curvature sᵀy is not positive. */
function update(
  inverse: Float64Array,
  x: Float64Array,
  nextX: Float64Array,
  gradient: Float64Array,
  nextGradient: Float64Array,
): void {
  const n = x.length;
  const s = nextX.map((v, i) => v - x[i]!);
  const y = nextGradient.map((v, i) => v - gradient[i]!);
  let sy = 0;
  for (let i = 0; i < n; i++) sy += s[i]! * y[i]!;
  if (sy <= CURVATURE) return;
  const hy = new Float64Array(n);
  let yhy = 0;
  for (let i = 0; i < n; i++) {
    let sum = 0;
    for (let j = 0; j < n; j++) sum += inverse[i * n + j]! * y[j]!;
    hy[i] = sum;
    yhy += sum * y[i]!;
  }
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) {
      inverse[i * n + j] =
        inverse[i * n + j]! +
        ((1 + yhy / sy) * s[i]! * s[j]! - hy[i]! * s[j]! - s[i]! * hy[j]!) / sy;
    }
  }
}
