import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { evaluateAnova } from '../../../../src/app/evaluate/anova.ts';
import { evaluateDrivers } from '../../../../src/app/evaluate/drivers.ts';
import { evaluateTabular } from '../../../../src/app/evaluate/tabular.ts';
import { createRandom } from '../../../../src/ml/random.ts';

const folder = mkdtempSync(join(tmpdir(), 'rapport-tables-'));
const csv = (name: string, lines: readonly string[]): string => {
  const file = join(folder, name);
  writeFileSync(file, `${lines.join('\n')}\n`);
  return file;
};

function campaign(n: number): string[] {
  const random = createRandom(9);
  const lines = ['age,channel,visits,answer,split'];
  for (let i = 0; i < n; i++) {
    const age = 20 + random.int(50);
    const channel = ['mail', 'phone', 'visit'][random.int(3)] ?? '';
    const visits = random.int(10) === 0 ? '' : String(random.int(8));
    const p = channel === 'phone' ? 0.9 : Math.abs(age - 45) < 10 ? 0.6 : 0.05;
    const answer = random.next() < p ? 'yes' : 'no';
    lines.push([age, channel, visits, answer, i % 5 === 0 ? 'test' : 'train'].join());
  }
  return lines;
}

const file = csv('campaign.csv', campaign(2000));
const options = { data: file, target: 'answer', model: 'auto' as const, seed: '1', split: 'split' };
const KEYS = ['auc', 'log_loss', 'brier', 'ece', 'accuracy', 'macro_f1', 'baseline', 'fit_s'];

describe('evaluate tabular', () => {
  it.each(['lr', 'svm', 'tree', 'rf', 'gbdt'] as const)('%s beats the baseline', async (model) => {
    const result = await evaluateTabular({ ...options, model });
    for (const key of [...KEYS, 'predict_rows_per_s']) expect(result).toHaveProperty(key);
    expect(result).toMatchObject({ model, n_train: 1600, n_test: 400, positive: 'yes' });
    expect(result).toMatchObject({ verdict: 'better than the baseline' });
    const { auc, ece, baseline } = result as {
      auc: number;
      ece: number;
      baseline: { auc: number };
    };
    expect(auc).toBeGreaterThan(0.7);
    expect(ece).toBeLessThan(0.15);
    expect(baseline.auc).toBe(0.5);
  });

  it('keeps the losers in the report and is the same every time', async () => {
    const once = (await evaluateTabular(options)) as Record<string, unknown>;
    const again = (await evaluateTabular(options)) as Record<string, unknown>;
    expect((once['candidates'] as unknown[]).length).toBe(4);
    for (const key of ['model', 'auc', 'log_loss', 'candidates']) {
      expect(once[key]).toEqual(again[key]);
    }
  });

  it('holds out a fifth without a split, and takes more than two classes', async () => {
    const lines = campaign(300).map((line) => line.replace(/,(train|test|split)$/, ''));
    const plain = csv('plain.csv', lines);
    const base = { data: plain, seed: '1', model: 'gbdt' as const };
    const result = await evaluateTabular({ ...base, target: 'channel' });
    expect(result).toMatchObject({ n_train: 240, n_test: 60, classes: ['mail', 'phone', 'visit'] });
    const one = await evaluateTabular({ ...base, target: 'channel', positive: 'phone' });
    expect(one).toMatchObject({ classes: ['not phone', 'phone'], positive: 'phone' });
  });

  it('keeps groups and time apart when asked, and says so', async () => {
    const lines = campaign(400).map((line, i) => {
      const plain = line.replace(/,(train|test|split)$/, '');
      return i === 0 ? `${plain},who,day` : `${plain},c${i % 60},${20260000 + ((i * 37) % 400)}`;
    });
    const ordered = csv('ordered.csv', lines);
    const base = { data: ordered, target: 'answer', seed: '1' };
    for (const model of ['lr', 'rf'] as const) {
      const grouped = await evaluateTabular({ ...base, model, group: 'who', exclude: 'day' });
      expect(grouped).toMatchObject({ validation: expect.stringMatching(/who kept together/) });
      const timed = await evaluateTabular({ ...base, model, time: 'day', exclude: 'who' });
      expect(timed).toMatchObject({ validation: expect.stringMatching(/later rows from earlier/) });
      expect(timed).toMatchObject({ n_train: 320, n_test: 80 });
    }
    await expect(
      evaluateTabular({ ...base, model: 'lr', group: 'who', time: 'day' }),
    ).rejects.toMatchObject({ code: 'config_invalid' });
  });

  it('takes another criterion, a sparse penalty and signs that must hold', async () => {
    const plain = { ...options, model: 'tree' as const };
    const gini = await evaluateTabular(plain);
    const information = await evaluateTabular({ ...plain, criterion: 'information' });
    expect(information).toMatchObject({ verdict: 'better than the baseline' });
    expect(information).not.toMatchObject({ log_loss: (gini as { log_loss: number }).log_loss });
    const lasso = await evaluateTabular({ ...options, model: 'lr', penalty: 'l1' });
    expect(lasso).toMatchObject({ verdict: 'better than the baseline' });
    const aucWith = async (monotone: string, positive: string) =>
      (
        (await evaluateTabular({ ...options, model: 'gbdt', monotone, positive })) as {
          auc: number;
        }
      ).auc;
    // Answers rise and fall with age: a sign costs, and either class may be the positive one.
    const up = await aucWith('age+', 'yes');
    expect(up).toBeLessThan((await aucWith('', 'yes')) - 0.01);
    expect(await aucWith('age-', 'no')).toBeCloseTo(up, 6);
    for (const [monotone, message] of [
      ['age', /\+ or - after each column/],
      ['agent+', /"agent"/],
    ] as const)
      await expect(evaluateTabular({ ...options, model: 'gbdt', monotone })).rejects.toThrow(
        message,
      );
  });

  it('says when nothing is better than the baseline', async () => {
    const random = createRandom(4);
    const noise = Array.from({ length: 400 }, () => `${random.int(9)},${random.int(2)}`);
    const data = csv('noise.csv', ['a,y', ...noise]);
    const result = await evaluateTabular({ data, target: 'y', model: 'auto', seed: '1' });
    expect(result).toMatchObject({ verdict: 'not better than the baseline' });
  });

  it.each([
    [{ target: 'none' }, /no column "none"/],
    [{ exclude: 'nothing' }, /no column "nothing"/],
    [{ positive: 'maybe' }, /no class "maybe"; it has no, yes/],
    [{ split: 'channel' }, /column "channel", row 1 .*not train or test/],
    [{ exclude: 'age,channel,visits' }, /no column is left/],
  ])('says in one sentence what is wrong with %j', async (wrong, message) => {
    await expect(evaluateTabular({ ...options, ...wrong })).rejects.toMatchObject({
      code: 'config_invalid',
      message: expect.stringMatching(message),
    });
  });

  it('names an empty answer, a lonely class and a cell that is no number', async () => {
    const lines = campaign(60);
    const broken: [string, string[], RegExp][] = [
      ['empty.csv', [...lines, '30,mail,1,,train'], /"answer", row 61 is empty/],
      ['class.csv', [...lines, '30,mail,1,other,test'], /class "other" has no training rows/],
      ['cell.csv', [...lines, '3O,mail,1,no,train'], /column "age", row 61 holds "3O"/],
    ];
    for (const [name, text, message] of broken) {
      await expect(
        evaluateTabular({ ...options, data: csv(name, text), model: 'lr' }),
      ).rejects.toMatchObject({ code: 'config_invalid', message: expect.stringMatching(message) });
    }
    const same = csv('same.csv', ['a,y', '1,no', '2,no']);
    await expect(
      evaluateTabular({ data: same, target: 'y', model: 'lr', seed: '1' }),
    ).rejects.toMatchObject({ message: expect.stringMatching(/one class only, "no"/) });
  });
});

