/** Item sets, rules and customer value beside the peers. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readBasketFile } from '../../src/app/evaluate/baskets.ts';
import { readTable } from '../../src/app/evaluate/table.ts';
import { dayOf, readPurchases } from '../../src/app/evaluate/transactions.ts';
import { cohortAt } from '../../src/features/purchase-cohort.ts';
import { associationRules } from '../../src/ml/rules/association.ts';
import { frequentItemSets } from '../../src/ml/rules/itemsets.ts';
import { expectedPurchases, fitBgNbd } from '../../src/ml/value/bg-nbd.ts';
import { fitGammaGamma } from '../../src/ml/value/gamma-gamma.ts';
import type { BenchCase, BenchRun } from './case.ts';

/** Our side also computes conviction, Fisher's p and the false discovery rate of every rule. */
function rules(minSupport: number): BenchCase {
  return {
    name: `itemsets ${minSupport}`,
    async ours(datasets) {
      const baskets = await readBasketFile(join(datasets, 'baskets_groceries.csv'));
      return timed(() => {
        const sets = frequentItemSets(baskets, { minSupport });
        const found = associationRules(sets, { minConfidence: 0.5 });
        return { itemsets: sets.size, rules: found.length, top_lift: found[0]?.lift ?? 0 };
      });
    },
    peer: {
      script: 'rules.py',
      args: ['$DATA/baskets_groceries.csv', '--supports', String(minSupport), '--conf', '0.5'],
      read: (line) => ({
        seconds: Number(line['mine_s']) + Number(line['rules_s']),
        quality: {
          itemsets: Number(line['itemsets']),
          rules: Number(line['rules']),
          top_lift: Number((line['top_lift'] as unknown[] | null)?.[4] ?? 0),
        },
      }),
    },
    target: 0.2,
  };
}

const SAMPLE = 'transactions_cdnow_sample.csv';

const bgNbd: BenchCase = {
  name: 'bg nbd cdnow',
  async ours(datasets) {
    const table = await readTable(join(datasets, SAMPLE));
    const columns = { customer: 'customer', date: 'date', amount: 'dollars' };
    const end = dayOf('1997-09-30') ?? 0;
    const { log, last } = readPurchases(table, columns, end);
    const cohort = cohortAt(log, end, last, 7);
    const run = timed(() => {
      const { r, alpha, a, b, logLikelihood } = fitBgNbd(cohort);
      return { r, alpha, a, b, ll: logLikelihood };
    });
    const model = fitBgNbd(cohort);
    const { repeats, lastAt, age } = cohort;
    const expected = repeats.reduce(
      (sum, x, i) => sum + expectedPurchases(model, x, lastAt[i] ?? 0, age[i] ?? 0, 39),
      0,
    );
    return { ...run, quality: { ...run.quality, expected_holdout: expected } };
  },
  peer: {
    script: 'value.py',
    args: ['bgnbd', `$DATA/${SAMPLE}`],
    // All of its fit, which the figures come from: L-BFGS (about a third) and a Nelder–Mead polish.
    read: (line) => ({
      seconds: Number(line['total_s']),
      quality: pick(line, ['r', 'alpha', 'a', 'b', 'll', 'expected_holdout']),
    }),
  },
  target: 0.8,
};

const gammaGamma: BenchCase = {
  name: 'gamma gamma cdnow',
  async ours(datasets) {
    const text = await readFile(join(datasets, 'transactions_cdnow_summary.csv'), 'utf8');
    const rows = text
      .trim()
      .split('\n')
      .slice(1)
      .map((line) => line.split(',').map(Number));
    const purchases = Float64Array.from(rows, (row) => row[1] ?? 0);
    const mean = Float64Array.from(rows, (row) => row[4] ?? 0);
    return timed(() => {
      const { p, q, gamma, logLikelihood } = fitGammaGamma({ purchases, mean });
      return { p, q, gamma, ll: logLikelihood };
    });
  },
  peer: {
    script: 'value.py',
    args: ['gg', '$DATA/transactions_cdnow_summary.csv'],
    read: (line) => ({
      seconds: Number(line['lbfgs_s']),
      quality: pick(line, ['p', 'q', 'gamma', 'll']),
    }),
  },
  target: 0.8,
};

export const cases: readonly BenchCase[] = [rules(0.01), rules(0.001), bgNbd, gammaGamma];

function timed(work: () => Record<string, number>): BenchRun {
  const begun = performance.now();
  const quality = work();
  return { seconds: (performance.now() - begun) / 1000, quality };
}

const pick = (line: Readonly<Record<string, unknown>>, names: readonly string[]) =>
  Object.fromEntries(names.map((name) => [name, Number(line[name])]));
