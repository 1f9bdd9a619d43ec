import { describe, expect, it } from 'vitest';
import { createRandom } from '../../../src/ml/random.ts';
import { nearDuplicateGroups } from '../../../src/ml/text/near-duplicates.ts';
import { selectAnyText } from '../../../src/ml/text/select-any-text.ts';
import { selectText } from '../../../src/ml/text/select-text.ts';
import { SimilarityIndex } from '../../../src/ml/text/similarity.ts';
import { FittedTextModel } from '../../../src/ml/text/text-model.ts';

const GOOD = ['great', 'love it', 'works well', 'so helpful', 'perfect'];
const BAD = ['broken', 'does not work', 'crashes', 'refund please', 'terrible'];
const THINGS = ['app', 'login page', 'invoice', 'delivery', 'support team', 'update'];
const random = createRandom(9);
const any = (list: readonly string[]): string => list[random.int(list.length)] ?? '';
const labels = Array.from({ length: 160 }, (_, i) => (i % 4 === 0 ? 'good' : 'bad'));
const texts = labels.map(
  (l, i) => `the ${any(THINGS)} is ${any(l === 'good' ? GOOD : BAD)} ${any(THINGS)} ${i % 7}`,
);

describe('choosing a text model', () => {
  const chosen = selectText(texts, labels);

  it('finds what separates the labels and names winner and losers with intervals', () => {
    expect(chosen.candidates[0]?.macro_f1).toBeGreaterThan(0.95);
    expect(chosen.candidates[0]?.model).toBe(chosen.name);
    expect(chosen.candidates.length).toBeGreaterThan(10);
    for (const c of chosen.candidates) expect(c.low).toBeLessThanOrEqual(c.high);
    expect(chosen.model.predict(['it crashes, refund please', 'love it, works well'])).toEqual([
      'bad',
      'good',
    ]);
  });

  it('explains exactly, and is the same after a round trip and a second run', () => {
    const { base, effects, logit } = chosen.model.explain(texts[0] ?? '', 'good');
    expect(effects.reduce((s, e) => s + e.effect, base)).toBeCloseTo(logit, 10);
    const json = JSON.stringify(chosen.model.toJSON());
    const copy = FittedTextModel.fromJSON(JSON.parse(json) as never);
    expect(copy.predictProba(texts)).toEqual(chosen.model.predictProba(texts));
    expect(JSON.stringify(selectText(texts, labels).model.toJSON())).toBe(json);
  });

  it('goes forward in time where moments are known', () => {
    const timesMs = texts.map((_, i) => i * 1000);
    expect(selectText(texts, labels, { model: 'svm', timesMs }).model.classes).toEqual([
      'bad',
      'good',
    ]);
  });

  it('fits trees when asked', () => {
    const { model, name } = selectAnyText(texts, labels, { model: 'rf' });
    expect(name).toMatch(/^rf/);
    expect(model.predict(['the app is broken'])).toEqual(['bad']);
  });

  it('says what is missing', () => {
    expect(() => selectText(['a', 'b'], ['x', 'x'])).toThrow(/two classes are needed/);
    expect(() => selectText(['a b', 'b a', 'a'], ['x', 'x', 'y'])).toThrow(/rarest class has 1/);
  });
});

describe('near-copies', () => {
  it('share a group whatever their case, digits and punctuation', () => {
    const [a, b, c, d] = nearDuplicateGroups([
      'Please reset the password of my account, it does not work any more',
      'please reset the password of my account - it does not work any more!! 12',
      'The delivery came two days late and the box was open',
      '配送很快，味道不错',
    ]);
    expect(a).toBe(b);
    expect(new Set([a, c, d]).size).toBe(3);
  });
});

describe('similar texts', () => {
  it('are those of a comparison with every text', () => {
    const index = SimilarityIndex.of(texts);
    for (let row = 0; row < texts.length; row += 13) {
      const near = index.neighbours(row, 10);
      const exact = index.neighboursByScan(row, 10);
      expect(near.map((n) => n.similarity.toFixed(9))).toEqual(
        exact.map((n) => n.similarity.toFixed(9)),
      );
    }
    expect(index.query('zzz', 3)).toEqual([]);
    expect(index.query(texts[3] ?? '', 1)[0]?.similarity).toBeCloseTo(1, 9);
  });
});
