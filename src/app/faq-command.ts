/** `rapport faq import|list`: the tenant's own answers. */
import { readFile } from 'node:fs/promises';
import { Command } from 'commander';
import { parse } from 'csv-parse/sync';
import { RapportError } from '../core/errors.ts';
import { type FaqRow, faqSchema, importFaq } from '../flows/faq.ts';
import { oneTenant } from '../flows/one-tenant.ts';
import type { FaqEntry } from '../ports/service-store.ts';
import { ask } from './ask.ts';
import type { Config } from './config.ts';
import type { Closers } from './shutdown.ts';

type Once = (work: (closers: Closers) => Promise<void>) => Promise<void>;

export function faqCommand(config: () => Config, once: Once): Command {
  const faq = new Command('faq').description('answers of your own that replies are taken from');
  faq
    .command('import')
    .description(
      'replace the answers by a CSV: question, answer, and optionally id, language, keywords',
    )
    .argument('<file>', 'a .csv file with a header')
    .option('--tenant <id>', 'the account, when there are several')
    .action((file: string, { tenant }: { tenant?: string }) =>
      once(async (closers) => {
        const entries = await readFaqCsv(file);
        const body = { entries, ...(tenant === undefined ? {} : { tenant }) };
        const answer = await ask(
          config(),
          closers,
          { method: 'POST', path: '/api/faq', body },
          async (ctx) => importFaq(await oneTenant(ctx, tenant), entries),
        );
        const { en, zh } = answer.languages;
        console.log(`${answer.entries} answers: ${en} in English, ${zh} in Chinese`);
      }),
    );
  faq
    .command('list')
    .description('print the answers')
    .option('--tenant <id>', 'the account, when there are several')
    .option('--json', 'print one JSON object')
    .action(({ tenant, json }: { tenant?: string; json?: boolean }) =>
      once(async (closers) => {
        const query = tenant === undefined ? '' : `?tenant=${encodeURIComponent(tenant)}`;
        const held = await ask<{ entries: FaqEntry[] }>(
          config(),
          closers,
          { path: `/api/faq${query}` },
          async (ctx) => {
            const of = await oneTenant(ctx, tenant);
            return { entries: await ctx.store.faq.all(of.tenant.id) };
          },
        );
        console.log(json ? JSON.stringify(held) : held.entries.map(line).join('\n'));
      }),
    );
  return faq;
}

const line = (e: FaqEntry): string => `${e.id.padEnd(12)} ${e.language}  ${e.question}`;

/** @throws RapportError config_invalid naming the file, and the row where one is at fault. */
export async function readFaqCsv(file: string): Promise<FaqRow[]> {
  let rows: unknown;
  try {
    rows = parse(await readFile(file), {
      columns: (header: string[]) => header.map((h) => h.trim().toLowerCase()),
      bom: true,
      skip_empty_lines: true,
    });
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new RapportError('config_invalid', `${file}: ${reason}`, { cause });
  }
  const parsed = faqSchema.safeParse(rows);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const [row, column] = issue?.path ?? [];
  throw new RapportError(
    'config_invalid',
    `${file}: row ${Number(row) + 1}, column "${String(column)}": ${issue?.message}.`,
  );
}
