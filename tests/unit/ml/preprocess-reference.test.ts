/** Preparing data, beside the plainest way to do the same. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { encodeTable, fitEncoder } from '../../../src/ml/preprocess/encoder.ts';
import { fitImputer, impute } from '../../../src/ml/preprocess/impute.ts';
import { fitPlatt } from '../../../src/ml/preprocess/platt.ts';
import { fitScaler, scaleRow } from '../../../src/ml/preprocess/scaler.ts';
import { encodeTarget, fitTargetEncoding } from '../../../src/ml/preprocess/target-encoding.ts';
import { createRandom } from '../../../src/ml/random.ts';
import { nearDuplicateGroups } from '../../../src/ml/text/near-duplicates.ts';
import { mean, rowsOf, someTable } from './tables.ts';

const all = (n: number) => Int32Array.from({ length: n }, (_, i) => i);

it('scaling is subtracting the mean and dividing by the population deviation', () => {
  fc.assert(
    fc.property(someTable(20), (x) => {
      const rows = rowsOf(x);
      const names = Array.from({ length: x.cols }, (_, j) => `c${j}`);
      const scaler = fitScaler(x, names);
      for (const row of rows) {
        scaleRow(scaler, row).forEach((z, j) => {
          const column = rows.map((r) => r[j] ?? 0);
          const centre = mean(column);
          const sd = Math.sqrt(mean(column.map((v) => (v - centre) ** 2)));
          expect(z).toBeCloseTo(sd === 0 ? 0 : ((row[j] ?? 0) - centre) / sd, 10);
        });
      }
    }),
  );
});

it('gaps are filled with the middle of the known values, and flagged', () => {
  const value = fc.option(fc.integer({ min: -5, max: 5 }), { nil: Number.NaN });
  fc.assert(
    fc.property(fc.array(value, { minLength: 1, maxLength: 15 }), (values) => {
      const x = { rows: values.length, cols: 1, columns: ['v'], data: Float64Array.from(values) };
      const known = values.filter((v) => !Number.isNaN(v)).sort((p, q) => p - q);
      const at = (i: number) => known[Math.floor(i)] ?? 0;
      const middle = (at((known.length - 1) / 2) + at(known.length / 2)) / 2;
      for (const [i, [v, flag]] of rowsOf(impute(fitImputer(x), x)).entries()) {
        const missing = Number.isNaN(values[i]);
        expect(v).toBe(missing ? middle : values[i]);
        expect(flag ?? 0).toBe(missing ? 1 : 0);
      }
    }),
  );
});

it('one-hot columns say which level a row has, and nothing for a level never seen', () => {
  const label = fc.constantFrom('a', 'b', '', '__proto__', 'toString');
  fc.assert(
    fc.property(
      fc.array(label, { minLength: 1, maxLength: 12 }),
      fc.array(label, { minLength: 1, maxLength: 12 }),
      (learnt, later) => {
        const column = { name: 'job', labels: [...learnt, ...later] };
        const { encoder, train } = fitEncoder([column], all(learnt.length), []);
        const rest = all(later.length).map((i) => i + learnt.length);
        const coded = encodeTable(encoder, [column], rest);
        expect(new Set(train.columns)).toEqual(new Set(learnt.map((l) => `job=${l}`)));
        const check = (labels: readonly string[], rows: readonly number[][]) =>
          rows.forEach((row, i) => {
            expect(row).toEqual(train.columns.map((c) => (c === `job=${labels[i]}` ? 1 : 0)));
          });
        check(learnt, rowsOf(train));
        check(later, rowsOf(coded));
      },
    ),
  );
});

it('target encoding is the shrunk mean of the other folds, and of all rows for later ones', () => {
  const pair = fc.tuple(fc.constantFrom('a', 'b', 'c'), fc.integer({ min: 0, max: 1 }));
  fc.assert(
    fc.property(fc.array(pair, { minLength: 5, maxLength: 30 }), fc.nat(99), (pairs, seed) => {
      const labels = pairs.map(([l]) => l);
      const outcomes = pairs.map(([, o]) => o);
      const { encoding, own } = fitTargetEncoding(labels, outcomes, createRandom(seed), 5);
      const order = [...createRandom(seed).permutation(pairs.length)];
      const foldOf = (i: number) => order.indexOf(i) % 5;
      const shrunk = (label: string, from: typeof pairs) => {
        const prior = mean(from.map(([, o]) => o));
        const same = from.filter(([l]) => l === label);
        return (same.reduce((s, [, o]) => s + o, 0) + 20 * prior) / (same.length + 20);
      };
      pairs.forEach(([label], i) => {
        const others = pairs.filter((_, k) => foldOf(k) !== foldOf(i));
        expect(own[i]).toBeCloseTo(shrunk(label, others), 12);
        expect(encodeTarget(encoding, label)).toBeCloseTo(shrunk(label, pairs), 12);
      });
    }),
  );
});

it("Platt's sigmoid leaves no gradient of the smoothed log-loss", () => {
  const pair = fc.tuple(fc.integer({ min: -8, max: 8 }), fc.boolean());
  fc.assert(
    fc.property(fc.array(pair, { minLength: 2, maxLength: 40 }), (pairs) => {
      const hits = pairs.filter(([, hit]) => hit).length;
      const { slope, offset } = fitPlatt(
        pairs.map(([s]) => s / 4),
        pairs.map(([, hit]) => (hit ? 1 : 0)),
      );
      const targets = [1 / (pairs.length - hits + 2), (hits + 1) / (hits + 2)] as const;
      const left = pairs.map(
        ([s, hit]) => targets[hit ? 1 : 0] - 1 / (1 + Math.exp(-slope * (s / 4) - offset)),
      );
      expect(Math.abs(left.reduce((a, b) => a + b, 0))).toBeLessThan(1e-4 * pairs.length);
      const moment = left.reduce((a, b, i) => a + (b * (pairs[i]?.[0] ?? 0)) / 4, 0);
      expect(Math.abs(moment)).toBeLessThan(1e-4 * pairs.length);
    }),
  );
});

describe('near-duplicates beside the Jaccard index of every pair', () => {
  const WORDS = 'app login invoice delivery support update crash refund great slow 很好 送餐'.split(
    ' ',
  );
  const shingles = (text: string) => {
    const letters =
      text
        .toLowerCase()
        .match(/\p{L}+/gu)
        ?.join(' ') ?? text;
    const set = new Set<string>();
    for (let i = 0; i <= Math.max(0, letters.length - 4); i++) set.add(letters.slice(i, i + 4));
    return set;
  };
  const jaccard = (a: ReadonlySet<string>, b: ReadonlySet<string>) => {
    const both = [...a].filter((s) => b.has(s)).length;
    return both / (a.size + b.size - both);
  };

  it('equal ones are always one group, unlike ones never, alike ones nearly always', () => {
    const random = createRandom(4);
    const draw = () => Array.from({ length: 12 }, () => WORDS[random.int(WORDS.length)] ?? '');
    let alike = 0;
    let found = 0;
    for (let round = 0; round < 60; round++) {
      const base = Array.from({ length: 6 }, draw);
      const texts = [
        ...base.map((words) => words.join(' ')),
        ...base.map((words) => `${words.join(', ').toUpperCase()}! ${round}`),
        ...base.map((words) => [...words.slice(0, -1), 'late'].join(' ')),
      ];
      const groups = nearDuplicateGroups(texts);
      const sets = texts.map(shingles);
      for (let i = 0; i < 6; i++) expect(groups[i + 6]).toBe(groups[i]);
      // Linked by a chain of pairs that are at all alike: whatever is not, must stay apart.
      const parent = texts.map((_, i) => i);
      const root = (i: number): number => (parent[i] === i ? i : root(parent[i] ?? i));
      for (const [i, a] of sets.entries())
        for (const [j, b] of sets.entries()) {
          const index = jaccard(a, b);
          if (index > 0.45) parent[root(i)] = root(j);
          if (i < j && index >= 0.85) {
            alike++;
            if (groups[i] === groups[j]) found++;
          }
        }
      for (const i of texts.keys())
        for (const j of texts.keys()) if (groups[i] === groups[j]) expect(root(i)).toBe(root(j));
    }
    expect(alike).toBeGreaterThan(300);
    expect(found / alike).toBeGreaterThan(0.97);
  });
});
