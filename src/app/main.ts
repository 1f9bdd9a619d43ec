/** The command line: start | serve | web | worker | migrate | status | sandbox, and one command per question of an operator. */
import { Command, CommanderError, Option } from 'commander';
import { RapportError } from '../core/errors.ts';
import { classifyCommand } from './classify-command.ts';
import { openParts } from './compose.ts';
import { type Config, readConfig, readPackageFile } from './config.ts';
import { erasuresCommand } from './erasures-command.ts';
import { evaluateCommand } from './evaluate/command.ts';
import { METHODS } from './evaluate/methods.ts';
import { explainCommand } from './explain-command.ts';
import { faqCommand } from './faq-command.ts';
import { modelsCommand } from './models-command.ts';
import { demographicsCommand, segmentsCommand } from './people-commands.ts';
import { resultsCommand } from './results-command.ts';
import { type Roles, run } from './roles.ts';
import { settingsCommand } from './settings-command.ts';
import { type Closers, createClosers } from './shutdown.ts';
import { start } from './start.ts';
import { fetchSandboxInfo, fetchStatus, printStatus } from './status-command.ts';
import { topicsCommand } from './topics-command.ts';
import { uninstallCommand } from './uninstall-command.ts';
import { writesCommand } from './writes-command.ts';

const EXIT_USAGE = 2;
const EXIT_FAILED = 1;

export async function main(argv: readonly string[]): Promise<void> {
  try {
    const { version } = JSON.parse(await readPackageFile('package.json')) as { version: string };
    await program(version).parseAsync([...argv], { from: 'user' });
  } catch (error) {
    if (error instanceof CommanderError) process.exitCode = error.exitCode === 0 ? 0 : EXIT_USAGE;
    else fail(error);
  }
}

function program(version: string): Command {
  const rapport = new Command('rapport')
    .description('Advice on every customer, inside your CRM.')
    .version(version)
    .exitOverride()
    .addOption(new Option('--port <port>', 'port of the web server (PORT)'))
    .addOption(
      new Option('--data-dir <folder>', 'folder of the embedded database (RAPPORT_DATA_DIR)'),
    );
  const config = (extra: Record<string, string | undefined> = {}): Config => {
    const options = rapport.opts<{ port?: string; dataDir?: string }>();
    return readConfig(process.env, {
      PORT: options.port,
      RAPPORT_DATA_DIR: options.dataDir,
      ...extra,
    });
  };

  rapport
    .command('start')
    .description('try Rapport: a sandbox CRM with a demo portal, connected and scored')
    .option('--contacts <n>', 'size of the demo portal (RAPPORT_DEMO_CONTACTS)')
    .option('--seed <n>', 'seed of the demo portal (RAPPORT_DEMO_SEED)')
    .action((options: { contacts?: string; seed?: string }) =>
      service((closers, signal) =>
        start(
          config({ RAPPORT_DEMO_CONTACTS: options.contacts, RAPPORT_DEMO_SEED: options.seed }),
          closers,
          signal,
        ),
      ),
    );
  role(
    rapport,
    'serve',
    'web server and worker in one process',
    { web: true, worker: true, sandbox: false },
    config,
  );
  role(rapport, 'web', 'web server only', { web: true, worker: false, sandbox: false }, config);
  role(rapport, 'worker', 'worker only', { web: false, worker: true, sandbox: false }, config);
  rapport
    .command('migrate')
    .description('bring the database to the newest schema')
    .action(() => once(async (closers) => void (await openParts(config(), closers))));
  rapport
    .command('status')
    .description('accounts, counts in the CRM and here, queue, last error')
    .option('--json', 'print one JSON object')
    .action((options: { json?: boolean }) =>
      once(async (closers) => {
        const status = await fetchStatus(config(), closers);
        console.log(options.json ? JSON.stringify(status) : printStatus(status));
      }),
    );
  const sandbox = rapport.command('sandbox').description('the sandbox CRM of this data folder');
  sandbox
    .command('token')
    .description('print the bearer token of its API')
    .option('--json', 'print one JSON object')
    .action((options: { json?: boolean }) =>
      once(async (closers) => {
        const { token } = await fetchSandboxInfo(config(), closers);
        console.log(options.json ? JSON.stringify({ token }) : token);
      }),
    );
  sandbox
    .command('info')
    .description('print its address, token and throwaway secrets')
    .option('--json', 'print one JSON object')
    .action((options: { json?: boolean }) =>
      once(async (closers) => {
        const info = await fetchSandboxInfo(config(), closers);
        const lines = Object.entries(info).map(([key, value]) => `${key.padEnd(14)}${value}`);
        console.log(options.json ? JSON.stringify(info) : lines.join('\n'));
      }),
    );
  rapport.addCommand(writesCommand(config, once));
  rapport.addCommand(uninstallCommand(config, once));
  rapport.addCommand(erasuresCommand(config, once));
  rapport.addCommand(resultsCommand(config, once));
  rapport.addCommand(faqCommand(config, once));
  rapport.addCommand(topicsCommand(config, once));
  rapport.addCommand(classifyCommand());
  rapport.addCommand(modelsCommand(config, once));
  rapport.addCommand(explainCommand(config, once));
  rapport.addCommand(segmentsCommand(config, once));
  rapport.addCommand(demographicsCommand(config, once));
  rapport.addCommand(settingsCommand(config, once));
  rapport.addCommand(evaluateCommand(METHODS, rapport));
  return rapport;
}

function role(
  rapport: Command,
  name: string,
  description: string,
  roles: Roles,
  config: () => Config,
): void {
  rapport
    .command(name)
    .description(description)
    .action(() =>
      service(async (closers) => {
        const settings = config();
        const running = await run(settings, roles, closers, () => {});
        await running.work();
        console.log(
          roles.web ? `Rapport ${name}: ${settings.publicUrl}` : `Rapport ${name}: at work`,
        );
      }),
    );
}

/** Runs until a signal asks to stop, then closes in order; a second signal stops at once. */
async function service(
  begin: (closers: Closers, signal: AbortSignal) => Promise<void>,
): Promise<void> {
  const closers = createClosers();
  const stopping = new AbortController();
  const stop = (): void => {
    if (stopping.signal.aborted) process.exit(EXIT_FAILED);
    stopping.abort();
    closers.closeAll().then(
      () => process.exit(0),
      (error: unknown) => {
        fail(error);
        process.exit();
      },
    );
  };
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
  try {
    await begin(closers, stopping.signal);
  } catch (error) {
    if (stopping.signal.aborted) return;
    fail(error);
    await closers.closeAll().catch(() => {});
    process.exit();
  }
}

async function once(work: (closers: Closers) => Promise<void>): Promise<void> {
  const closers = createClosers();
  try {
    await work(closers);
  } finally {
    await closers.closeAll();
  }
}

/** One clear line; the stack only for what is our own fault. */
function fail(error: unknown): void {
  const known = error instanceof RapportError;
  const usage = known && error.code === 'config_invalid';
  console.error(known ? `rapport: ${error.message}` : error);
  process.exitCode = usage ? EXIT_USAGE : EXIT_FAILED;
}
