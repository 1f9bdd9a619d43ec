import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hashTerms } from '../../../src/ml/text/hashing.ts';

describe('hashTerms', () => {
  const words = fc.array(fc.string({ unit: 'binary', maxLength: 12 }), { maxLength: 30 });

  it('a row depends on its terms alone, not on their order or their neighbours', () => {
    fc.assert(
      fc.property(words, words, (one, other) => {
        const alone = hashTerms([[...one].reverse()], { columns: 1_024 });
        const beside = hashTerms([one, other], { columns: 1_024 });
        const end = beside.indptr[1];
        expect([...beside.indices.slice(0, end)]).toEqual([...alone.indices]);
        expect([...beside.values.slice(0, end)]).toEqual([...alone.values]);
      }),
    );
  });

  it('counts exactly where nothing collides, and has rows of length one', () => {
    const { values, indices } = hashTerms([['a', 'b', 'a']], { normalise: false });
    expect(indices).toHaveLength(2);
    expect([...values].map(Math.abs).sort()).toEqual([1, 2]);
    const scaled = hashTerms([['a', 'b', 'a']]).values;
    expect(Math.hypot(...scaled)).toBeCloseTo(1, 12);
  });

  it('spreads 20,000 terms evenly, with both signs', () => {
    const terms = Array.from({ length: 20_000 }, (_, i) => `term ${i}`);
    const { indices, values } = hashTerms(
      terms.map((t) => [t]),
      { columns: 64 },
    );
    const counts = new Array<number>(64).fill(0);
    for (const column of indices) counts[column] = (counts[column] ?? 0) + 1;
    expect(Math.min(...counts)).toBeGreaterThan(200);
    expect(Math.max(...counts)).toBeLessThan(430);
    const negative = [...values].filter((v) => v < 0).length / 20_000;
    expect(Math.abs(negative - 0.5)).toBeLessThan(0.02);
  });

  it('refuses a number of columns that is no power of two', () => {
    expect(() => hashTerms([['a']], { columns: 1_000 })).toThrow(/power of two/);
  });
});
