/** `rapport writes`: what would be or was written, record by record, and the admin's decisions on it. */
import { Command } from 'commander';
import { actOnWrites, listWrites, type WritesList } from '../flows/manage-writes.ts';
import { ask } from './ask.ts';
import type { Config } from './config.ts';
import type { Closers } from './shutdown.ts';

type Once = (work: (closers: Closers) => Promise<void>) => Promise<void>;

interface ListOptions {
  readonly json?: boolean;
  readonly tenant?: string;
  readonly state?: string;
  readonly run?: string;
  readonly kind?: string;
  readonly limit?: string;
}

const ACTIONS = {
  approve: 'send what the dry run shows, and later scores as they come',
  hold: 'back to a dry run: plan and show, send nothing',
  release: 'let Rapport write again what people changed by hand',
} as const;

export function writesCommand(config: () => Config, once: Once): Command {
  const writes = new Command('writes').description('the dry run, the journal, approval and undo');
  writes
    .command('list')
    .description('differences, newest first: property, old value → new value')
    .option('--tenant <id>', 'account, where several are connected')
    .option('--state <state>', 'planned, sending, sent, refused or kept')
    .option('--run <n>', 'of one run')
    .option('--kind <kind>', 'contact, company, deal, ticket, task or note')
    .option('--limit <n>', 'how many records', '50')
    .option('--json', 'print one JSON object')
    .action(({ json, ...query }: ListOptions) =>
      once(async (closers) => {
        const path = `/api/writes?${new URLSearchParams(query as Record<string, string>)}`;
        const list = await ask(config(), closers, { path }, (ctx) => listWrites(ctx, query));
        console.log(json ? JSON.stringify(list) : printWrites(list));
      }),
    );
  const decide = (
    action: string,
    body: object,
    json: boolean | undefined,
    say: (answer: Readonly<Record<string, unknown>>) => string,
  ) =>
    once(async (closers) => {
      const question = { method: 'POST', path: `/api/writes/${action}`, body } as const;
      const answer = await ask(config(), closers, question, (ctx) =>
        actOnWrites(ctx, action, body),
      );
      console.log(json ? JSON.stringify(answer) : say(answer));
    });
  for (const [action, description] of Object.entries(ACTIONS))
    writes
      .command(action)
      .description(description)
      .option('--tenant <id>', 'account, where several are connected')
      .option('--json', 'print one JSON object')
      .action(({ json, ...body }: { json?: boolean; tenant?: string }) =>
        decide(action, body, json, (answer) => said(action, answer)),
      );
  writes
    .command('undo')
    .description('put back what a run changed, where the value is still that run’s')
    .argument('<run>', 'number of the run, from writes list')
    .option('--tenant <id>', 'account, where several are connected')
    .option('--json', 'print one JSON object')
    .action((run: string, { json, ...body }: { json?: boolean; tenant?: string }) =>
      decide('undo', { ...body, run: Number(run) }, json, (answer) => said('undo', answer)),
    );
  return writes;
}

function said(action: string, answer: Readonly<Record<string, unknown>>): string {
  if (action === 'approve') return `Approved: ${answer['approved']} records will be written now.`;
  if (action === 'hold') return 'Held: nothing is written until the next approval.';
  if (action === 'release') return `Released: ${answer['released']} values.`;
  return [
    `Undoing ${answer['properties']} values on ${answer['records']} records as run ${answer['runId']}; ${answer['left']} were changed since and stay.`,
    'Writes are held until the next approval. What workflows did meanwhile cannot be undone.',
  ].join('\n');
}

export function printWrites({ mode, pending, writes }: WritesList): string {
  const head =
    mode === 'dry_run'
      ? `Dry run: ${pending.planned} records wait for approval (rapport writes approve).`
      : `Writing: ${pending.planned + pending.sending} records under way.`;
  const lines = writes.map((w) =>
    [
      `${w.kind} ${w.id}  ${w.state}  run ${w.runId}  ${w.modelVersion}${w.reason === null ? '' : `  (${w.reason})`}`,
      ...Object.entries(w.changes).map(
        ([name, c]) => `  ${name}: ${quoted(c.old)} → ${quoted(c.new)}`,
      ),
    ].join('\n'),
  );
  return [head, ...lines].join('\n');
}

const quoted = (value: string | null): string =>
  value === null ? 'empty' : JSON.stringify(value.length > 80 ? `${value.slice(0, 80)}…` : value);
