/** Are the services there, and fit for use? Said in one sentence before anything is built on them. */
import { setTimeout } from 'node:timers/promises';
import type { Redis } from 'ioredis';
import { RapportError } from '../core/errors.ts';

const REACH_MS = 10_000;

/** Throws `config_invalid` naming the variable when `probe` fails or takes longer than ten seconds. */
export async function reach(
  name: string,
  variable: string,
  probe: () => Promise<unknown>,
): Promise<void> {
  try {
    await Promise.race([
      probe(),
      setTimeout(REACH_MS, undefined, { ref: false }).then(() => {
        throw new Error('no answer');
      }),
    ]);
  } catch (cause) {
    const reason =
      cause instanceof Error
        ? cause.message || String((cause as { code?: string }).code)
        : String(cause);
    throw new RapportError(
      'config_invalid',
      `${name} cannot be reached (${reason}); check ${variable}.`,
      { cause },
    );
  }
}

/** A Redis that may drop keys would drop jobs. Managed servers that hide the setting are trusted. */
export async function refuseEviction(redis: Redis): Promise<void> {
  const [, policy] =
    ((await redis.config('GET', 'maxmemory-policy').catch(() => [])) as string[]) ?? [];
  if (policy !== undefined && policy !== 'noeviction')
    throw new RapportError(
      'config_invalid',
      `Redis may evict jobs (maxmemory-policy ${policy}); set it to noeviction.`,
    );
}

/** Whether what Redis holds is gone with its process. Managed servers that hide the setting are trusted. */
export async function isForgetful(redis: Redis): Promise<boolean> {
  const [, appendOnly] =
    ((await redis.config('GET', 'appendonly').catch(() => [])) as string[]) ?? [];
  return appendOnly === 'no';
}
