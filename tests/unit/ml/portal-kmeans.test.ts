import { describe, expect, it } from 'vitest';
import { fitKMeans, nearest } from '../../../src/ml/cluster/portal-kmeans.ts';
import { createRandom } from '../../../src/ml/random.ts';

const blobs = (k: number): number[][] => {
  const random = createRandom(5);
  return Array.from({ length: 200 }, (_, i) => [
    10 * (i % k) + random.next(),
    7 * ((i * 3) % k) + random.next(),
  ]);
};

describe('k-means', () => {
  it.each([3, 4, 5])('finds %i separate groups by their silhouette', (k) => {
    const model = fitKMeans(blobs(k), createRandom(1));
    expect(model.centroids).toHaveLength(k);
    expect(model.silhouette).toBeGreaterThan(0.8);
    expect(model.tried.map((t) => t.k)).toEqual([3, 4, 5, 6, 7]);
  });

  it('gives the same bytes for the same seed and leaves the points alone', () => {
    const points = blobs(4);
    const before = JSON.stringify(points);
    const one = JSON.stringify(fitKMeans(points, createRandom(9)));
    expect(JSON.stringify(fitKMeans(points, createRandom(9)))).toBe(one);
    expect(JSON.stringify(points)).toBe(before);
  });

  it('refuses NaN and too few different points', () => {
    expect(() => fitKMeans([[1], [Number.NaN], [2]], createRandom(1))).toThrow(/column 0 of row 2/);
    expect(() => fitKMeans([[1], [1], [1]], createRandom(1))).toThrow(/distinct/);
  });

  it('orders clusters by distance', () => {
    expect(nearest([[0], [5], [2]], [1.9]).map((n) => n.cluster)).toEqual([2, 0, 1]);
  });
});