describe('evaluate drivers', () => {
  const lines = [
    'y,a,b,c',
    ...Array.from({ length: 50 }, (_, i) => {
      const [a, b] = [i % 7, (i * 5) % 11];
      return [2 * a - 3 * b + 1 + (i % 3) * 0.01, a, b, a + b].join();
    }),
  ];
  const data = csv('drivers.csv', lines);
  const straight = { data, target: 'y', degree: '1', seed: '1' };

  it('gives effects, intervals and inflation', async () => {
    const result = (await evaluateDrivers({ ...straight, columns: 'a,b' })) as {
      coefficients: {
        name: string;
        estimate: number;
        ci_low: number;
        ci_high: number;
        p: number;
        vif: number;
      }[];
      r2: number;
    };
    expect(result.coefficients.map((c) => c.name)).toEqual(['a', 'b']);
    expect(result.coefficients[0]?.estimate).toBeCloseTo(2, 2);
    expect(result.coefficients[1]?.ci_low).toBeLessThan(-2.99);
    expect(result.coefficients[1]?.ci_high).toBeGreaterThan(-3.01);
    expect(result.coefficients[0]?.p).toBeLessThan(1e-50);
    expect(result.coefficients[0]?.vif).toBeGreaterThan(1);
    expect(result.r2).toBeGreaterThan(0.999);
  });

  it('names what it cannot use', async () => {
    const refusals: [string, RegExp][] = [
      ['a,b,c', /"c" is a linear combination/],
      ['a,a', /"a" is named twice/],
      ['a,z', /no column "z"/],
    ];
    for (const [columns, message] of refusals) {
      await expect(evaluateDrivers({ ...straight, columns })).rejects.toMatchObject({
        code: 'config_invalid',
        message: expect.stringMatching(message),
      });
    }
  });
});

