/** `rapport settings`: what an admin may change of an account, field by field, and who changed what. */
import { Argument, Command } from 'commander';
import { RapportError } from '../core/errors.ts';
import type { TenantSettings } from '../core/tenant.ts';
import { readSettings, setSettings } from '../flows/change-settings.ts';
import { ask } from './ask.ts';
import type { Config } from './config.ts';
import type { Closers } from './shutdown.ts';

type Once = (work: (closers: Closers) => Promise<void>) => Promise<void>;
type Read = Awaited<ReturnType<typeof readSettings>>;
type Set = Awaited<ReturnType<typeof setSettings>>;

interface Options {
  readonly json?: boolean;
  readonly tenant?: string;
}

/** One field of the settings, by its path: what stands there is shown and replaced as a whole. */
type Field = readonly [path: string, value: unknown];

export function settingsCommand(config: () => Config, once: Once): Command {
  const settings = new Command('settings').description(
    'what an admin may change of an account: rules of reaching people, holdout, horizons, properties',
  );
  const withOptions = (command: Command): Command =>
    command
      .option('--tenant <id>', 'account, where several are connected')
      .option('--json', 'print one JSON object');
  const read = (closers: Closers, { tenant }: Options): Promise<Read> => {
    const query = tenant === undefined ? '' : `?${new URLSearchParams({ tenant })}`;
    return ask<Read>(config(), closers, { path: `/api/settings${query}` }, (ctx) =>
      readSettings(ctx, tenant === undefined ? {} : { tenant }),
    );
  };
  withOptions(settings.command('list'))
    .description('every field with its value, and the newest changes')
    .action((options: Options) =>
      once(async (closers) => {
        const answer = await read(closers, options);
        console.log(options.json ? JSON.stringify(answer) : printSettings(answer));
      }),
    );
  withOptions(settings.command('set'))
    .description('change one field; what it touches is scored anew')
    .addArgument(new Argument('<field>', 'as `settings list` names it'))
    .addArgument(new Argument('<value>', '10%, 0.1, true, 8-19, a list with commas, none, or JSON'))
    .action((path: string, text: string, options: Options) =>
      once(async (closers) => {
        const { settings: now } = await read(closers, options);
        const change = changeOf(now, path, text);
        const body = {
          settings: change,
          actor: 'command line',
          ...(options.tenant === undefined ? {} : { tenant: options.tenant }),
        };
        const answer = await ask<Set>(
          config(),
          closers,
          { method: 'PUT', path: '/api/settings', body },
          (ctx) => setSettings(ctx, body),
        );
        console.log(
          options.json
            ? JSON.stringify(answer)
            : answer.changed.length === 0
              ? `${path} is ${shown(valueAt(answer.settings, path))} already.`
              : `${path} is ${shown(valueAt(answer.settings, path))} now.`,
        );
      }),
    );
  return settings;
}

/** The fields in the order of the settings; what is changed by commands of its own is left out. */
export const fieldsOf = (settings: TenantSettings): Field[] =>
  Object.entries(settings).flatMap(([part, value]): Field[] =>
    Array.isArray(value)
      ? [[part, value]]
      : Object.entries(value as object)
          .filter(([name]) => !(part === 'models' && name === 'freeze') && part !== 'writes')
          .map(([name, held]): Field => [`${part}.${name}`, held]),
  );

const valueAt = (settings: TenantSettings, path: string): unknown =>
  fieldsOf(settings).find(([name]) => name === path)?.[1];

/**
 * The change that gives one field a new value, of the kind of the present one.
 * @throws RapportError config_invalid for a field that there is not.
 */
export function changeOf(
  settings: TenantSettings,
  path: string,
  text: string,
): Readonly<Record<string, unknown>> {
  const fields = fieldsOf(settings);
  const field = fields.find(([name]) => name === path);
  if (field === undefined)
    throw new RapportError(
      'config_invalid',
      `There is no field "${path}"; there are: ${fields.map(([name]) => name).join(', ')}.`,
    );
  const value = parsed(text.trim(), field[1]);
  const [part = '', name] = path.split('.');
  return { [part]: name === undefined ? value : { [name]: value } };
}

const isHours = (value: unknown): value is { fromHour: number; toHour: number } =>
  typeof value === 'object' && value !== null && 'fromHour' in value && 'toHour' in value;

function parsed(text: string, present: unknown): unknown {
  if (/^[[{]/.test(text)) {
    try {
      return JSON.parse(text);
    } catch {
      throw new RapportError('config_invalid', `This is not JSON: ${text}`);
    }
  }
  if (isHours(present)) {
    const [, from, to] = /^(\d{1,2})\s*[-–]\s*(\d{1,2})$/.exec(text) ?? [];
    if (from === undefined || to === undefined)
      throw new RapportError('config_invalid', 'Hours are written 8-19.');
    return { fromHour: Number(from), toHour: Number(to) };
  }
  if (Array.isArray(present)) {
    const items = text === 'none' || text === '' ? [] : text.split(',').map((item) => item.trim());
    return present.some((item) => typeof item === 'number') ? items.map(Number) : items;
  }
  if (typeof present === 'number')
    return text.endsWith('%') ? Number(text.slice(0, -1)) / 100 : Number(text);
  if (typeof present === 'boolean') return text === 'true' ? true : text === 'false' ? false : text;
  return text;
}

function shown(value: unknown): string {
  if (isHours(value)) return `${value.fromHour}-${value.toHour}`;
  if (!Array.isArray(value)) return typeof value === 'object' ? JSON.stringify(value) : `${value}`;
  if (value.length === 0) return 'none';
  return value
    .map((item) =>
      typeof item === 'object' && item !== null
        ? ((item as { id?: string }).id ?? JSON.stringify(item))
        : String(item),
    )
    .join(', ');
}

const SHORT = 100;

export function printSettings({ tenant, settings, audit }: Read): string {
  const fields = fieldsOf(settings);
  const width = Math.max(...fields.map(([name]) => name.length)) + 2;
  return [
    tenant,
    ...fields.map(([name, value]) => `  ${name.padEnd(width)}${cut(shown(value))}`),
    ...(audit.length === 0 ? [] : ['  Changes, the newest first']),
    ...audit.map(
      ({ at, actor, action, detail }) =>
        `    ${new Date(at).toISOString()}  ${actor}  ${action}  ${cut(JSON.stringify(detail))}`,
    ),
  ].join('\n');
}

const cut = (text: string): string =>
  text.length <= SHORT ? text : `${text.slice(0, SHORT)}… (all of it with --json)`;
