/** `rapport erasures export|apply`: who was erased stays so when a backup from before is restored. */
import { readFile } from 'node:fs/promises';
import { Command } from 'commander';
import { RapportError } from '../core/errors.ts';
import { applyErasures, listErasures, MOST_ERASURES } from '../flows/erasures.ts';
import { ask } from './ask.ts';
import type { Config } from './config.ts';
import type { Closers } from './shutdown.ts';

type Once = (work: (closers: Closers) => Promise<void>) => Promise<void>;
type List = Awaited<ReturnType<typeof listErasures>>;
type Applied = Awaited<ReturnType<typeof applyErasures>>;

export function erasuresCommand(config: () => Config, once: Once): Command {
  const erasures = new Command('erasures').description(
    'who was erased, as hashes: kept beside backups, applied after restoring one',
  );
  erasures
    .command('export')
    .description('print the list as JSON; store it apart from the backup')
    .option('--tenant <id>', 'account, where several are connected')
    .action((query: { tenant?: string }) =>
      once(async (closers) => {
        const path = `/api/erasures?${new URLSearchParams(query)}`;
        const list = await ask<List>(config(), closers, { path }, (ctx) =>
          listErasures(ctx, query),
        );
        console.log(JSON.stringify(list));
      }),
    );
  erasures
    .command('apply')
    .description('erase whoever is listed and came back with a backup')
    .argument('<file>', 'what `export` printed')
    .action((file: string) =>
      once(async (closers) => {
        const { tenant, erasures } = await readList(file);
        let erasing = 0;
        for (let from = 0; from === 0 || from < erasures.length; from += MOST_ERASURES) {
          const body = { tenant, erasures: erasures.slice(from, from + MOST_ERASURES) };
          const question = { method: 'POST', path: '/api/erasures', body } as const;
          const applied = await ask<Applied>(config(), closers, question, (ctx) =>
            applyErasures(ctx, body),
          );
          erasing = applied.erasing;
        }
        console.log(`${erasures.length} erasures listed, ${erasing} people to erase again`);
      }),
    );
  return erasures;
}

async function readList(file: string): Promise<List> {
  try {
    const { tenant, erasures } = JSON.parse(await readFile(file, 'utf8')) as List;
    if (typeof tenant === 'string' && Array.isArray(erasures)) return { tenant, erasures };
  } catch (cause) {
    throw new RapportError('config_invalid', `${file}: ${String(cause)}`, { cause });
  }
  throw new RapportError('config_invalid', `${file} is no list of erasures.`);
}
