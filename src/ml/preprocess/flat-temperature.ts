/** Temperature scaling for many rows and classes: Newton's method on flat arrays. */

/**
 * The factor (0.01 … 100) that minimises the log-loss of softmax(factor · score) on rows the model
 * did not train on (Guo, Pleiss, Sun, Weinberger 2017). The truth is smoothed by 1 / (n + 2), as
 * Platt (1999) does.
 * @param scores rows × classes. @param truth class number per row.
 */
export function fitFlatTemperature(
  scores: Float64Array,
  truth: ArrayLike<number>,
  classes: number,
): number {
  const n = truth.length;
  const smoothing = 1 / (n + 2);
  let factor = 1;
  for (let step = 0; step < 60; step++) {
    let slope = 0;
    let curve = 0;
    for (let i = 0; i < n; i++) {
      const at = i * classes;
      let top = Number.NEGATIVE_INFINITY;
      let sum = 0;
      for (let c = 0; c < classes; c++) {
        const s = scores[at + c]!;
        sum += s;
        if (s > top) top = s;
      }
      let mass = 0;
      let mean = 0;
      let square = 0;
      for (let c = 0; c < classes; c++) {
        const s = scores[at + c]!;
        const p = Math.exp(factor * (s - top));
        mass += p;
        mean += p * s;
        square += p * s * s;
      }
      mean /= mass;
      const right = scores[at + truth[i]!]!;
      slope +=
        mean - (1 - smoothing) * right - (smoothing * (sum - right)) / Math.max(1, classes - 1);
      curve += square / mass - mean * mean;
    }
    if (!(curve > 0)) break;
    // At most doubled or halved in a step, so that a flat start does not overshoot.
    const wanted = factor - slope / curve;
    const next = Math.min(100, Math.max(0.01, Math.min(2 * factor, Math.max(factor / 2, wanted))));
    const done = Math.abs(next - factor) <= 1e-6 * factor;
    factor = next;
    if (done) break;
  }
  return factor;
}
