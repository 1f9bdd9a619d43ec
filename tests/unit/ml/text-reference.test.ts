/** Summaries, neighbours, language and stems beside the plainest way to the same answer. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRandom } from '../../../src/ml/random.ts';
import { detectLanguage } from '../../../src/ml/text/language.ts';
import { SimilarityIndex } from '../../../src/ml/text/similarity.ts';
import { summarize } from '../../../src/ml/text/summarize.ts';
import { sum } from './tables.ts';

const NOUNS = 'invoice parcel window engine garden ticket laptop battery kettle camera'.split(' ');
const dot = (a: readonly number[], b: readonly number[]): number =>
  sum(a.map((v, j) => v * (b[j] ?? 0)));

/** Rows of length 1: tf · (ln((1 + n) / (1 + df)) + 1) over {@link NOUNS}. */
function plainTfidf(
  texts: readonly (readonly string[])[],
  tfOf: (count: number) => number,
): number[][] {
  return texts.map((words) => {
    const row = NOUNS.map((noun) => {
      const count = words.filter((w) => w === noun).length;
      if (count === 0) return 0;
      const df = texts.filter((other) => other.includes(noun)).length;
      return tfOf(count) * (Math.log((1 + texts.length) / (1 + df)) + 1);
    });
    const norm = Math.sqrt(dot(row, row));
    return row.map((v) => v / norm);
  });
}

/** Gauss–Jordan on `a x = b`, the largest pivot first. */
function solve(a: readonly (readonly number[])[], b: readonly number[]): number[] {
  const m = a.map((row, i) => [...row, b[i] ?? 0]);
  const n = m.length;
  const at = (i: number, j: number): number => m[i]?.[j] ?? 0;
  for (let c = 0; c < n; c++) {
    let pivot = c;
    for (let r = c; r < n; r++) if (Math.abs(at(r, c)) > Math.abs(at(pivot, c))) pivot = r;
    [m[c], m[pivot]] = [m[pivot] ?? [], m[c] ?? []];
    for (let r = 0; r < n; r++) {
      if (r === c) continue;
      const times = at(r, c) / at(c, c);
      m[r] = (m[r] ?? []).map((v, j) => v - times * at(c, j));
    }
  }
  return m.map((_, i) => at(i, n) / at(i, i));
}

const words = fc.array(fc.constantFrom(...NOUNS), { minLength: 1, maxLength: 6 });

it('a summary holds the sentences with the most visits, as a linear system has them', () => {
  fc.assert(
    fc.property(
      fc.array(words, { minLength: 2, maxLength: 10 }),
      fc.integer({ min: 1, max: 5 }),
      (sentences, count) => {
        const n = sentences.length;
        const rows = plainTfidf(sentences, (tf) => tf);
        const alike = rows.map((a, i) => rows.map((b, j) => (i === j ? 0 : dot(a, b))));
        const begins = rows.map((_, i) => 1 / (1 + 0.1 * i));
        const start = begins.map((v) => v / sum(begins));
        // The walk goes on along likeness with 0.85, else begins anew; s = 0.15 start + 0.85 Mᵀ s.
        const system = rows.map((_, j) =>
          rows.map((_, i) => {
            const degree = sum(alike[i] ?? []);
            const step = degree === 0 ? (start[j] ?? 0) : (alike[i]?.[j] ?? 0) / degree;
            return (i === j ? 1 : 0) - 0.85 * step;
          }),
        );
        const visits = solve(
          system,
          start.map((v) => 0.15 * v),
        );
        const found = summarize(sentences.map((s) => `${s.join(' ')}.`).join(' '), count);
        for (const { index, score } of found) expect(score).toBeCloseTo(visits[index] ?? 0, 6);
        const chosen = found.map(({ index }) => index);
        expect(chosen.length).toBeLessThanOrEqual(Math.min(n, count));
        for (let i = 0; i < n; i++) {
          if (chosen.includes(i)) continue;
          const better = chosen.filter((c) => (visits[c] ?? 0) >= (visits[i] ?? 0) - 1e-8);
          const repeated = better.some((c) => (alike[i]?.[c] ?? 0) > 0.6 - 1e-9);
          expect(repeated || better.length === count).toBe(true);
        }
      },
    ),
  );
});

it('neighbours are those of every cosine, written out', () => {
  fc.assert(
    fc.property(fc.array(words, { minLength: 6, maxLength: 25 }), (texts) => {
      // Terms in two texts at least are columns, so every noun is there twice.
      const all = [...texts, [...NOUNS], [...NOUNS]];
      const rows = plainTfidf(all, (count) => 1 + Math.log(count));
      const index = SimilarityIndex.of(
        all.map((t) => t.join(' ')),
        { words: 1 },
      );
      for (const i of all.keys()) {
        const near = index.neighbours(i, 4);
        const cosines = rows.map((row, j) => (j === i ? 0 : dot(row, rows[i] ?? [])));
        const best = cosines.filter((c) => c > 1e-12).sort((a, b) => b - a);
        expect(near.length).toBe(Math.min(4, best.length));
        near.forEach(({ row, similarity }, k) => {
          expect(similarity).toBeCloseTo(best[k] ?? 0, 9);
          expect(similarity).toBeCloseTo(cosines[row] ?? 0, 9);
        });
      }
    }),
  );
});

describe('language', () => {
  const SENTENCES = {
    en: ['the parcel is late again', 'I love this app', 'how do we get a refund for our order'],
    zh_hans: ['快递还没有到，请尽快处理', '这个应用很好用', '我们怎么退款'],
    zh_hant: ['快遞還沒有到，請盡快處理', '這個應用很好用', '我們怎麼退款'],
    other: [
      'el pedido no ha llegado todavía',
      'die Lieferung ist nicht gekommen',
      'посылка не пришла',
    ],
  } as const;
  const random = createRandom(8);
  const some = (from: readonly string[]): string =>
    Array.from({ length: 1 + random.int(4) }, () => from[random.int(from.length)]).join('. ');

  it.each(Object.entries(SENTENCES))(
    '%s stays what it is, however it is put together',
    (name, from) => {
      for (let i = 0; i < 50; i++) expect(detectLanguage(some(from))).toBe(name);
    },
  );

  it('English beside Chinese of about the same length is mixed, in either order', () => {
    for (let i = 0; i < 50; i++) {
      const parts = [SENTENCES.en[i % 3] ?? '', SENTENCES.zh_hans[i % 2 === 0 ? 0 : 2] ?? ''];
      expect(detectLanguage((i % 4 < 2 ? parts : parts.reverse()).join('，'))).toBe('mixed');
    }
  });
});
