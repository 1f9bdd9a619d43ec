/** `rapport topics`: what messages are about, and which topics the account's own messages suggest. */
import { Command } from 'commander';
import {
  type CountedTopics,
  dropTopic,
  listTopics,
  renameTopic,
  type TopicList,
} from '../flows/manage-topics.ts';
import { acceptTopic, listProposals, type TopicProposals } from '../flows/propose-topics.ts';
import { ask } from './ask.ts';
import type { Config } from './config.ts';
import type { Closers } from './shutdown.ts';

type Once = (work: (closers: Closers) => Promise<void>) => Promise<void>;

interface Options {
  readonly json?: boolean;
  readonly tenant?: string;
  readonly name?: string;
  readonly nameZh?: string;
}

const withOptions = (command: Command): Command =>
  command
    .option('--tenant <id>', 'account, where several are connected')
    .option('--json', 'print one JSON object');
const of = ({ tenant }: Options): { tenant?: string } => (tenant === undefined ? {} : { tenant });
const asked = (path: string, options: Options): string =>
  options.tenant === undefined ? path : `${path}?${new URLSearchParams(of(options))}`;

export function topicsCommand(config: () => Config, once: Once): Command {
  const topics = new Command('topics').description(
    'what messages are about: the list, proposals from your own messages, names',
  );
  withOptions(topics.command('list'))
    .description('the topics of the account, and how many messages of 90 days are about each')
    .action((options: Options) =>
      once(async (closers) => {
        const path = asked('/api/topics', options);
        const list = await ask(config(), closers, { path }, (ctx) => listTopics(ctx, of(options)));
        console.log(options.json ? JSON.stringify(list) : printCounted(list));
      }),
    );
  withOptions(topics.command('propose'))
    .description('topics that your own messages suggest, those the list lacks first')
    .action((options: Options) =>
      once(async (closers) => {
        const path = asked('/api/topics/proposals', options);
        const found = await ask(config(), closers, { path }, (ctx) =>
          listProposals(ctx, of(options)),
        );
        console.log(options.json ? JSON.stringify(found) : printProposals(found));
      }),
    );
  for (const [verb, does, flow] of [
    ['accept', 'put a proposal on the list, under a name of yours', acceptTopic],
    ['rename', 'give a topic other names; what the CRM holds stays', renameTopic],
  ] as const)
    withOptions(topics.command(verb))
      .description(does)
      .argument('<id>')
      .option('--name <name>', 'its name in English')
      .option('--name-zh <name>', 'its name in Chinese')
      .action((id: string, options: Options) =>
        once(async (closers) => {
          const body = {
            ...of(options),
            id,
            nameEn: options.name,
            nameZh: options.nameZh,
            actor: 'command line',
          };
          const question = { method: 'POST', path: `/api/topics/${verb}`, body } as const;
          const list = await ask(config(), closers, question, (ctx) => flow(ctx, body));
          console.log(options.json ? JSON.stringify(list) : printTopics(list));
        }),
      );
  withOptions(topics.command('drop'))
    .description('take a topic off the list; its messages are read anew under the others')
    .argument('<id>')
    .action((id: string, options: Options) =>
      once(async (closers) => {
        const body = { ...of(options), id, actor: 'command line' };
        const question = { method: 'POST', path: '/api/topics/drop', body } as const;
        const list = await ask(config(), closers, question, (ctx) => dropTopic(ctx, body));
        console.log(options.json ? JSON.stringify(list) : printTopics(list));
      }),
    );
  return topics;
}

const printTopics = ({ topics }: TopicList): string =>
  topics.map(({ id, name }) => `${id.padEnd(14)} ${name.en} / ${name.zh}`).join('\n');

const printCounted = ({ topics, none }: CountedTopics): string =>
  [...topics, { id: '-', name: { en: 'no topic', zh: '无主题' }, ...none }]
    .map(
      ({ id, name, cases, answers }) =>
        `${id.padEnd(14)} ${String(cases).padStart(6)} cases ${String(answers).padStart(6)} survey answers  ${name.en} / ${name.zh}`,
    )
    .join('\n');

const printProposals = ({ proposals, messages }: TopicProposals): string =>
  proposals.length === 0
    ? `Nothing to propose: ${messages} messages are too few, or too alike.`
    : proposals
        .map(({ id, name, words, language, messages: n, of: all, coveredBy }) =>
          [
            `${id}  ${name[language]}`,
            `  ${n} of ${all} messages (${language})${coveredBy === null ? '' : `, mostly under "${coveredBy}" already`}`,
            `  ${words[language].join(', ')}`,
          ].join('\n'),
        )
        .join('\n');
