/** `rapport evaluate anova`: does a number differ between groups, and by how much. */
import { Command } from 'commander';
import { RapportError } from '../../core/errors.ts';
import { type FTest, moments, oneWayAnova, welchAnova } from '../../ml/stats/anova.ts';
import { tQuantile } from '../../ml/stats/distributions.ts';
import { etaSquared, hedgesG, omegaSquared } from '../../ml/stats/effect-size.ts';
import { kruskalWallis } from '../../ml/stats/kruskal-wallis.ts';
import { holm } from '../../ml/stats/multiple-testing.ts';
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
  const labels = table.filled(options.group);
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
      comparisons: names.length > MOST_COMPARED ? null : comparisons(names, groups),
    };
  });
}

/** Groups beyond which a list of all pairs helps nobody. */
const MOST_COMPARED = 10;

/** Which groups differ: Welch's t of every pair that allows it, p as it is and by Holm over them all. */
function comparisons(names: readonly string[], groups: readonly Float64Array[]): readonly object[] {
  const pairs = groups.flatMap((a, i) =>
    groups.slice(i + 1).flatMap((b, k) => {
      const test = optional(() => welchAnova([a, b]));
      return test === null ? [] : [{ a, b, names: [names[i], names[i + 1 + k]], test }];
    }),
  );
  const adjusted = holm(pairs.map(({ test }) => test.p));
  return pairs.map(({ a, b, names: [first, second], test }, k) => {
    const difference = moments(a).mean - moments(b).mean;
    // F of two groups is t², so the standard error is |difference| / √F.
    const half =
      test.f > 0 ? (tQuantile(0.975, test.df[1]) * Math.abs(difference)) / Math.sqrt(test.f) : null;
    return {
      a: first,
      b: second,
      difference,
      ci_low: half === null ? null : difference - half,
      ci_high: half === null ? null : difference + half,
      p: test.p,
      p_holm: adjusted[k],
      hedges_g: hedgesG(a, b),
    };
  });
}

const shown = ({ f, df, p, logP }: FTest) => ({ f, df, p, log10_p: logP / Math.LN10 });

/** A side test that these groups do not allow is null, not an error. */
function optional<T>(test: () => T): T | null {
  try {
    return test();
  } catch (error) {
    if (error instanceof RapportError) return null;
    throw error;
  }
}

function summary(name: string, values: Float64Array): object {
  const { n, mean, squares } = moments(values);
  if (n < 2) return { name, n, mean, sd: null, ci_low: null, ci_high: null };
  const sd = Math.sqrt(squares / (n - 1));
  const half = (tQuantile(0.975, n - 1) * sd) / Math.sqrt(n);
  return { name, n, mean, sd, ci_low: mean - half, ci_high: mean + half };
}
