import { describe, expect, it } from 'vitest';
import { fitOneVsRest } from '../../../src/ml/linear/one-vs-rest.ts';
import { createRandom } from '../../../src/ml/random.ts';
import { csrConcat, csrFromRows, csrSelect } from '../../../src/ml/sparse.ts';
import { builtInFeedback } from '../../../src/models/built-in-feedback.ts';
import { typesOf } from '../../../src/models/feedback-model.ts';
import { beatsBuiltIn, classify } from '../../../src/models/text-classifier.ts';
import { builtInQuestion, fitQuestion } from '../../../src/models/text-question.ts';
import { TextRows } from '../../../src/models/text-rows.ts';

const model = builtInFeedback();
const typeQuestion = builtInQuestion(
  'type',
  (reading) => typesOf(reading, model.state)[0]?.label ?? null,
);
/** Words of the portal's trade that the built-in model has never seen. */
const PROBLEM_WORDS = ['flumed', 'grackled', 'snorbed', 'twelped', 'quonked'];
const WISH_WORDS = ['vexlane', 'drimview', 'polmode', 'kestgrid', 'zanfilter'];

function portal(n: number, seed: number) {
  const random = createRandom(seed);
  const one = (list: readonly string[]): string => list[random.int(list.length)] ?? '';
  return Array.from({ length: n }, (_, i) =>
    i % 2 === 0
      ? {
          label: 'problem',
          text: `The ${one(['pump', 'valve', 'meter'])} ${one(PROBLEM_WORDS)} ${one(['and is broken', 'and does not work', 'again, an error each time'])} since week ${i}`,
        }
      : {
          label: 'suggestion',
          text: `${one(['Please add', 'It would be great to have', 'Could you consider adding'])} a ${one(WISH_WORDS)} to the ${one(['pump', 'valve', 'meter'])} screen in week ${i}`,
        },
  );
}

describe('few labels and many texts without any', () => {
  const unlabelled = portal(900, 1).map((r, i) => `${r.text}, site ${'abcdefghij'[i % 10]}${i}`);
  const without = new Set([...PROBLEM_WORDS.slice(2), ...WISH_WORDS.slice(2)]);
  const labelled = portal(120, 2).filter(
    ({ text }) => !text.split(' ').some((word) => without.has(word)),
  );
  const rows = TextRows.fit(model, [...unlabelled, ...labelled.map((r) => r.text)]);
  const learn = (texts: readonly string[]) =>
    fitQuestion(
      model,
      rows,
      {
        ...typeQuestion,
        labelled,
        texts,
      },
      1,
    );
  const ask = (fitted: ReturnType<typeof learn>, text: string) => {
    if (fitted === null) throw new Error('nothing was learnt');
    return classify(fitted, rows.partsOf(text, model.read(text)));
  };

  it('teach the words of the trade that stand in no label', () => {
    const taught = learn(unlabelled);
    expect(labelled.length).toBeGreaterThanOrEqual(30);
    for (const word of PROBLEM_WORDS.slice(2))
      expect(ask(taught, `It ${word}`).label, word).toBe('problem');
    for (const word of WISH_WORDS.slice(2))
      expect(ask(taught, `A ${word}`).label, word).toBe('suggestion');
  });

  it('keep every reason exact', () => {
    const taught = learn(unlabelled);
    for (const { text } of portal(20, 3)) {
      const { confidence: p, reasons } = ask(taught, text);
      const sum = reasons.reduce((s, r) => s + r.effect, 0);
      expect(Math.abs(sum - Math.log(p / (1 - p)))).toBeLessThan(1e-9);
    }
  });

  it('say in the report how it was learnt and whether it is better', () => {
    const report = learn(unlabelled)?.report;
    expect(report?.learner).toBe('self_trained');
    expect(report?.builtInLogLoss).toBeGreaterThan(0);
  });
});

it('labels without sense leave the built-in model in its place', () => {
  const random = createRandom(5);
  const noise = portal(60, 4).map((r) => ({
    ...r,
    label: random.next() < 0.5 ? 'problem' : 'suggestion',
  }));
  const rows = TextRows.fit(
    model,
    noise.map((r) => r.text),
  );
  const fitted = fitQuestion(
    model,
    rows,
    {
      ...typeQuestion,
      labelled: noise,
      texts: noise.map((r) => r.text),
    },
    1,
  );
  expect(fitted === null || !beatsBuiltIn(fitted)).toBe(true);
});

it('a row of weight 2 counts as two rows', () => {
  const random = createRandom(7);
  const columns = ['a', 'b', 'c'];
  const x = csrFromRows(
    Array.from({ length: 40 }, () => ({
      indices: [0, 1, 2],
      values: [random.next(), random.next(), random.next()],
    })),
    columns,
  );
  const y = Int32Array.from({ length: 40 }, (_, i) => (x.values[i * 3]! > 0.5 ? 1 : 0));
  const tight = { c: 1, tolerance: 1e-6, maxPasses: 5_000 };
  for (const loss of ['logistic', 'svm'] as const) {
    const weighed = fitOneVsRest(x, y, 2, loss, {
      ...tight,
      rowWeights: Float64Array.from(y, (_, i) => (i < 10 ? 2 : 1)),
    });
    const first = Array.from({ length: 10 }, (_, i) => i);
    const twice = fitOneVsRest(
      csrConcat(x, csrSelect(x, first)),
      Int32Array.from([...y, ...y.slice(0, 10)]),
      2,
      loss,
      tight,
    );
    weighed[1]?.forEach((w, j) => {
      expect(w).toBeCloseTo(twice[1]?.[j] ?? Number.NaN, 3);
    });
  }
});
