import fc from 'fast-check';
import { expect, it } from 'vitest';
import { blobs } from '../../../scripts/bench-ml/blobs.ts';
import { FittedPca, Pca } from '../../../src/ml/decompose/pca.ts';
import { symmetricEigen } from '../../../src/ml/decompose/symmetric-eigen.ts';
import { frozen, rowsOf, someTable, table } from './tables.ts';

/** scikit-learn 1.2.1, PCA(3, whiten=True) on the first 1,000 rows of the generated table. */
const REFERENCE = {
  explainedVariance: [28.89363970931703, 22.624753920362966, 18.37860960317033],
  explainedRatio: [0.24933431878244502, 0.19523769463129, 0.15859608383284893],
  first: [
    0.09639209222241822, 0.08494446710211873, -0.582466186627017, -0.10831304545013096,
    0.5181848378270888, -0.3141492133797935, 0.22762750340466814, -0.4620334327296557,
  ],
  whitened: [-0.3016751518970999, -0.6629141896394001, 0.2897057810387999],
};

it('is what scikit-learn gives, up to sign', () => {
  const x = blobs(1000);
  const model = new Pca({ components: 3, whiten: true }).fit(x);
  REFERENCE.explainedVariance.forEach((value, k) => {
    expect(model.explainedVariance[k]).toBeCloseTo(value, 9);
    expect(model.explainedRatio[k]).toBeCloseTo(REFERENCE.explainedRatio[k] ?? 0, 9);
  });
  const sign = Math.sign((model.components[0]?.[2] ?? 0) * (REFERENCE.first[2] ?? 0));
  REFERENCE.first.forEach((value, j) => {
    expect(sign * (model.components[0]?.[j] ?? 0)).toBeCloseTo(value, 9);
  });
  const row = model.transform(x).data;
  REFERENCE.whitened.forEach((value, k) => {
    expect(Math.abs(row[k] ?? 0)).toBeCloseTo(Math.abs(value), 9);
  });
});

it('gives orthonormal directions that hold the whole variance', () => {
  fc.assert(
    fc.property(someTable(60), (x) => {
      const before = frozen(x);
      const model = new Pca().fit(x);
      const z = rowsOf(model.transform(x));
      expect(frozen(x)).toBe(before);
      model.components.forEach((a, k) => {
        model.components.forEach((b, l) => {
          const dot = a.reduce((sum, value, j) => sum + value * (b[j] ?? 0), 0);
          expect(dot).toBeCloseTo(k === l ? 1 : 0, 9);
          const shared = z.reduce((sum, row) => sum + (row[k] ?? 0) * (row[l] ?? 0), 0);
          const expected =
            k === l ? (model.explainedVariance[k] ?? 0) * Math.max(1, x.rows - 1) : 0;
          expect(shared).toBeCloseTo(expected, 6);
        });
      });
    }),
    { numRuns: 60 },
  );
});

it('whitens to variance 1, and to 0 where there is none', () => {
  const x = table(Array.from({ length: 20 }, (_, i) => [i, 2 * i, 7]));
  const z = rowsOf(new Pca({ whiten: true }).fit(x).transform(x));
  expect(z.reduce((sum, row) => sum + (row[0] ?? 0) ** 2, 0) / 19).toBeCloseTo(1, 9);
  expect(z.every((row) => row[1] === 0 && row[2] === 0)).toBe(true);
});

it('takes one row and survives refitting and saving', () => {
  expect(new Pca().fit(table([[1, 2]])).explainedVariance).toEqual([0, 0]);
  const estimator = new Pca({ components: 2 });
  const x = blobs(300);
  const saved = JSON.stringify(estimator.fit(x));
  estimator.fit(blobs(40));
  expect(JSON.stringify(estimator.fit(x))).toBe(saved);
  const loaded = FittedPca.fromJSON(JSON.parse(saved));
  expect([...loaded.transform(x).data]).toEqual([...estimator.fit(x).transform(x).data]);
  expect(() => FittedPca.fromJSON({ version: 0 })).toThrow(/no PCA model/);
});

it('keeps its digits far from the origin', () => {
  const near = blobs(500, 4);
  const far = { ...near, data: near.data.map((value) => value + 1e7) };
  const [a, b] = [new Pca().fit(near), new Pca().fit(far)];
  a.explainedVariance.forEach((value, k) => {
    expect((b.explainedVariance[k] ?? 0) / value).toBeCloseTo(1, 6);
  });
});

it('refuses what it cannot use', () => {
  const bad = table([
    [1, 2],
    [3, Number.NaN],
  ]);
  expect(() => new Pca().fit(bad, ['age', 'spend'])).toThrow(/column "spend".*row 2/);
  expect(() => new Pca({ components: 3 }).fit(table([[1, 2]]))).toThrow(/3 components of 2/);
  expect(() => new Pca().fit(table([[1, 2]])).transform(table([[1]]))).toThrow(/1 columns/);
});

it('finds the eigenvalues of a matrix with equal ones', () => {
  const { values } = symmetricEigen(Float64Array.of(2, 1, 1, 1, 2, 1, 1, 1, 2), 3);
  [4, 1, 1].forEach((value, i) => {
    expect(values[i]).toBeCloseTo(value, 12);
  });
});
