import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { halfDocumentPerplexity, npmi } from '../../../src/ml/decompose/coherence.ts';
import { FittedLda, Lda } from '../../../src/ml/decompose/lda.ts';
import { topicWords } from '../../../src/ml/decompose/topic-words.ts';
import { vocabularyOf, wordColumns, wordCounts } from '../../../src/ml/decompose/word-counts.ts';
import { createRandom } from '../../../src/ml/random.ts';
import { csrFromRows } from '../../../src/ml/sparse.ts';

/** Texts of eight words, each about one of three subjects with ten words of its own. */
function planted(texts: number) {
  const random = createRandom(4);
  const terms = Array.from({ length: 30 }, (_, i) => `w${String(i).padStart(2, '0')}`);
  const columns = Array.from({ length: texts }, (_, i) =>
    Int32Array.from({ length: 8 }, () =>
      random.next() < 0.9 ? 10 * (i % 3) + random.int(10) : random.int(30),
    ),
  );
  return { terms, columns, counts: wordCounts(columns, terms) };
}

describe('LDA', () => {
  const { terms, columns, counts } = planted(300);
  const lda = new Lda({ topics: 3 });
  const model = lda.fit(counts, terms);

  it('finds planted subjects again', () => {
    const subjects = model.top(10).map((top) => new Set(top.map((term) => Math.floor(term / 10))));
    expect(subjects.map((s) => s.size)).toEqual([1, 1, 1]);
    expect(new Set(subjects.flatMap((s) => [...s])).size).toBe(3);
    const shares = model.infer(columns[1] ?? []);
    expect(Math.max(...shares)).toBeGreaterThan(0.6);
    expect(shares.reduce((a, b) => a + b)).toBeCloseTo(1, 9);
  });

  it('gives rows that sum to 1 and beats guessing on new text', () => {
    for (const row of model.phi) expect(row.reduce((a, b) => a + b)).toBeCloseTo(1, 9);
    expect(model.share.reduce((a, b) => a + b)).toBeCloseTo(1, 9);
    const perplexity = halfDocumentPerplexity(model, planted(330).columns.slice(300));
    expect(perplexity).toBeLessThan(22);
    expect(halfDocumentPerplexity(model, [Int32Array.of(1, 2)])).toBeNaN();
  });

  it('gives the same bytes for the same seed, other bytes for another, and survives saving', () => {
    const before = JSON.stringify([...counts.values]);
    const saved = JSON.stringify(model);
    expect(JSON.stringify(lda.fit(counts, terms))).toBe(saved);
    expect(JSON.stringify([...counts.values])).toBe(before);
    expect(JSON.stringify(new Lda({ topics: 3, seed: 2 }).fit(counts, terms))).not.toBe(saved);
    const loaded = FittedLda.fromJSON(JSON.parse(saved));
    expect([...loaded.infer([1, 2, 3])]).toEqual([...model.infer([1, 2, 3])]);
    expect(() => FittedLda.fromJSON(null)).toThrow(/no topic model/);
  });

  it('takes one text and empty texts, and refuses what it cannot use', () => {
    const one = csrFromRows(
      [
        { indices: [0], values: [2] },
        { indices: [], values: [] },
      ],
      ['a', 'b'],
    );
    expect(new Lda({ topics: 2 }).fit(one, ['a', 'b']).phi).toHaveLength(2);
    const none = csrFromRows([{ indices: [], values: [] }], ['a']);
    expect(() => new Lda({ topics: 2 }).fit(none, ['a'])).toThrow(/no text has a word/);
    const half = csrFromRows([{ indices: [1], values: [0.5] }], ['a', 'b']);
    expect(() => new Lda({ topics: 2 }).fit(half, ['a', 'b'])).toThrow(/"b" is counted 0.5/);
    expect(() => new Lda({ topics: 1 }).fit(one, ['a', 'b'])).toThrow(/2 to 1,000/);
  });
});

it('NPMI is what the definition says', () => {
  const texts = fc.array(fc.uniqueArray(fc.integer({ min: 0, max: 4 })), {
    minLength: 1,
    maxLength: 20,
  });
  fc.assert(
    fc.property(texts, (rows) => {
      const x = csrFromRows(
        rows.map((row) => ({ indices: row, values: row.map(() => 2) })),
        ['a', 'b', 'c', 'd', 'e'],
      );
      const p = (...words: number[]) =>
        rows.filter((row) => words.every((word) => row.includes(word))).length / rows.length;
      const pair = (a: number, b: number) => {
        if (p(a, b) === 0) return -1;
        return p(a, b) === 1 ? 1 : Math.log(p(a, b) / (p(a) * p(b))) / -Math.log(p(a, b));
      };
      const expected = (pair(0, 1) + pair(0, 2) + pair(1, 2)) / 3 / 2 + pair(3, 4) / 2;
      expect(
        npmi(x, [
          [0, 1, 2],
          [3, 4],
        ]),
      ).toBeCloseTo(expected, 9);
    }),
  );
});

describe('words of a topic', () => {
  it('are readable in English and Chinese, without stop words', () => {
    expect(topicWords('The delivery was LATE and it took 3 hours')).toEqual([
      'delivery',
      'late',
      'took',
      'hours',
    ]);
    expect(topicWords('送餐速度非常快，但是味道一般')).toEqual(['送餐', '速度', '味道']);
  });

  it('make a vocabulary without the rare and the common', () => {
    const texts = [['a', 'b'], ['a', 'b', 'b'], ['a', 'c'], ['a']];
    const limits = { minTexts: 2, maxShare: 0.5, maxTerms: 10 };
    expect(vocabularyOf(texts, limits)).toEqual(['b']);
    expect(wordColumns(texts, ['b']).map((words) => [...words])).toEqual([[0], [0, 0], [], []]);
    expect(() => vocabularyOf([['x']])).toThrow(/no word is in 5 texts/);
  });
});
