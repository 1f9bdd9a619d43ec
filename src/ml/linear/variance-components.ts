/** Spreads of random effects, estimated from the posteriors of all units. */
import { cholesky, choleskySolve } from '../matrix.ts';
import type { UnitPosterior, UnitPrior } from './unit-posterior.ts';

/** Standard deviations on the log-odds scale. */
export interface EffectSds {
  readonly unit: number;
  readonly group: number;
  readonly slot: number;
}

const START: EffectSds = { unit: 0.3, group: 0.6, slot: 0.25 };
/** Kept inside these, so that no effect is ever frozen. */
const [LOWEST, HIGHEST] = [0.03, 3];
/** A weak prior on ln σ²: a portal with few touches keeps to these usual spreads. */
const PRIOR_MEAN = [0.15, 0.6, 0.2].map((sd) => 2 * Math.log(sd));
const PRIOR_VARIANCE = 4;

/**
 * Fisher scoring in ln σ². With posterior mean m and covariance V of a unit's effects the gradient
 * of the marginal likelihood is ½ Σ (E b² / σ² − 1), which is zero where EM stands still
 * (Dempster, Laird, Rubin 1977); its information is ½ Σ (δ − Vᵢⱼ / σᵢσⱼ)² over the pairs of effects
 * of two kinds (Harville 1977).
 */
export function createVariances(groups: number, slots: number, start: EffectSds = START) {
  const log = Float64Array.from([start.unit, start.group, start.slot], (sd) => 2 * Math.log(sd));
  const kind = Int32Array.from({ length: 1 + groups + slots }, (_, i) =>
    i === 0 ? 0 : i <= groups ? 1 : 2,
  );
  const gradient = new Float64Array(3);
  const information = new Float64Array(9);
  /** Share of a step that is taken: halved whenever one turns back. */
  const trust = new Float64Array(3).fill(1);
  const last = new Float64Array(3);
  const sdOf = (k: number): number => Math.exp(log[k]! / 2);
  return {
    prior: (): UnitPrior => ({
      unit: Math.exp(log[0]!),
      group: new Float64Array(groups).fill(Math.exp(log[1]!)),
      slot: new Float64Array(slots).fill(Math.exp(log[2]!)),
    }),
    sds: (): EffectSds => ({ unit: sdOf(0), group: sdOf(1), slot: sdOf(2) }),
    add({ size, mean, covariance }: UnitPosterior): void {
      for (let i = 0; i < size; i++) {
        const k = kind[i]!;
        const variance = Math.exp(log[k]!);
        const second = covariance[i * size + i]! + mean[i]! ** 2;
        gradient[k] = gradient[k]! + (second / variance - 1) / 2;
        for (let j = 0; j <= i; j++) {
          const l = kind[j]!;
          const scale = Math.exp((log[k]! + log[l]!) / 2);
          const value = (i === j ? 1 : 0) - covariance[i * size + j]! / scale;
          const times = i === j ? 0.5 : k === l ? 1 : 0.5;
          information[k * 3 + l] = information[k * 3 + l]! + times * value * value;
        }
      }
    },
    /**
     * Moves the spreads, forgets what was added; returns the largest change of a σ.
     * @param shared Σ over units of the variance its effects, per kind, owe to the fixed effects
     * being estimates themselves; without it the spreads come out too small (Patterson, Thompson
     * 1971).
     */
    step(shared: ArrayLike<number>): number {
      let drift = 0;
      for (let k = 0; k < 3; k++) {
        information[k * 4] = information[k * 4]! + 1 / PRIOR_VARIANCE;
        gradient[k] = gradient[k]! + shared[k]! / Math.exp(log[k]!) / 2;
        gradient[k] = gradient[k]! - (log[k]! - PRIOR_MEAN[k]!) / PRIOR_VARIANCE;
      }
      const move = choleskySolve(cholesky(information, 3), 3, gradient);
      for (let k = 0; k < 3; k++) {
        const before = sdOf(k);
        const wanted = Math.min(0.7, Math.max(-0.7, move[k]!));
        trust[k] = wanted * last[k]! < 0 ? trust[k]! / 2 : Math.min(1, trust[k]! * 1.2);
        last[k] = wanted;
        const next = log[k]! + trust[k]! * wanted;
        log[k] = Math.min(2 * Math.log(HIGHEST), Math.max(2 * Math.log(LOWEST), next));
        drift = Math.max(drift, Math.abs(sdOf(k) - before));
      }
      gradient.fill(0);
      information.fill(0);
      return drift;
    },
  };
}
