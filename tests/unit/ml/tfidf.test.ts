import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { TermCounter } from '../../../src/ml/text/count-terms.ts';
import { FittedTfidf, fitTfidf, settle, type TfidfOptions } from '../../../src/ml/text/tfidf.ts';

/** scikit-learn's analyzers, written plainly. */
function plainWords(text: string): string[] {
  const words = text.toLowerCase().match(/[\p{L}\p{N}_]{2,}/gu) ?? [];
  return [...words, ...words.slice(1).map((w, i) => `${words[i]} ${w}`)];
}

function plainGrams(text: string, min: number, max: number): string[] {
  return text
    .toLowerCase()
    .split(/\s+/)
    .filter((w) => w !== '')
    .flatMap((word) => {
      const padded = [' ', ...word, ' '];
      const grams: string[] = [];
      for (let n = min; n <= max; n++)
        for (let i = 0; i + n <= padded.length; i++)
          grams.push(`·${padded.slice(i, i + n).join('')}`);
      return grams;
    });
}

const counted = (terms: readonly string[]): Map<string, number> => {
  const counts = new Map<string, number>();
  for (const term of terms) counts.set(term, (counts.get(term) ?? 0) + 1);
  return counts;
};

function fastCounts(text: string, options: TfidfOptions): Map<string, number> {
  const counter = new TermCounter(settle(options));
  const { terms, counts } = counter.count([text]);
  return new Map(
    Array.from(terms, (id, k) => {
      const spelt = counter.lexicon.spell(id);
      return [counter.lexicon.kinds[id] === 2 ? `·${spelt}` : spelt, counts[k] ?? 0];
    }),
  );
}

const sorted = (counts: Map<string, number>): [string, number][] =>
  [...counts].sort(([a], [b]) => (a < b ? -1 : 1));
const text = fc.string({ unit: fc.constantFrom(...'aAbé _-9!?\n 好的菜x😀'), maxLength: 40 });

describe('terms', () => {
  it('are those of the plain word analyzer', () => {
    fc.assert(
      fc.property(text, (t) => {
        expect(sorted(fastCounts(t, {}))).toEqual(sorted(counted(plainWords(t))));
      }),
    );
  });

  it('are those of the plain character analyzer', () => {
    fc.assert(
      fc.property(
        text,
        fc.integer({ min: 1, max: 3 }),
        fc.integer({ min: 0, max: 3 }),
        (t, min, more) => {
          const grams: [number, number] = [min, min + more];
          expect(sorted(fastCounts(t, { words: 0, grams }))).toEqual(
            sorted(counted(plainGrams(t, ...grams))),
          );
        },
      ),
    );
  });

  it('name marks, the ends of a text and pairs around a gap', () => {
    const terms = [...fastCounts('not so good!', { marks: true, skips: true }).keys()];
    expect(terms).toContain('not … good');
    expect(terms).toContain('good !');
    expect(terms).toContain('␂ not');
    expect(terms).toContain('! ␂');
  });

  it('part Chinese words where asked', () => {
    const terms = [...fastCounts('发票有问题', { segment: true, wordLength: 1 }).keys()];
    expect(terms).toContain('问题');
  });
});

describe('TF-IDF', () => {
  const texts = [
    'The invoice is wrong',
    'the invoice came late',
    'Wrong again!',
    'late, late, late',
  ];

  it('has rows of length 1 and idf = ln((1 + n) / (1 + df)) + 1', () => {
    const { vectorizer, x } = fitTfidf(texts);
    const terms = Array.from({ length: x.cols }, (_, j) => vectorizer.term(j));
    expect([...terms].sort()).toEqual(['invoice', 'late', 'the', 'the invoice', 'wrong']);
    expect(vectorizer.idf[terms.indexOf('late')]).toBeCloseTo(Math.log(5 / 3) + 1, 12);
    for (let i = 0; i < x.rows; i++) {
      const row = x.values.subarray(x.indptr[i], x.indptr[i + 1]);
      expect(row.reduce((s, v) => s + v * v, 0)).toBeCloseTo(1, 12);
    }
  });

  it('gives a text the same row at fitting, later, and after a round trip', () => {
    const options = { grams: [2, 3] as const, skips: true, marks: true, wordLength: 1 };
    const { vectorizer, x } = fitTfidf(texts, options);
    expect(vectorizer.transform(texts)).toEqual(x);
    const copy = FittedTfidf.fromJSON(JSON.parse(JSON.stringify(vectorizer.toJSON())) as never);
    expect(copy.transform(texts)).toEqual(x);
  });

  it('refuses texts without a common term', () => {
    expect(() => fitTfidf(['one', 'two'])).toThrow(/no term/);
  });

  it('reads any text without a crash', () => {
    const { vectorizer } = fitTfidf(texts, {
      grams: [1, 5],
      marks: true,
      skips: true,
      segment: true,
    });
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 60 }), (t) => {
        expect(vectorizer.transform([t]).rows).toBe(1);
      }),
      { numRuns: 2000 },
    );
  });
});
