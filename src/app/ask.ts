/** How a one-off command gets its answer: from the running server, or from the store when none runs. */
import { RapportError } from '../core/errors.ts';
import type { FlowContext } from '../flows/context.ts';
import { readSandboxInfo } from '../hosts/sandbox/sandbox.ts';
import { composeApp, openParts } from './compose.ts';
import type { Config } from './config.ts';
import type { Closers } from './shutdown.ts';

export interface Question {
  readonly method?: 'GET' | 'POST' | 'PUT';
  readonly path: string;
  readonly body?: unknown;
}

/**
 * Asks the server on our port; `null` when there is none.
 * @throws RapportError config_invalid with the server's own sentence when it refuses.
 */
export async function askServer<T>(config: Config, question: Question): Promise<T | null> {
  const response = await fetch(`http://127.0.0.1:${config.port}${question.path}`, {
    method: question.method ?? 'GET',
    headers: {
      ...(config.adminToken === undefined ? {} : { authorization: `Bearer ${config.adminToken}` }),
      ...(question.body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(question.body === undefined ? {} : { body: JSON.stringify(question.body) }),
  }).catch(() => null);
  if (response === null) return null;
  const answer = (await response.json().catch(() => null)) as
    | (T & { error?: { message: string } })
    | null;
  if (answer === null) return null;
  if (!response.ok)
    throw new RapportError(
      'config_invalid',
      answer.error?.message ?? `The server on port ${config.port} answered ${response.status}.`,
    );
  return answer;
}

/** The server's answer, or that of `here` on a context opened for it. */
export async function ask<T>(
  config: Config,
  closers: Closers,
  question: Question,
  here: (ctx: FlowContext) => Promise<T>,
): Promise<T> {
  const running = await askServer<T>(config, question);
  if (running !== null) return running;
  const parts = await openParts(config, closers);
  const info = await readSandboxInfo(parts.sql, config.publicUrl);
  return here(composeApp(config, parts, info, () => {}).ctx);
}
