/** Clusters beside every partition, and the sampler of LDA beside every assignment of topics. */
import { describe, expect, it } from 'vitest';
import { KMeans } from '../../../src/ml/cluster/kmeans.ts';
import { searchK } from '../../../src/ml/cluster/kmeans-search.ts';
import { MiniBatchKMeans } from '../../../src/ml/cluster/minibatch-kmeans.ts';
import { startGibbs, sweep } from '../../../src/ml/decompose/lda-gibbs.ts';
import type { Matrix } from '../../../src/ml/matrix.ts';
import { createRandom } from '../../../src/ml/random.ts';
import { csrFromRows } from '../../../src/ml/sparse.ts';
import { distance, mean, rowsOf, sum, table } from './tables.ts';

describe('clusters', () => {
  /** Σ squared distance to the mean of its part. */
  const inertiaOf = (rows: readonly number[][], labels: readonly number[]): number =>
    sum(
      [...new Set(labels)].map((label) => {
        const inside = rows.filter((_, i) => labels[i] === label);
        const centre = (inside[0] ?? []).map((_, j) => mean(inside.map((row) => row[j] ?? 0)));
        return sum(inside.map((row) => distance(row, centre) ** 2));
      }),
    );
  const draw = (seed: number, n: number): Matrix => {
    const random = createRandom(seed);
    return table(
      Array.from({ length: n }, (_, i) => [random.next() * 2 + (i % 2), random.next() * 2]),
    );
  };

  it('K-means finds the best of all partitions; mini-batch never beats it and comes near', () => {
    let near = 0;
    for (let seed = 0; seed < 60; seed++) {
      const x = draw(seed, 9);
      const rows = rowsOf(x);
      let best = Number.POSITIVE_INFINITY;
      for (let mask = 1; mask < 2 ** 8; mask++)
        best = Math.min(
          best,
          inertiaOf(
            rows,
            rows.map((_, i) => (mask >> i) & 1),
          ),
        );
      const full = new KMeans({ k: 2, starts: 20, seed, tolerance: 0 }).fit(x);
      expect(full.model.inertia).toBeCloseTo(best, 8);
      expect(inertiaOf(rows, [...full.labels])).toBeCloseTo(best, 8);
      const { model, labels } = new MiniBatchKMeans({ k: 2, seed }).fit(x);
      const centres = rowsOf(model.centroids);
      const own = rows.map((row) => Math.min(...centres.map((c) => distance(row, c) ** 2)));
      expect(model.inertia).toBeCloseTo(sum(own), 8);
      rows.forEach((row, i) => {
        const mine = centres[labels[i] ?? 0] ?? [];
        expect(distance(row, mine) ** 2).toBeCloseTo(own[i] ?? 0, 8);
      });
      expect(model.inertia).toBeGreaterThanOrEqual(best - 1e-9);
      if (model.inertia < 1.2 * best) near++;
    }
    expect(near).toBeGreaterThan(45);
  });

  it('the search takes the greatest silhouette among the stable, or among all', () => {
    const silhouetteOf = (rows: readonly number[][], labels: readonly number[]): number =>
      mean(
        rows.map((row, i) => {
          const to = (label: number) => {
            const others = rows.filter((_, j) => j !== i && labels[j] === label);
            return mean(others.map((other) => distance(row, other)));
          };
          const own = labels[i] ?? 0;
          if (labels.filter((l) => l === own).length === 1) return 0;
          const next = Math.min(...[...new Set(labels)].filter((l) => l !== own).map(to));
          return (next - to(own)) / Math.max(next, to(own));
        }),
      );
    for (let seed = 0; seed < 12; seed++) {
      const x = draw(seed, 40);
      const { best, stable, tried, labels } = searchK(x, {
        maxK: 5,
        starts: 2,
        bootstraps: 4,
        seed,
      });
      expect(best.silhouette).toBeCloseTo(silhouetteOf(rowsOf(x), [...labels]), 8);
      expect(best.inertia).toBeCloseTo(inertiaOf(rowsOf(x), [...labels]), 1);
      const allowed = tried.filter((t) => !stable || t.stability >= 0.8);
      expect(best.silhouette).toBe(Math.max(...allowed.map((t) => t.silhouette)));
      expect(stable).toBe(tried.some((t) => t.stability >= 0.8));
    }
  });
});

it('the sampler of LDA visits assignments as often as their probability, all 64 added up', () => {
  // Three texts of two words each over two topics: the chance that two words share a topic.
  const texts = [
    [0, 0],
    [0, 1],
    [2, 1],
  ];
  const [alpha, beta] = [0.5, 0.3];
  const word = texts.flat();
  const product = (from: number, times: number) =>
    Array.from({ length: times }, (_, i) => from + i).reduce((p, v) => p * v, 1);
  const weight = (topics: readonly number[]): number => {
    let p = 1;
    for (const t of [0, 1]) {
      const here = topics.filter((topic) => topic === t).length;
      p /= product(3 * beta, here);
      for (const w of [0, 1, 2])
        p *= product(beta, topics.filter((topic, i) => topic === t && word[i] === w).length);
      for (const d of [0, 1, 2])
        p *= product(alpha, topics.filter((topic, i) => topic === t && i >> 1 === d).length);
    }
    return p;
  };
  const pairs = [0, 1, 2, 3, 4, 5].flatMap((a) =>
    [0, 1, 2, 3, 4, 5].filter((b) => b > a).map((b) => [a, b] as const),
  );
  const exact = pairs.map(() => 0);
  let total = 0;
  for (let code = 0; code < 64; code++) {
    const topics = word.map((_, i) => (code >> i) & 1);
    const p = weight(topics);
    total += p;
    pairs.forEach(([a, b], k) => {
      if (topics[a] === topics[b]) exact[k] = (exact[k] ?? 0) + p;
    });
  }
  const counts = csrFromRows(
    texts.map((words) => {
      const indices = [...new Set(words)].sort();
      return { indices, values: indices.map((w) => words.filter((v) => v === w).length) };
    }),
    ['a', 'b', 'c'],
  );
  const state = startGibbs(counts, 2, createRandom(1), alpha, beta);
  // The words of a text lie in ascending order there.
  const place = [0, 1, 2, 3, 5, 4];
  const sweeps = 60_000;
  const seen = pairs.map(() => 0);
  for (let s = 0; s < sweeps; s++) {
    sweep(state);
    pairs.forEach(([a, b], k) => {
      if (state.topics[place[a] ?? 0] === state.topics[place[b] ?? 0]) seen[k] = (seen[k] ?? 0) + 1;
    });
  }
  seen.forEach((count, k) => {
    expect(Math.abs(count / sweeps - (exact[k] ?? 0) / total)).toBeLessThan(0.015);
  });
});
