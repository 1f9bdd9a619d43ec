/** `rapport evaluate policy`: what another way of choosing would have earned, from recorded choices. */
import { Command } from 'commander';
import { RapportError } from '../../core/errors.ts';
import type { Interval } from '../../ml/stats/intervals.ts';
import type { LoggedDecisions } from '../../ml/stats/logged-decisions.ts';
import { meanInterval } from '../../ml/stats/mean-interval.ts';
import { evaluateOffPolicy } from '../../ml/stats/off-policy.ts';
import { onUserData } from './config-error.ts';
import { progress, report } from './report.ts';
import { readTable } from './table.ts';
import { readTarget } from './target-policy.ts';

interface PolicyOptions {
  readonly data: string;
  readonly action: string;
  readonly reward: string;
  readonly propensity: string;
  readonly targetPolicy?: string;
  readonly json?: boolean;
}

export function policyCommand(): Command {
  return new Command('policy')
    .description('off-policy estimates: IPS, SNIPS, direct method, doubly robust')
    .requiredOption('--data <file>', 'one recorded choice per row')
    .requiredOption('--action <column>', 'what was chosen')
    .requiredOption('--reward <column>', 'what it earned')
    .requiredOption('--propensity <column>', 'the chance with which it was chosen')
    .option(
      '--target-policy <column>',
      'what the other policy would choose in that row, or the chance it gives the recorded choice, ' +
        'or the start of one column of chances per choice (column_choice); all choices alike if left out',
    )
    .option('--json', 'print one JSON object')
    .action(async (options: PolicyOptions) => report(await evaluatePolicy(options), options));
}

export async function evaluatePolicy(options: PolicyOptions): Promise<object> {
  const table = await readTable(options.data);
  const taken = table.text(options.action).map((cell) => cell.trim());
  const reward = table.numbers(options.reward);
  const propensity = table.numbers(options.propensity);
  const impossible = propensity.findIndex((p) => !(p > 0 && p <= 1));
  if (impossible >= 0)
    throw new RapportError(
      'config_invalid',
      `${table.file}: column "${options.propensity}", row ${impossible + 1} holds ${propensity[impossible]}, which is not a chance above 0 and at most 1.`,
    );
  const { actions, action, target, meaning } = readTarget(
    table,
    { action: options.action, targetPolicy: options.targetPolicy },
    taken,
    propensity,
  );
  progress(`${table.rows} choices among ${actions.length}`);
  const begun = performance.now();
  const logged: LoggedDecisions = {
    action,
    actionCount: actions.length,
    reward,
    propensity,
    target,
  };
  const found = onUserData(options.data, () => evaluateOffPolicy(logged));
  const recorded = meanInterval(reward);
  return {
    n: table.rows,
    actions,
    target_policy: meaning,
    ips: shown(found.ips),
    snips: shown(found.snips),
    dm: shown(found.dm),
    dr: shown(found.dr),
    dros: { ...shown(found.dros), shrinkage: finite(found.shrinkage) },
    recorded: shown(recorded),
    ess: found.ess,
    overlap: {
      verdict: found.overlap.verdict,
      ess_share: found.overlap.essShare,
      mean_weight: found.overlap.meanWeight,
      max_weight: found.overlap.maxWeight,
      min_propensity: found.overlap.minPropensity,
      unseen_share: found.overlap.unseenShare,
    },
    verdict: verdict(found.dr, recorded, found.overlap.verdict),
    fit_s: (performance.now() - begun) / 1000,
  };
}

/** A bound that the data cannot give is null. */
const finite = (value: number): number | null => (Number.isFinite(value) ? value : null);
const shown = ({ estimate, low, high }: Interval) => ({
  estimate: finite(estimate),
  ci_low: finite(low),
  ci_high: finite(high),
});

function verdict(dr: Interval, recorded: Interval, overlap: string): string {
  if (overlap === 'broken') return 'the record does not cover this policy: do not act on it';
  if (dr.low > recorded.high) return 'better than the recorded choices';
  if (dr.high < recorded.low) return 'worse than the recorded choices';
  return 'not shown to be better than the recorded choices';
}
