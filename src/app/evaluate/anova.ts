/** `rapport evaluate anova`: does a number differ between groups, and by how much. */
import { Command } from 'commander';
import { type FTest, moments, oneWayAnova, welchAnova } from '../../ml/stats/anova.ts';
import { tQuantile } from '../../ml/stats/distributions.ts';
import { etaSquared, omegaSquared } from '../../ml/stats/effect-size.ts';
import { kruskalWallis } from '../../ml/stats/kruskal-wallis.ts';
import { onUserData } from './config-error.ts';
import { progress, type Reported, report } from './report.ts';
import { readTable } from './table.ts';

interface Options extends Reported {
  readonly data: string;
  readonly value: string;
  readonly group: string;
}

export function anovaCommand(): Command {
  return new Command('anova')
    .description('one-way analysis of variance: do group means differ')
    .requiredOption('--data <file>', '.csv or .jsonl, also .gz')
    .requiredOption('--value <column>', 'the number to compare')
    .requiredOption('--group <column>', 'the group a row belongs to')
    .option('--json', 'print one JSON object')
    .action(async (options: Options) => report(await evaluateAnova(options), options));
}

export async function evaluateAnova(options: Options): Promise<object> {
  const table = await readTable(options.data);
  const labels = table.text(options.group);
  const values = table.numbers(options.value);
  const members = new Map<string, number[]>();
  for (const [i, label] of labels.entries()) {
    const known = members.get(label);
    const value = values[i] ?? Number.NaN;
    if (known === undefined) members.set(label, [value]);
    else known.push(value);
  }
  const names = [...members.keys()].sort();
  const groups = names.map((name) => Float64Array.from(members.get(name) ?? []));
  progress(`${table.rows} rows in ${names.length} groups`);
  return onUserData(options.data, () => {
    const classic = oneWayAnova(groups);
    const ranks = optional(() => kruskalWallis(groups));
    return {
      ...shown(classic),
      effect: etaSquared(groups),
      effect_name: 'eta squared: share of the variance between the groups',
      omega_squared: omegaSquared(groups),
      groups: names.map((name, k) => summary(name, groups[k] ?? new Float64Array())),
      welch: optional(() => shown(welchAnova(groups))),
      kruskal_wallis: ranks && {
        h: ranks.h,
        df: ranks.df,
        p: ranks.p,
        log10_p: ranks.logP / Math.LN10,
        effect: ranks.effect,
      },
    };
  });
}

const shown = ({ f, df, p, logP }: FTest) => ({ f, df, p, log10_p: logP / Math.LN10 });

/** A side test that these groups do not allow is null, not an error. */
function optional<T>(test: () => T): T | null {
  try {
    return test();
  } catch {
    return null;
  }
}

function summary(name: string, values: Float64Array): object {
  const { n, mean, squares } = moments(values);
  if (n < 2) return { name, n, mean, sd: null, ci_low: null, ci_high: null };
  const sd = Math.sqrt(squares / (n - 1));
  const half = (tQuantile(0.975, n - 1) * sd) / Math.sqrt(n);
  return { name, n, mean, sd, ci_low: mean - half, ci_high: mean + half };
}
