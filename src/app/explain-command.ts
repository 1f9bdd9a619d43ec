/** `rapport explain`: the whole advice on one contact, deal or company, in the terminal. */
import { Argument, Command, Option } from 'commander';
import type { TenantContext } from '../flows/context.ts';
import { explainCompany, explainContact, explainDeal } from '../flows/explain-record.ts';
import { oneTenant } from '../flows/one-tenant.ts';
import { ask } from './ask.ts';
import type { Config } from './config.ts';
import { printCompany, printContact, printDeal } from './print-explanation.ts';
import type { Closers } from './shutdown.ts';

type Once = (work: (closers: Closers) => Promise<void>) => Promise<void>;
interface Explainer<T> {
  readonly path: string;
  readonly explain: (ctx: TenantContext, id: string) => Promise<T>;
  readonly print: (told: T) => string;
}

const explainer = <T>(one: Explainer<T>) => one as Explainer<unknown>;
const EXPLAINERS: Readonly<Record<string, Explainer<unknown>>> = {
  contact: explainer({ path: 'contacts', explain: explainContact, print: printContact }),
  deal: explainer({ path: 'deals', explain: explainDeal, print: printDeal }),
  company: explainer({ path: 'companies', explain: explainCompany, print: printCompany }),
};

interface Options {
  readonly kind: string;
  readonly json?: boolean;
  readonly tenant?: string;
}

export function explainCommand(config: () => Config, once: Once): Command {
  return new Command('explain')
    .description(
      'the whole advice on one record: every contribution, what is blocked, what would change it',
    )
    .addArgument(new Argument('<id>', 'record id'))
    .addOption(
      new Option('--kind <kind>', 'whose id it is')
        .choices(Object.keys(EXPLAINERS))
        .default('contact'),
    )
    .option('--tenant <id>', 'account, where several are connected')
    .option('--json', 'print one JSON object')
    .action((id: string, { kind, json, tenant }: Options) =>
      once(async (closers) => {
        const found = EXPLAINERS[kind];
        if (found === undefined) return;
        const query = tenant === undefined ? '' : `?${new URLSearchParams({ tenant })}`;
        const path = `/api/${found.path}/${encodeURIComponent(id)}${query}`;
        const answer = await ask(config(), closers, { path }, async (ctx) =>
          found.explain(await oneTenant(ctx, tenant), id),
        );
        console.log(json ? JSON.stringify(answer) : found.print(answer));
      }),
    );
}
