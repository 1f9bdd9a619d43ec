/** The generated table of the measurements: seeded Gaussian blobs, the same as the peers' `gen.py`. */
import type { Matrix } from '../../src/ml/matrix.ts';
import { sharedDoubles } from '../../src/ml/parallel.ts';
import { createRandom } from '../../src/ml/random.ts';

/** n × d in shared memory; d must be even. Centres are drawn from −5 … 5 in every column. */
export function blobs(n: number, d = 8, k = 5, sd = 3, seed = 42): Matrix {
  const random = createRandom(seed);
  const centres = Float64Array.from({ length: k * d }, () => 10 * random.next() - 5);
  const data = sharedDoubles(n * d);
  for (let p = 0; p < n; p++) {
    const c = Math.floor(k * random.next()) * d;
    for (let j = 0; j < d; j += 2) {
      const radius = Math.sqrt(-2 * Math.log(1 - random.next()));
      const angle = 2 * Math.PI * random.next();
      data[p * d + j] = (centres[c + j] ?? 0) + sd * radius * Math.cos(angle);
      data[p * d + j + 1] = (centres[c + j + 1] ?? 0) + sd * radius * Math.sin(angle);
    }
  }
  return { rows: n, cols: d, data };
}

/** The fixed start of K-means: the rows ⌊j·n/k⌋ of the table. */
export function fixedStart({ rows, cols, data }: Matrix, k: number): Float64Array {
  const start = new Float64Array(k * cols);
  for (let j = 0; j < k; j++) {
    const at = Math.floor((j * rows) / k) * cols;
    start.set(data.subarray(at, at + cols), j * cols);
  }
  return start;
}