describe('evaluate drivers, bent', () => {
  const lines = Array.from({ length: 80 }, (_, i) => {
    const [a, b] = [(i % 9) - 4, (i * 5) % 11];
    return [3 * a * a - b + ((i * 7) % 5) * 0.1, a, b].join();
  });
  const data = csv('bent.csv', ['y,a,b', ...lines]);
  const options = { data, target: 'y', columns: 'a,b', seed: '1' };

  it('finds the degree by cross-validation and says what each degree lost', async () => {
    const result = (await evaluateDrivers({ ...options, degree: 'auto' })) as {
      degree: number;
      degrees: { degree: number; cv_mse: number; standard_error: number }[];
      coefficients: { name: string }[];
    };
    expect(result.degree).toBe(2);
    expect(result.degrees.map((d) => d.degree)).toEqual([1, 2, 3, 4]);
    expect(result.degrees[0]?.cv_mse).toBeGreaterThan(100 * (result.degrees[1]?.cv_mse ?? 0));
    expect(result.coefficients.map((c) => c.name)).toEqual(['a', 'a^2', 'b', 'b^2']);
    const line = await evaluateDrivers({ ...options, columns: 'b', degree: 'auto' });
    expect(line).toMatchObject({ degree: 1, coefficients: [{ name: 'b' }] });
    expect(await evaluateDrivers({ ...options, degree: '3' })).toMatchObject({ degree: 3 });
  });

  it('names what it cannot use', async () => {
    for (const [degree, message] of [
      ['0', /--degree must be a number from 1/],
      ['1.5', /whole number/],
      ['x', /--degree/],
    ] as const)
      await expect(evaluateDrivers({ ...options, degree })).rejects.toThrow(message);
    const flags = csv('flags.csv', ['y,a', ...lines.map((_, i) => `${i % 7},${i % 2}`)]);
    await expect(
      evaluateDrivers({ ...options, data: flags, columns: 'a', degree: '2' }),
    ).rejects.toThrow(/too few different values for degree 2/);
  });
});

describe('evaluate anova', () => {
  it('gives F, degrees of freedom, p, effect and groups', async () => {
    const data = csv('anova.csv', ['v,g', '1,a', '2,a', '3,a', '4,b', '6,b', '8,b']);
    const result = await evaluateAnova({ data, value: 'v', group: 'g' });
    expect(result).toMatchObject({
      f: 9.6,
      df: [1, 4],
      groups: [
        { name: 'a', n: 3, mean: 2 },
        { name: 'b', n: 3, mean: 6 },
      ],
    });
    expect(result).toHaveProperty('p');
    expect((result as { effect: number }).effect).toBeCloseTo(24 / 34, 12);
  });

  it('compares every pair of groups, p by Holm over them all', async () => {
    const lines = Array.from(
      { length: 60 },
      (_, i) => `${(i % 7) + (i % 3 === 2 ? 9 : 0)},g${i % 3}`,
    );
    const result = (await evaluateAnova({
      data: csv('pairs.csv', ['v,g', ...lines]),
      value: 'v',
      group: 'g',
    })) as { comparisons: Record<string, number | string>[] };
    expect(result.comparisons.map(({ a, b }) => `${a} ${b}`)).toEqual(['g0 g1', 'g0 g2', 'g1 g2']);
    const [same, far] = result.comparisons;
    expect(same?.['p_holm']).toBeGreaterThan(0.5);
    expect(far?.['p_holm']).toBeGreaterThan(far?.['p'] as number);
    expect(far?.['p_holm']).toBeLessThan(1e-6);
    expect(far?.['ci_high']).toBeLessThan(-6);
    expect(far?.['hedges_g']).toBeLessThan(-3);
  });

  it('names what it cannot use', async () => {
    const data = csv('words.csv', ['v,g', '1,a', 'x,b']);
    const blank = csv('blank.csv', ['v,g', '1,a', '2,b', '3,']);
    await expect(evaluateAnova({ data: blank, value: 'v', group: 'g' })).rejects.toMatchObject({
      code: 'config_invalid',
      message: expect.stringMatching(/column "g", row 3 is empty/),
    });
    const lonely = csv('lonely.csv', ['v,g', '1,a', '2,a']);
    await expect(evaluateAnova({ data, value: 'v', group: 'g' })).rejects.toThrow(
      /row 2 holds "x"/,
    );
    await expect(evaluateAnova({ data: lonely, value: 'v', group: 'g' })).rejects.toMatchObject({
      code: 'config_invalid',
    });
  });
});
