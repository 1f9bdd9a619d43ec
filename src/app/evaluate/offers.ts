/** `rapport evaluate offers`: do rules from earlier purchases foresee the next basket better than popularity? */
import { Command } from 'commander';
import { RapportError } from '../../core/errors.ts';
import {
  candidateSettings,
  type Dated,
  type HitRates,
  hitRates,
  selectSettings,
  splitHistories,
} from '../../ml/rules/hit-rate.ts';
import { fitNextItems } from '../../ml/rules/next-items.ts';
import { splitByTime } from '../../ml/split.ts';
import { numberOption } from './config-error.ts';
import { progress, report } from './report.ts';
import { readTable, type Table } from './table.ts';

interface OffersOptions {
  readonly data: string;
  readonly customer: string;
  readonly basket: string;
  readonly item: string;
  readonly date: string;
  readonly quantity?: string;
  readonly testShare: string;
  readonly top: string;
  readonly minCount: string;
  readonly json?: boolean;
}

export function offersCommand(): Command {
  return new Command('offers')
    .description('next-basket rules against popularity, judged on later purchases')
    .requiredOption('--data <file>', 'one row per item of a purchase')
    .requiredOption('--customer <column>', 'who bought; rows without a customer are left out')
    .requiredOption('--basket <column>', 'rows with the same value are one purchase')
    .requiredOption('--item <column>', 'what was bought')
    .requiredOption('--date <column>', 'when, like 2026-11-23 or 2026-11-23 10:30')
    .option('--quantity <column>', 'how many; rows of 0 or fewer (returns) are left out')
    .option('--test-share <share>', 'newest share of purchases that is only tested on', '0.2')
    .option('--top <n>', 'items proposed to each customer', '5')
    .option('--min-count <n>', 'fewest purchases behind a rule', '20')
    .option('--json', 'print one JSON object')
    .action(async (options: OffersOptions) => report(await evaluateOffers(options), options));
}

export async function evaluateOffers(options: OffersOptions): Promise<object> {
  const top = numberOption('top', options.top, 1, 1000);
  const testShare = numberOption('test-share', options.testShare, 0.01, 0.9);
  const minCount = numberOption('min-count', options.minCount, 1, 1_000_000);
  const table = await readTable(options.data);
  const { customers, items, purchases } = readPurchases(table, options);
  progress(`${purchases} purchases of ${customers.length} customers, ${items.length} items`);
  const times = (rows: readonly (readonly Dated[])[]) => rows.flat().map((b) => b.atMs);
  const { cutMs } = splitByTime(times(customers), testShare);
  const { earlier, cases } = splitHistories(customers, cutMs);
  if (cases.length < 30)
    throw new RapportError(
      'config_invalid',
      `${options.data}: only ${cases.length} customers bought both before and after the cut; 30 are needed.`,
    );
  const training = customers.map((baskets) => baskets.filter((b) => b.atMs < cutMs));
  const innerCutMs = splitByTime(times(training), testShare).cutMs;
  const begun = performance.now();
  const candidates = candidateSettings([minCount]);
  const judge = (fresh: boolean) => {
    const chosen = selectSettings(training, items.length, innerCutMs, candidates, { top, fresh });
    const model = fitNextItems(earlier, items.length, chosen.settings);
    return {
      ...shown(hitRates(model, cases, top, fresh)),
      rules: model.rules.length,
      settings: chosen.settings,
      tried: chosen.tried.map(({ settings, ...rest }) => ({ ...settings, ...rest })),
    };
  };
  return {
    n_purchases: purchases,
    n_customers: customers.length,
    n_items: items.length,
    cut_at: new Date(cutMs).toISOString(),
    tuned_before: new Date(innerCutMs).toISOString(),
    top,
    next_basket: judge(false),
    new_items: judge(true),
    fit_s: (performance.now() - begun) / 1000,
  };
}

const shown = ({ n, rules, popularity, difference }: HitRates) => ({
  n_test: n,
  hit_rate: rules,
  hit_rate_popularity: popularity,
  difference: difference.estimate,
  ci_low: difference.low,
  ci_high: difference.high,
  verdict:
    difference.low > 0
      ? 'better than popularity'
      : difference.high < 0
        ? 'worse than popularity'
        : 'not shown to be better than popularity',
});

function readPurchases(table: Table, options: OffersOptions) {
  const who = table.text(options.customer);
  const basket = table.text(options.basket);
  const item = table.text(options.item);
  const when = table.text(options.date);
  const quantity = options.quantity === undefined ? null : table.numbers(options.quantity);
  const numbers = new Map<string, number>();
  const baskets = new Map<string, { who: string; atMs: number; items: Set<number> }>();
  for (let row = 0; row < table.rows; row++) {
    const customer = who[row]?.trim() ?? '';
    const name = item[row]?.trim() ?? '';
    if (customer === '' || name === '' || (quantity !== null && !((quantity[row] ?? 0) > 0)))
      continue;
    const id = `${customer}\n${basket[row]?.trim() ?? ''}`;
    let known = baskets.get(id);
    if (known === undefined) {
      known = { who: customer, atMs: momentOf(table, options.date, when, row), items: new Set() };
      baskets.set(id, known);
    }
    const number = numbers.get(name) ?? numbers.size;
    numbers.set(name, number);
    known.items.add(number);
  }
  const byCustomer = new Map<string, Dated[]>();
  for (const { who: customer, atMs, items } of baskets.values()) {
    const known = byCustomer.get(customer) ?? [];
    byCustomer.set(customer, known);
    known.push({ atMs, items: [...items] });
  }
  const customers = [...byCustomer.values()].map((list) =>
    list.sort((a, b) => a.atMs - b.atMs || (a.items[0] ?? 0) - (b.items[0] ?? 0)),
  );
  return { customers, items: [...numbers.keys()], purchases: baskets.size };
}

/** Without a zone a time is read as UTC; only the order matters. */
function momentOf(table: Table, column: string, cells: readonly string[], row: number): number {
  const cell = cells[row]?.trim() ?? '';
  const iso = /^\d{4}-\d{2}-\d{2}([ T]\d{2}:\d{2}(:\d{2}(\.\d+)?)?)?$/.test(cell)
    ? `${cell.replace(' ', 'T')}${cell.length > 10 ? 'Z' : ''}`
    : cell;
  const atMs = Date.parse(iso);
  if (Number.isNaN(atMs))
    throw new RapportError(
      'config_invalid',
      `${table.file}: column "${column}", row ${row + 1} holds "${cell}", which is no date like 2026-11-23 10:30.`,
    );
  return atMs;
}
