/** `rapport evaluate value | rules | policy` on small files, and on the published data where it is at hand. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { evaluatePolicy } from '../../../../src/app/evaluate/policy.ts';
import { evaluateRules } from '../../../../src/app/evaluate/rules.ts';
import { dayOf } from '../../../../src/app/evaluate/transactions.ts';
import { evaluateValue } from '../../../../src/app/evaluate/value.ts';

/** The data are not ours to ship; the published figures are checked where this folder is given. */
const DATASETS = process.env['RAPPORT_BENCH_DATASETS'];
let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'rapport-evaluate-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));
async function file(name: string, content: string | Uint8Array): Promise<string> {
  await writeFile(join(folder, name), content);
  return join(folder, name);
}
const refused = (message: RegExp) => ({
  code: 'config_invalid',
  message: expect.stringMatching(message),
});

describe('rules', () => {
  const base = { maxLength: '10', top: '20', minSupport: '0.5', minConfidence: '0.6' };
  const lines = 'bread,butter\nbread,"butter, salted",butter\n\nbread\nbutter,bread\n';

  it('reads a basket per line, with or without a heading, quoted, padded and packed', async () => {
    const plain = { ...base, format: 'basket' } as const;
    const result = await evaluateRules({ ...plain, data: await file('a.csv', lines) });
    expect(result).toMatchObject({ n_transactions: 4, n_items: 3, n_itemsets: 3, n_rules: 4 });
    for (const [name, content] of [
      ['b.csv', `items\n${lines}`],
      ['c.csv.gz', gzipSync(lines)],
      ['d.csv', lines.replace('bread,butter\n', 'bread,butter,,\n')],
      [
        'e.jsonl',
        '["bread","butter"]\n["bread","butter, salted","butter"]\n["bread"]\n["butter","bread"]\n',
      ],
    ] as const) {
      const same = await evaluateRules({ ...plain, data: await file(name, content) });
      expect({ ...same, fit_s: 0 }).toEqual({ ...result, fit_s: 0 });
    }
  });

  it('reads an item per row', async () => {
    const data = await file('long.csv', 'id,what\n1,a\n1,b\n2,a\n1,a\n2,b\n3,c\n');
    const long = { ...base, data, format: 'long', basket: 'id', item: 'what' } as const;
    const result = await evaluateRules(long);
    expect(result).toMatchObject({
      n_transactions: 3,
      n_itemsets: 3,
      top: [{ left: ['a'], right: 'b', support: 2 / 3, confidence: 1, lift: 1.5 }, {}, {}, {}],
    });
    await expect(evaluateRules({ ...long, item: 'no' })).rejects.toMatchObject(refused(/"no"/));
    await expect(evaluateRules({ ...base, data, format: 'long' })).rejects.toMatchObject(
      refused(/--basket/),
    );
    await expect(evaluateRules({ ...long, minSupport: '2' })).rejects.toMatchObject(
      refused(/--min-support/),
    );
  });

  it.skipIf(DATASETS === undefined)('finds the known counts in the groceries', async () => {
    const data = join(DATASETS ?? '', 'baskets_groceries.csv');
    const of = (minSupport: string) =>
      evaluateRules({ ...base, data, format: 'basket', minSupport, minConfidence: '0.5' });
    expect(await of('0.01')).toMatchObject({ n_transactions: 9835, n_itemsets: 333, n_rules: 15 });
    expect(await of('0.001')).toMatchObject({ n_itemsets: 13_492, n_rules: 5668 });
  });
});

