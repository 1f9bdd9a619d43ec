/** `rapport models`: list, rollback, retrain, freeze, prove. */
import { Command } from 'commander';
import {
  freeze,
  listModels,
  type ModelList,
  type Proof,
  prove,
  rollback,
} from '../flows/manage-models.ts';
import { oneTenant } from '../flows/one-tenant.ts';
import { retrain } from '../flows/train.ts';
import type { ModelReport } from '../models/portal-models.ts';
import { ask, type Question } from './ask.ts';
import type { Config } from './config.ts';
import { reportLines } from './print-report.ts';
import type { Closers } from './shutdown.ts';

type Once = (work: (closers: Closers) => Promise<void>) => Promise<void>;
type Asked = { readonly tenant?: string; readonly json?: boolean; readonly off?: boolean };
type Here<T> = (ctx: Awaited<ReturnType<typeof oneTenant>>) => Promise<T>;

export function modelsCommand(config: () => Config, once: Once): Command {
  const models = new Command('models').description(
    'the models of an account: which gives the scores, how it was judged, the way back',
  );
  const add = <T>(
    usage: string,
    description: string,
    question: (options: Asked, version: string | undefined) => Question,
    here: (options: Asked, version: string | undefined) => Here<T>,
    print: (answer: T) => string,
  ): Command => {
    const command = models.command(usage).description(description);
    command
      .option('--tenant <id>', 'the account, when several are connected')
      .option('--json', 'print one JSON object')
      .action((...given: unknown[]) => {
        const options = command.opts<Asked>();
        const version = typeof given[0] === 'string' ? given[0] : undefined;
        return once(async (closers) => {
          const answer = await ask<T>(config(), closers, question(options, version), async (ctx) =>
            here(options, version)(await oneTenant(ctx, options.tenant)),
          );
          console.log(options.json ? JSON.stringify(answer) : print(answer));
        });
      });
    return command;
  };
  const post = (action: string, body: object): Question => ({
    method: 'POST',
    path: `/api/models/${action}`,
    body,
  });

  add<ModelList>(
    'list',
    'every kept version with its state and verdict',
    ({ tenant }) => ({
      path: tenant === undefined ? '/api/models' : `/api/models?${new URLSearchParams({ tenant })}`,
    }),
    () => listModels,
    printModels,
  );
  add<{ champion: string; before: string | null }>(
    'rollback <version>',
    'make a kept version the champion and score everybody by it',
    ({ tenant }, version) => post('rollback', { tenant, version }),
    (_, version) => (ctx) => rollback(ctx, version ?? ''),
    ({ champion, before }) => `${champion} gives the scores now; before: ${before ?? 'none'}.`,
  );
  add<{ ordered: true }>(
    'retrain',
    'train a challenger now; it is promoted only when it is not worse',
    ({ tenant }) => post('retrain', { tenant }),
    () => async (ctx) => {
      await retrain(ctx, 'admin');
      return { ordered: true } as const;
    },
    () => 'A challenger is being trained; see `rapport models list`.',
  );
  add<{ freeze: unknown }>(
    'freeze',
    'keep the champion and stop writing to the CRM; --off goes on',
    ({ tenant, off }) => post('freeze', { tenant, off: off === true }),
    ({ off }) =>
      (ctx) =>
        freeze(ctx, off !== true),
    ({ freeze: frozen }) => (frozen === null ? 'Writes go out again.' : 'Writes are frozen.'),
  ).option('--off', 'end the freeze');
  add<Proof>(
    'prove <version>',
    'train a version again from its stored query and compare the bytes',
    ({ tenant }, version) => post('prove', { tenant, version }),
    (_, version) => (ctx) => prove(ctx, version ?? ''),
    (proof) =>
      proof.same
        ? `${proof.version}: the same bytes.`
        : `${proof.version}: other bytes (${proof.again})${proof.factsChanged ? '; the past was edited in the CRM since' : ''}.`,
  );
  return models;
}

export function printModels(list: ModelList): string {
  const { freeze: frozen } = list;
  const alarm = list.drift[0];
  return [
    `${list.tenant}: trained anew every ${list.retrainEveryDays} days; writes ${
      frozen === null
        ? 'go out'
        : `frozen by ${frozen.by} since ${frozen.at}${frozen.fields.length > 0 ? ` (${frozen.fields.join(', ')})` : ''}`
    }`,
    `  drift       ${alarm === undefined ? 'not looked for yet' : `${alarm.day}: ${alarm.alarms.length === 0 ? 'none' : alarm.alarms.join(', ')}`}`,
    ...list.models.flatMap(({ version, state, trainedAt, verdict, report }) => {
      const parts = (verdict.parts ?? []).flatMap(({ part, difference, rows }) =>
        difference === null
          ? part === 'segments'
            ? ['segments are not compared: they foretell nothing that happens later']
            : []
          : [
              `${part} ${signed(difference.estimate)} (${signed(difference.low)} to ${signed(difference.high)}, n=${rows})`,
            ],
      );
      return [
        `  ${state.padEnd(10)}  ${version}  ${trainedAt}  ${[REASONS[verdict.reason] ?? verdict.reason, ...parts].join('; ')}`,
        ...(state === 'champion' ? reportLines(report as Partial<ModelReport>) : []),
      ];
    }),
  ].join('\n');
}

const REASONS: Readonly<Record<string, string>> = {
  first: 'the first model',
  same: 'the same model again',
  frozen: 'an admin holds the champion',
  better: 'better than the champion',
  not_worse: 'not worse than the champion',
  worse: 'worse than the champion',
  cannot_tell: 'cannot be told from the champion yet',
  no_contest: 'nothing to compare',
  nothing_to_lose: 'there was no fitted champion',
};

const signed = (value: number): string => `${value < 0 ? '−' : '+'}${Math.abs(value).toFixed(4)}`;
