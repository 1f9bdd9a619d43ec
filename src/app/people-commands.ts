/** `rapport segments` and `rapport demographics`: names of groups, and what models may know of a person. */
import { Argument, Command } from 'commander';
import { DEMOGRAPHICS } from '../core/tenant.ts';
import {
  changeDemographics,
  type DemographicsList,
  listDemographics,
} from '../flows/manage-demographics.ts';
import { listSegments, renameSegment, type SegmentList } from '../flows/manage-segments.ts';
import { ask, type Question } from './ask.ts';
import type { Config } from './config.ts';
import type { Closers } from './shutdown.ts';

type Once = (work: (closers: Closers) => Promise<void>) => Promise<void>;

interface Options {
  readonly json?: boolean;
  readonly tenant?: string;
}

const withOptions = (command: Command): Command =>
  command
    .option('--tenant <id>', 'account, where several are connected')
    .option('--json', 'print one JSON object');

const post = (path: string, body: object): Question => ({ method: 'POST', path, body });
const get = (path: string, { tenant }: Options): Question => ({
  path: tenant === undefined ? path : `${path}?${new URLSearchParams({ tenant })}`,
});
const of = ({ tenant }: Options): object => (tenant === undefined ? {} : { tenant });

export function segmentsCommand(config: () => Config, once: Once): Command {
  const segments = new Command('segments').description(
    'groups of similar customers and their names',
  );
  const show = (options: Options, list: SegmentList): void =>
    console.log(options.json ? JSON.stringify(list) : printSegments(list));
  withOptions(segments.command('list'))
    .description('every group: what sets it apart, its name, how many belong to it')
    .action((options: Options) =>
      once(async (closers) =>
        show(
          options,
          await ask(config(), closers, get('/api/segments', options), (ctx) =>
            listSegments(ctx, of(options)),
          ),
        ),
      ),
    );
  withOptions(segments.command('rename'))
    .description('give a group a name; an empty one takes it away')
    .argument('<id>', 'like seg_01')
    .argument('<name>')
    .action((id: string, name: string, options: Options) =>
      once(async (closers) => {
        const body = { ...of(options), id, name };
        show(
          options,
          await ask(config(), closers, post('/api/segments/rename', body), (ctx) =>
            renameSegment(ctx, body),
          ),
        );
      }),
    );
  return segments;
}

export function demographicsCommand(config: () => Config, once: Once): Command {
  const demographics = new Command('demographics').description(
    'fields about the person that models may use; none until allowed, every change kept',
  );
  const show = (options: Options, list: DemographicsList): void =>
    console.log(options.json ? JSON.stringify(list) : printDemographics(list));
  withOptions(demographics.command('list'))
    .description('what is allowed, and who changed it when')
    .action((options: Options) =>
      once(async (closers) =>
        show(
          options,
          await ask(config(), closers, get('/api/demographics', options), (ctx) =>
            listDemographics(ctx, of(options)),
          ),
        ),
      ),
    );
  for (const [name, allow] of [
    ['allow', true],
    ['forbid', false],
  ] as const)
    withOptions(demographics.command(name))
      .description(
        allow ? 'let models use a field from the next training on' : 'take a field away at once',
      )
      .addArgument(new Argument('<field>').choices(DEMOGRAPHICS))
      .action((field: string, options: Options) =>
        once(async (closers) => {
          const body = { ...of(options), field, allow, actor: 'command line' };
          show(
            options,
            await ask(config(), closers, post('/api/demographics', body), (ctx) =>
              changeDemographics(ctx, body),
            ),
          );
        }),
      );
  return demographics;
}

const printSegments = ({ segments, outliers, stability }: SegmentList): string =>
  segments.length === 0
    ? 'There are no segments yet.'
    : [
        ...segments.map(
          ({ id, code, name, size }) =>
            `${id}  ${String(size).padStart(6)}  ${name === null ? '' : `${name}  `}(${code.replaceAll('+', ', ').replaceAll('_', ' ')})`,
        ),
        `outlier ${String(outliers).padStart(5)}`,
        `stability ${stability?.toFixed(2)}`,
      ].join('\n');

const printDemographics = ({ allowed, forbidden, audit }: DemographicsList): string =>
  [
    `allowed    ${allowed.join(', ') || 'none'}`,
    `forbidden  ${forbidden.join(', ') || 'none'}`,
    ...audit.map(
      ({ at, actor, detail }) =>
        `${new Date(at).toISOString()}  ${actor}  ${JSON.stringify(detail)}`,
    ),
  ].join('\n');
