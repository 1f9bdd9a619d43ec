/** Platt scaling: a sigmoid that makes scores into honest probabilities. */
import { log1pExp, sigmoid } from '../linear/logistic-regression.ts';

/** Plain data: p = σ(slope · score + offset). */
export interface Platt {
  readonly slope: number;
  readonly offset: number;
}

/**
 * Platt (1999) with the smoothed targets and the safe Newton steps of Lin, Lin, Weng (2007), "A
 * note on Platt's probabilistic outputs", Machine Learning 68.
 * @param outcomes 0 or 1.
 */
export function fitPlatt(scores: ArrayLike<number>, outcomes: ArrayLike<number>): Platt {
  const n = scores.length;
  let positives = 0;
  for (let i = 0; i < n; i++) positives += outcomes[i]!;
  const high = (positives + 1) / (positives + 2);
  const low = 1 / (n - positives + 2);
  let slope = 0;
  let offset = Math.log((positives + 1) / (n - positives + 1));
  const loss = (a: number, b: number): number => {
    let sum = 0;
    for (let i = 0; i < n; i++) {
      const z = a * scores[i]! + b;
      const t = outcomes[i]! > 0 ? high : low;
      sum += log1pExp(z) - t * z;
    }
    return sum;
  };
  let value = loss(slope, offset);
  for (let step = 0; step < 100; step++) {
    let gradientA = 0;
    let gradientB = 0;
    let aa = 1e-12;
    let ab = 0;
    let bb = 1e-12;
    for (let i = 0; i < n; i++) {
      const s = scores[i]!;
      const p = sigmoid(slope * s + offset);
      const residual = (outcomes[i]! > 0 ? high : low) - p;
      const weight = p * (1 - p);
      gradientA += residual * s;
      gradientB += residual;
      aa += weight * s * s;
      ab += weight * s;
      bb += weight;
    }
    const det = aa * bb - ab * ab;
    if (!(det > 0) || Math.abs(gradientA) + Math.abs(gradientB) < 1e-9 * n) break;
    const moveA = (bb * gradientA - ab * gradientB) / det;
    const moveB = (aa * gradientB - ab * gradientA) / det;
    let scale = 1;
    while (scale > 1e-10 && loss(slope + scale * moveA, offset + scale * moveB) > value) scale /= 2;
    if (scale <= 1e-10) break;
    slope += scale * moveA;
    offset += scale * moveB;
    const next = loss(slope, offset);
    if (value - next < 1e-12 * (1 + value)) break;
    value = next;
  }
  return { slope, offset };
}