describe('value', () => {
  const base = {
    customer: 'who',
    date: 'day',
    amount: 'sum',
    calibrationEnd: '2026-03-01',
    timeUnit: 'day',
  } as const;
  const rows = [
    'a,2026-01-01,10',
    'a,2026-01-11,20',
    'a,20260111,5',
    'a,2026-02-01T10:00:00Z,30',
    'a,2026-03-20,7',
    'b,2026-01-05,9',
    'b,2026-01-06,-3',
    'c,2026-01-09,4',
    'c,2026-02-09,8',
    ',2026-01-01,1',
    'd,2026-02-02,2',
    'd,2026-02-22,12',
    'e,2026-03-05,50',
  ];
  const content = `who,day,sum\n${rows.join('\n')}\n`;

  it('counts days with purchases and compares with what came after', async () => {
    const result = await evaluateValue({ ...base, data: await file('v.csv', content) });
    expect(result).toMatchObject({
      n_customers: 4,
      n_repeat_customers: 3,
      rows_without_customer: 1,
      refunds_left_out: 1,
      holdout: { ahead: 19, actual_total: 1 },
    });
  });

  it('refuses what it cannot read in one sentence', async () => {
    const data = await file('v.csv', content);
    const bad = await file('w.csv', content.replace('2026-02-22', '2026-02-30'));
    const word = await file('x.csv', content.replace(',12', ',twelve'));
    await expect(evaluateValue({ ...base, data: bad })).rejects.toMatchObject(
      refused(/column "day", row 12 holds "2026-02-30"/),
    );
    await expect(evaluateValue({ ...base, data: word })).rejects.toMatchObject(
      refused(/"sum", row 12 holds "twelve"/),
    );
    await expect(evaluateValue({ ...base, data, customer: 'x' })).rejects.toMatchObject(
      refused(/no column "x"/),
    );
    await expect(evaluateValue({ ...base, data, calibrationEnd: 'soon' })).rejects.toMatchObject(
      refused(/--calibration-end/),
    );
    await expect(
      evaluateValue({ ...base, data, calibrationEnd: '2025-01-01' }),
    ).rejects.toMatchObject(refused(/nobody bought/));
    await expect(
      evaluateValue({ ...base, data, calibrationEnd: '2026-01-05' }),
    ).rejects.toMatchObject(refused(/second time/));
  });

  it('knows dates', () => {
    expect(dayOf('1970-01-02')).toBe(1);
    expect(dayOf('19970930')).toBe(dayOf('1997-09-30T23:59:59Z'));
    for (const no of ['', '2026-13-01', '30/09/1997', 'yesterday', '2026-02-29'])
      expect(dayOf(no)).toBeUndefined();
  });

  it.skipIf(DATASETS === undefined)('reproduces the published figures on CDNOW', async () => {
    const evaluated = await evaluateValue({
      data: join(DATASETS ?? '', 'transactions_cdnow_sample.csv'),
      customer: 'customer',
      date: 'date',
      amount: 'dollars',
      calibrationEnd: '1997-09-30',
      timeUnit: 'week',
    });
    const result = evaluated as Record<'bg_nbd' | 'gamma_gamma', Record<string, number>>;
    const shown = (values: Record<string, number>, digits: number) =>
      Object.values(values).map((value) => value.toFixed(digits));
    expect(shown(result.bg_nbd, 3).slice(0, 4)).toEqual(['0.243', '4.414', '0.793', '2.426']);
    expect(result.bg_nbd['log_likelihood']?.toFixed(1)).toBe('-9582.4');
    expect(shown(result.gamma_gamma, 2)).toEqual(['6.25', '3.74', '15.44']);
    const { contest, holdout } = evaluated as {
      contest: { judged_until: string; entrants: Record<string, object> };
      holdout: { expected_total: number; actual_total: number; correlation: number };
    };
    expect(contest.judged_until).toBe('1997-09-30');
    expect(Object.keys(contest.entrants)).toEqual(['bg_nbd', 'boosting', 'mean_of_both']);
    expect(Math.abs(holdout.expected_total / holdout.actual_total - 1)).toBeLessThan(0.12);
    expect(holdout.correlation).toBeGreaterThan(0.625);
  });
});

describe('policy', () => {
  const base = { action: 'did', reward: 'won', propensity: 'p' };
  const rows = Array.from({ length: 200 }, (_, i) => {
    const did = i % 4 === 0 ? 'call' : 'mail';
    const won = did === 'call' ? Number(i % 8 === 0) : Number(i % 5 === 0);
    return {
      did,
      won,
      p: did === 'call' ? 0.25 : 0.75,
      best: 'call',
      chance: did === 'call' ? 1 : 0,
    };
  });
  const csv = (extra: string) =>
    `did,won,p,best,chance,pi_call,pi_mail\n${rows.map((r) => `${r.did},${r.won},${r.p},${r.best},${r.chance},1,0`).join('\n')}\n${extra}`;

  it('understands the target in each of its forms alike', async () => {
    const data = await file('p.csv', csv(''));
    const of = async (targetPolicy: string) => {
      const { target_policy, fit_s, ...result } = (await evaluatePolicy({
        ...base,
        data,
        targetPolicy,
      })) as Record<string, unknown>;
      expect([typeof target_policy, typeof fit_s]).toEqual(['string', 'number']);
      return result;
    };
    const named = await of('best');
    expect(named).toMatchObject({ n: 200, ips: { estimate: 0.5 }, ess: 50 });
    expect(await of('pi')).toEqual(named);
    expect(await of('chance')).toEqual(named);
    expect(await evaluatePolicy({ ...base, data })).toMatchObject({ overlap: { verdict: 'good' } });
  });

  it('refuses what it cannot read in one sentence', async () => {
    const bad = await file('q.csv', csv('call,1,0,call,1,1,0\n'));
    await expect(evaluatePolicy({ ...base, data: bad })).rejects.toMatchObject(
      refused(/"p", row 201 holds 0, which is not a chance/),
    );
    const data = await file('p.csv', csv(''));
    await expect(evaluatePolicy({ ...base, data, reward: 'did' })).rejects.toMatchObject(
      refused(/"did", row 1 holds "call"/),
    );
    await expect(evaluatePolicy({ ...base, data, targetPolicy: 'x' })).rejects.toMatchObject(
      refused(/no column "x"/),
    );
  });
});
