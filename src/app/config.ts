/** Environment → one frozen, typed Config. Nothing else reads process.env. */
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { z } from 'zod';
import { RapportError } from '../core/errors.ts';

const wholeNumber = (least: number, most: number) =>
  z.coerce
    .number(`must be a whole number from ${least} to ${most}`)
    .int(`must be a whole number from ${least} to ${most}`)
    .min(least, `must be at least ${least}`)
    .max(most, `must be at most ${most}`);
const url = z.url().transform((value) => value.replace(/\/$/, ''));
const optionalText = z
  .string()
  .trim()
  .transform((value) => (value === '' ? undefined : value))
  .optional();

/** Every variable, its default, and in `.env.example` its explanation. */
export const environmentSchema = z.object({
  PORT: wholeNumber(1, 65_535).default(3000),
  RAPPORT_HOST: z.string().default('127.0.0.1'),
  RAPPORT_PUBLIC_URL: url.optional(),
  RAPPORT_DATA_DIR: z.string().min(1).default('.rapport'),
  DATABASE_URL: optionalText,
  REDIS_URL: optionalText,
  RAPPORT_ENCRYPTION_KEYS: optionalText,
  RAPPORT_ADMIN_TOKEN: optionalText,
  RAPPORT_HUBSPOT_CLIENT_ID: optionalText,
  RAPPORT_HUBSPOT_CLIENT_SECRET: optionalText,
  RAPPORT_HUBSPOT_FORMER_SECRET: optionalText,
  RAPPORT_HUBSPOT_LEGACY_SIGNATURES: z.stringbool().default(false),
  RAPPORT_HUBSPOT_JOURNAL: z.stringbool().default(false),
  RAPPORT_DEMO_CONTACTS: wholeNumber(1, 100_000).default(2_000),
  RAPPORT_DEMO_SEED: wholeNumber(0, 2 ** 31 - 1).default(1),
  RAPPORT_LLM_URL: url.optional(),
  RAPPORT_LLM_MODEL: z.string().min(1).default('local'),
  RAPPORT_LLM_KEY: optionalText,
  RAPPORT_LLM_TIMEOUT_MS: wholeNumber(100, 60_000).default(8_000),
  RAPPORT_LOG_LEVEL: z.enum(['debug', 'info', 'warn', 'error', 'silent']).default('warn'),
});

export type Environment = z.infer<typeof environmentSchema>;

export interface Config {
  readonly port: number;
  readonly host: string;
  /** Origin under which this server is reached; signatures are checked against it. */
  readonly publicUrl: string;
  readonly dataDir: string;
  readonly databaseUrl: string | undefined;
  readonly redisUrl: string | undefined;
  readonly encryptionKeys: readonly string[];
  readonly adminToken: string | undefined;
  readonly hubspot:
    | {
        readonly clientId: string;
        readonly secrets: readonly string[];
        /** Deliveries signed by version 1 alone are taken too. */
        readonly legacySignatures: boolean;
      }
    | undefined;
  /** The webhooks journal is read too, HubSpot's and the sandbox's. */
  readonly journal: boolean;
  readonly demo: { readonly contacts: number; readonly seed: number };
  /** Phrases reply drafts; `undefined` = off. */
  readonly llm:
    | {
        readonly url: string;
        readonly model: string;
        readonly key: string | undefined;
        readonly timeoutMs: number;
      }
    | undefined;
  readonly logLevel: Environment['RAPPORT_LOG_LEVEL'];
}

/** Options of the command line outrank the environment. Throws `config_invalid` naming the variable. */
export function readConfig(
  environment: NodeJS.ProcessEnv,
  overrides: Readonly<Record<string, string | undefined>> = {},
): Config {
  // What is set to nothing counts as not set, as `.env.example` shows it.
  const set = (values: Readonly<Record<string, string | undefined>>) =>
    Object.fromEntries(Object.entries(values).filter(([, value]) => (value ?? '') !== ''));
  const parsed = environmentSchema.safeParse({ ...set(environment), ...set(overrides) });
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw new RapportError(
      'config_invalid',
      `${issue?.path.join('.')}: ${issue?.message}. See .env.example.`,
    );
  }
  const env = parsed.data;
  if (env.REDIS_URL !== undefined && env.DATABASE_URL === undefined)
    throw new RapportError(
      'config_invalid',
      'REDIS_URL needs DATABASE_URL too: Redis only wakes work that PostgreSQL keeps.',
    );
  if (
    (env.RAPPORT_HUBSPOT_CLIENT_ID === undefined) !==
    (env.RAPPORT_HUBSPOT_CLIENT_SECRET === undefined)
  )
    throw new RapportError(
      'config_invalid',
      'Set both RAPPORT_HUBSPOT_CLIENT_ID and RAPPORT_HUBSPOT_CLIENT_SECRET, or neither.',
    );
  return Object.freeze({
    port: env.PORT,
    host: env.RAPPORT_HOST,
    publicUrl: env.RAPPORT_PUBLIC_URL ?? `http://127.0.0.1:${env.PORT}`,
    dataDir: resolve(env.RAPPORT_DATA_DIR),
    databaseUrl: env.DATABASE_URL,
    redisUrl: env.REDIS_URL,
    encryptionKeys: (env.RAPPORT_ENCRYPTION_KEYS ?? '').split(',').filter((key) => key !== ''),
    adminToken: env.RAPPORT_ADMIN_TOKEN,
    hubspot:
      env.RAPPORT_HUBSPOT_CLIENT_ID === undefined || env.RAPPORT_HUBSPOT_CLIENT_SECRET === undefined
        ? undefined
        : {
            clientId: env.RAPPORT_HUBSPOT_CLIENT_ID,
            secrets: [env.RAPPORT_HUBSPOT_CLIENT_SECRET, env.RAPPORT_HUBSPOT_FORMER_SECRET].filter(
              (secret) => secret !== undefined,
            ),
            legacySignatures: env.RAPPORT_HUBSPOT_LEGACY_SIGNATURES,
          },
    journal: env.RAPPORT_HUBSPOT_JOURNAL,
    demo: { contacts: env.RAPPORT_DEMO_CONTACTS, seed: env.RAPPORT_DEMO_SEED },
    llm:
      env.RAPPORT_LLM_URL === undefined
        ? undefined
        : {
            url: env.RAPPORT_LLM_URL,
            model: env.RAPPORT_LLM_MODEL,
            key: env.RAPPORT_LLM_KEY,
            timeoutMs: env.RAPPORT_LLM_TIMEOUT_MS,
          },
    logLevel: env.RAPPORT_LOG_LEVEL,
  });
}

/** Where the package lies: two folders up from the compiled file's own. */
export const PACKAGE_ROOT = resolve(import.meta.dirname, '../../..');

export const readPackageFile = (path: string): Promise<string> =>
  readFile(resolve(PACKAGE_ROOT, path), 'utf8');
