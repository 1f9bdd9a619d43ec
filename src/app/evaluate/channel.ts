/** `rapport evaluate channel`: the product's channel model on a user's own recorded touches. */
import { writeFile } from 'node:fs/promises';
import { Command } from 'commander';
import { stringify } from 'csv-stringify/sync';
import { DAY_PARTS } from '../../core/channel.ts';
import { RapportError } from '../../core/errors.ts';
import { EVIDENCES } from '../../core/score.ts';
import { tally } from '../../features/channel-history.ts';
import { auc, ece, logLoss } from '../../ml/metrics.ts';
import { splitByTime } from '../../ml/split.ts';
import { channelChances } from '../../models/channel.ts';
import { fitChannelModel, type PooledChannelModel } from '../../models/channel-fit.ts';
import { judgeChannels } from '../../models/channel-judge.ts';
import type {
  Bounds,
  Comparison,
  PolicyEstimate,
  PolicyReport,
} from '../../models/policy-value.ts';
import { numberOption, onUserData } from './config-error.ts';
import { progress, report } from './report.ts';
import { readTable } from './table.ts';
import { readTouchLog, type TouchLog } from './touch-log.ts';

interface ChannelOptions {
  readonly data: string;
  readonly contacts: string;
  readonly recommendationsOut?: string;
  readonly testShare?: string;
  readonly seed?: string;
  readonly json?: boolean;
}

export function channelCommand(): Command {
  return new Command('channel')
    .description('which channel and time get a reply: calibration, policy values, recommendations')
    .requiredOption(
      '--data <file>',
      'one touch per row: contact_id, touched_at, channel, rep_id, replied',
    )
    .requiredOption('--contacts <file>', 'one contact per row: contact_id and any feature columns')
    .option('--recommendations-out <file>', 'write one recommendation per contact to this CSV file')
    .option('--test-share <share>', 'newest part of the touches that is only tested on', '0.2')
    .option('--seed <number>', 'seed of the sample where there are very many contacts', '1')
    .option('--json', 'print one JSON object')
    .action(async (options: ChannelOptions) => report(await evaluateChannels(options), options));
}

export async function evaluateChannels(options: ChannelOptions): Promise<object> {
  const share = numberOption('test-share', options.testShare ?? '0.2', 0.05, 0.5);
  const seed = numberOption('seed', options.seed ?? '1', 0, 2 ** 32 - 1);
  const log = readTouchLog(await readTable(options.data), await readTable(options.contacts));
  progress(`${log.touches} touches of ${log.contacts.length} contacts`);
  const { cutMs, train, test } = splitByTime(
    log.contacts.flatMap((c) => c.touches.map((t) => t.atMs)),
    share,
  );
  const begun = performance.now();
  const early = pooled(options.data, log, seed, cutMs);
  const judged = onUserData(options.data, () => judgeChannels(early, log.contacts, cutMs, seed));
  const full = pooled(options.data, log, seed, Number.POSITIVE_INFINITY, early);
  const fitS = (performance.now() - begun) / 1000;
  const advice = recommend(full, log);
  if (options.recommendationsOut !== undefined) {
    const rows = advice.map(({ channel, dayPart, chance, low, high, evidence }, i) => ({
      contact_id: log.ids[i],
      channel,
      day_part: dayPart,
      chance,
      low,
      high,
      evidence,
    }));
    await writeFile(
      options.recommendationsOut,
      stringify(rows, { header: true, escape_formulas: true }),
    );
  }
  const area = auc(judged.outcomes, judged.chances);
  return {
    contacts: log.contacts.length,
    touches: log.touches,
    train: train.length,
    test: test.length,
    channels: full.design.channels,
    fields: full.design.fields.map((f) => f.name),
    log_loss: logLoss(judged.outcomes, judged.chances),
    auc: Number.isNaN(area) ? null : area,
    ece: ece(judged.outcomes, judged.chances),
    ...(judged.policies === null ? {} : policies(judged.policies)),
    evidence: Object.fromEntries(
      EVIDENCES.map((e) => [e, advice.filter((a) => a.evidence === e).length]),
    ),
    spread: { contact: full.sds.unit, channel: full.sds.group, day_part: full.sds.slot },
    fit_s: fitS,
  };
}

/** Fitted on what happened before `untilMs`; too little for the pooled model is the user's to know. */
function pooled(
  file: string,
  log: TouchLog,
  seed: number,
  untilMs: number,
  start: PooledChannelModel<string> | null = null,
): PooledChannelModel<string> {
  const counted = log.contacts.map(({ observed, touches }) => ({
    observed,
    tallies: tally(touches.filter((t) => t.atMs < untilMs)),
  }));
  const model = fitChannelModel(counted, seed, start, (round) => {
    if (round % 10 === 0) progress(`round ${round}`);
  });
  if (model?.kind !== 'pooled')
    throw new RapportError(
      'config_invalid',
      `${file}: the training part needs at least 50 touches, 10 of them answered and 10 not.`,
    );
  return model;
}

/** The channel with the highest chance for every contact, at a day part that was ever used. */
function recommend(model: PooledChannelModel<string>, log: TouchLog) {
  const used = new Set(log.contacts.flatMap((c) => c.touches.map((t) => t.dayPart)));
  const parts = DAY_PARTS.filter((part) => used.has(part));
  return log.contacts.map(({ observed, touches }) =>
    channelChances(model, observed, tally(touches), parts).reduce((a, b) =>
      b.chance > a.chance ? b : a,
    ),
  );
}

/** What was done needs no weights: its three estimates are one. */
const policies = (found: PolicyReport<string>): object => {
  const logged = bounds(found.logged);
  return {
    logged: { ips: logged, snips: logged, dr: logged },
    best_single: { channel: found.bestSingle, ...value(found.single) },
    recommended: value(found.recommended),
    versus_logged: compared(found.versusLogged),
    versus_best_single: compared(found.versusSingle),
  };
};
const bounds = ({ estimate, low, high }: Bounds) => ({ estimate, ci_low: low, ci_high: high });
const value = ({ ips, snips, dr, overlap, effectiveTouches }: PolicyEstimate) => ({
  ips: bounds(ips),
  snips: bounds(snips),
  dr: bounds(dr),
  overlap,
  ess: effectiveTouches,
});
const compared = ({ difference, verdict, doubt }: Comparison) => ({
  ...bounds(difference),
  verdict,
  doubt,
});
