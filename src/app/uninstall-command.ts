/** `rapport uninstall`: takes Rapport out of an account, and erases what is held of it if asked. */
import { Command } from 'commander';
import { RETENTION_DAYS } from '../core/notice.ts';
import { type Uninstalled, uninstallNamed } from '../flows/uninstall.ts';
import { ask } from './ask.ts';
import type { Config } from './config.ts';
import type { Closers } from './shutdown.ts';

type Once = (work: (closers: Closers) => Promise<void>) => Promise<void>;

interface Options {
  readonly tenant?: string;
  readonly erase?: boolean;
  readonly json?: boolean;
}

export function uninstallCommand(config: () => Config, once: Once): Command {
  return new Command('uninstall')
    .description('take Rapport out of an account; its tokens end at once')
    .option('--tenant <id>', 'account, where several are connected')
    .option('--erase', `erase what is held of it now, not after ${RETENTION_DAYS} days`)
    .option('--json', 'print one JSON object')
    .action(({ json, ...options }: Options) =>
      once(async (closers) => {
        const body = { ...options, actor: 'command line' };
        const question = { method: 'POST', path: '/api/uninstall', body } as const;
        const answer = await ask(config(), closers, question, (ctx) => uninstallNamed(ctx, body));
        console.log(json ? JSON.stringify(answer) : said(answer));
      }),
    );
}

const said = ({ tenant, crm, erased }: Uninstalled): string =>
  [
    crm === 'uninstalled'
      ? `Uninstalled from ${tenant}.`
      : `${tenant} had taken the grant back before.`,
    erased
      ? 'Everything held of it is erased.'
      : `What is held of it is kept for ${RETENTION_DAYS} days in case it comes back, then erased.`,
    'The properties and their values stay in the CRM; its admin may delete the group "Rapport".',
  ].join('\n');
