/** Gradient and curvature of a mixed model's marginal likelihood in the fixed effects. */
import type { Csr } from '../sparse.ts';
import { addOuter } from './logistic-regression.ts';
import type { Sites, UnitPosterior } from './unit-posterior.ts';

/** Rows of the fixed effects, and which of the unit's effects each one carries. */
interface MarginalRows {
  readonly x: Csr;
  readonly group: Int32Array;
  readonly slot: Int32Array;
  readonly groups: number;
}

/**
 * Unit by unit: Xᵀτ X − (Xᵀτ Z) V (Zᵀτ X), with site precisions τ and the posterior covariance V of
 * the unit's effects, so that repeated touches of one unit count as what they are.
 */
export function createMarginal({ x, group, slot, groups }: MarginalRows, sites: Sites) {
  const p = x.cols;
  const hessian = new Float64Array(p * p);
  const gradient = new Float64Array(p);
  const touched = new Int32Array(p);
  /** Per kind of effect (unit, group, slot): see `addShared`. */
  const shared = new Float64Array(3);
  let withCurvature = true;
  let inverse: Float64Array | null = null;
  /** Per touched column and active effect: Σ τ x over the unit's rows, and the same times V. */
  let sums = new Float64Array(0);
  let held = new Float64Array(0);
  const place = new Int32Array(p).fill(-1);

  const integrateOut = (from: number, to: number, { size, covariance }: UnitPosterior): void => {
    const effects = new Int32Array(size);
    const localOf = new Int32Array(size).fill(-1);
    let count = 0;
    let width = 0;
    const activate = (effect: number): void => {
      if (localOf[effect]! >= 0) return;
      localOf[effect] = width;
      effects[width++] = effect;
    };
    for (let i = from; i < to; i++) {
      activate(0);
      activate(1 + group[i]!);
      activate(1 + groups + slot[i]!);
      for (let k = x.indptr[i]!; k < x.indptr[i + 1]!; k++) {
        const j = x.indices[k]!;
        if (place[j]! >= 0) continue;
        place[j] = count;
        touched[count++] = j;
      }
    }
    if (sums.length < count * width) {
      sums = new Float64Array(count * width);
      held = new Float64Array(count * width);
    }
    sums.fill(0, 0, count * width);
    for (let i = from; i < to; i++) {
      const precision = sites.precision[i]!;
      const g = localOf[1 + group[i]!]!;
      const s = localOf[1 + groups + slot[i]!]!;
      addOuter(hessian, x, i, precision);
      for (let k = x.indptr[i]!; k < x.indptr[i + 1]!; k++) {
        const at = place[x.indices[k]!]! * width;
        const value = precision * x.values[k]!;
        sums[at] = sums[at]! + value;
        sums[at + g] = sums[at + g]! + value;
        sums[at + s] = sums[at + s]! + value;
      }
    }
    for (let a = 0; a < count; a++) {
      for (let e = 0; e < width; e++) {
        const row = effects[e]! * size;
        let sum = 0;
        for (let f = 0; f < width; f++)
          sum += covariance[row + effects[f]!]! * sums[a * width + f]!;
        held[a * width + e] = sum;
      }
    }
    for (let a = 0; a < count; a++) {
      const ja = touched[a]!;
      for (let b = 0; b <= a; b++) {
        const jb = touched[b]!;
        let sum = 0;
        for (let e = 0; e < width; e++) sum += held[a * width + e]! * sums[b * width + e]!;
        const at = ja > jb ? ja * p + jb : jb * p + ja;
        hessian[at] = hessian[at]! - sum;
      }
    }
    if (inverse !== null) addShared(count, width, effects, inverse);
    for (let a = 0; a < count; a++) place[touched[a]!] = -1;
  };

  /** Adds Σ hᵀ Cov(w) h per kind of effect, h being an effect's dependence on the weights. */
  const addShared = (
    count: number,
    width: number,
    effects: Int32Array,
    covariance: Float64Array,
  ): void => {
    for (let a = 0; a < count; a++) {
      const row = touched[a]! * p;
      for (let b = 0; b <= a; b++) {
        const value = covariance[row + touched[b]!]! * (a === b ? 1 : 2);
        for (let e = 0; e < width; e++) {
          const k = effects[e]! === 0 ? 0 : effects[e]! <= groups ? 1 : 2;
          shared[k] = shared[k]! + value * held[a * width + e]! * held[b * width + e]!;
        }
      }
    }
  };

  return {
    hessian,
    gradient,
    shared,
    start(anew: boolean, covariance: Float64Array | null): void {
      gradient.fill(0);
      withCurvature = anew;
      if (!anew) return;
      hessian.fill(0);
      shared.fill(0);
      inverse = covariance;
    },
    add(from: number, to: number, unit: UnitPosterior): void {
      for (let i = from; i < to; i++)
        for (let k = x.indptr[i]!; k < x.indptr[i + 1]!; k++) {
          const j = x.indices[k]!;
          gradient[j] = gradient[j]! + x.values[k]! * sites.pull[i]!;
        }
      if (withCurvature) integrateOut(from, to, unit);
    },
  };
}
