/** `rapport evaluate rules`: what is bought together, in the user's own baskets. */
import { Command, Option } from 'commander';
import { RapportError } from '../../core/errors.ts';
import { associationRules, type Rule } from '../../ml/rules/association.ts';
import { frequentItemSets } from '../../ml/rules/itemsets.ts';
import { basketsOf, readBasketFile } from './baskets.ts';
import { numberOption, onUserData } from './config-error.ts';
import { progress, report } from './report.ts';
import { readTable } from './table.ts';

interface RulesOptions {
  readonly data: string;
  readonly format: 'basket' | 'long';
  readonly basket?: string;
  readonly item?: string;
  readonly minSupport: string;
  readonly minConfidence: string;
  readonly maxLength: string;
  readonly top: string;
  readonly json?: boolean;
}

/** Findings at this false discovery rate are counted apart. */
const FDR = 0.05;

export function rulesCommand(): Command {
  return new Command('rules')
    .description('frequent item sets and association rules')
    .requiredOption('--data <file>', 'the baskets')
    .addOption(
      new Option('--format <format>', 'a basket per line, or an item per row')
        .choices(['basket', 'long'])
        .default('basket'),
    )
    .option('--basket <column>', 'with --format long: which basket a row belongs to')
    .option('--item <column>', 'with --format long: the item')
    .requiredOption('--min-support <share>', 'smallest share of baskets, above 0')
    .requiredOption('--min-confidence <share>', 'smallest confidence of a rule')
    .option('--max-length <n>', 'longest item set', '10')
    .option('--top <n>', 'rules to show, by lift', '20')
    .option('--json', 'print one JSON object')
    .action(async (options: RulesOptions) => report(await evaluateRules(options), options));
}

export async function evaluateRules(options: RulesOptions): Promise<object> {
  const minSupport = numberOption('min-support', options.minSupport, 0, 1);
  if (minSupport === 0) throw new RapportError('config_invalid', '--min-support must be above 0.');
  const minConfidence = numberOption('min-confidence', options.minConfidence, 0, 1);
  const maxLength = numberOption('max-length', options.maxLength, 1, 100);
  const top = numberOption('top', options.top, 0, 1_000_000);
  const baskets = await read(options);
  progress(`${baskets.offsets.length - 1} baskets, ${baskets.itemCount} items`);
  const begun = performance.now();
  const { sets, rules } = onUserData(options.data, () => {
    const sets = frequentItemSets(baskets, { minSupport, maxLength: Math.floor(maxLength) });
    return { sets, rules: associationRules(sets, { minConfidence }) };
  });
  const fitS = (performance.now() - begun) / 1000;
  const shown = ({ logP, ...rule }: Rule) => ({
    ...rule,
    log10_p: logP / Math.LN10,
    left: rule.left.map((item) => baskets.names[item] ?? ''),
    right: baskets.names[rule.right] ?? '',
  });
  return {
    n_transactions: sets.baskets,
    n_items: baskets.itemCount,
    n_itemsets: sets.size,
    n_rules: rules.length,
    n_rules_at_fdr_5_percent: rules.filter((rule) => rule.q <= FDR).length,
    top: rules.slice(0, top).map(shown),
    fit_s: fitS,
  };
}

async function read(options: RulesOptions) {
  if (options.format === 'basket') return readBasketFile(options.data);
  if (options.basket === undefined || options.item === undefined)
    throw new RapportError('config_invalid', '--format long needs --basket and --item.');
  return basketsOf(await readTable(options.data), options.basket, options.item);
}
