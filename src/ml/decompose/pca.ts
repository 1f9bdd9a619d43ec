/** Principal components: the few directions along which a table varies most. */
import { RapportError } from '../../core/errors.ts';
import type { Json } from '../estimator.ts';
import { requireFinite, requireWidth } from '../finite.ts';
import type { Matrix } from '../matrix.ts';
import { sharedDoubles } from '../parallel.ts';
import { covarianceOf, inChunks } from './covariance.ts';
import { PROJECT, type ProjectData } from './pca-kernel.ts';
import { symmetricEigen } from './symmetric-eigen.ts';

export interface PcaOptions {
  /** Default: as many as columns. */
  readonly components?: number;
  /** Scales every projected column to variance 1. Default false. */
  readonly whiten?: boolean;
}

/** Plain data of a fitted model. */
interface PcaState {
  readonly mean: readonly number[];
  /** components × columns, rows of length 1; the largest loading of each is positive. */
  readonly components: readonly (readonly number[])[];
  /** Sample variance (n − 1) along each component, and its share of the whole. */
  readonly explainedVariance: readonly number[];
  readonly explainedRatio: readonly number[];
  readonly whiten: boolean;
}

const VERSION = 1;
export class FittedPca implements PcaState {
  readonly mean: readonly number[];
  readonly components: readonly (readonly number[])[];
  readonly explainedVariance: readonly number[];
  readonly explainedRatio: readonly number[];
  readonly whiten: boolean;

  constructor(state: PcaState) {
    this.mean = state.mean;
    this.components = state.components;
    this.explainedVariance = state.explainedVariance;
    this.explainedRatio = state.explainedRatio;
    this.whiten = state.whiten;
  }

  /**
   * Rows × components. Directions without variance project to 0 when whitened.
   * @throws RapportError invalid_payload for another width or a value that is not finite.
   */
  transform(x: Matrix): Matrix {
    requireFinite(x);
    requireWidth(x, this.mean.length);
    const [n, d, c] = [x.rows, x.cols, this.components.length];
    const total = this.explainedVariance[0] ?? 0;
    const scale = this.explainedVariance.map((variance) => {
      if (!this.whiten) return 1;
      return variance > 1e-14 * total ? 1 / Math.sqrt(variance) : 0;
    });
    const components = sharedDoubles(c * d);
    components.set(this.components.flatMap((row, k) => row.map((v) => v * (scale[k] ?? 1))));
    const mean = sharedDoubles(d);
    mean.set(this.mean);
    const data: ProjectData = { x: x.data, n, d, c, mean, components, out: sharedDoubles(n * c) };
    inChunks(PROJECT, data, n, n * d);
    return { rows: n, cols: c, data: data.out };
  }

  toJSON(): Json {
    const { mean, components, explainedVariance, explainedRatio, whiten } = this;
    return { version: VERSION, mean, components, explainedVariance, explainedRatio, whiten };
  }

  /** @throws RapportError invalid_payload for anything {@link toJSON} did not write. */
  static fromJSON(json: Json): FittedPca {
    const saved = json as (PcaState & { readonly version?: number }) | null;
    if (saved?.version !== VERSION || !Array.isArray(saved.components))
      throw new RapportError('invalid_payload', `this is no PCA model of version ${VERSION}`);
    return new FittedPca(saved);
  }
}

/** Pearson (1901), by the covariance in one pass and its eigenvectors. */
export class Pca {
  readonly options: PcaOptions;

  constructor(options: PcaOptions = {}) {
    this.options = options;
  }

  /**
   * @param columns names for messages.
   * @throws RapportError not_enough_data without rows; invalid_payload when a value is not finite;
   *   config_invalid for more components than columns.
   */
  fit(x: Matrix, columns?: readonly string[]): FittedPca {
    requireFinite(x, columns);
    const d = x.cols;
    const { components: wanted = d, whiten = false } = this.options;
    if (!(Number.isInteger(wanted) && wanted >= 1 && wanted <= d))
      throw new RapportError('config_invalid', `${wanted} components of ${d} columns`);
    const { mean, covariance } = covarianceOf(x);
    const { values, vectors } = symmetricEigen(covariance, d);
    const variance = values.map((value) => Math.max(0, value));
    const total = variance.reduce((sum, value) => sum + value, 0);
    const kept = [...variance.subarray(0, wanted)];
    return new FittedPca({
      mean: [...mean],
      components: kept.map((_, k) => facingUp([...vectors.subarray(k * d, (k + 1) * d)])),
      explainedVariance: kept,
      explainedRatio: kept.map((value) => (total > 0 ? value / total : 0)),
      whiten,
    });
  }
}

function facingUp(row: readonly number[]): number[] {
  const largest = row.reduce((a, b) => (Math.abs(b) > Math.abs(a) * (1 + 1e-9) ? b : a), 0);
  return row.map((value) => (largest < 0 ? -value : value));
}
