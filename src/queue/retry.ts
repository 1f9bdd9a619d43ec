/** Decides, from the error alone, whether a job is given up, waits, or is tried again. */
import { RapportError } from '../core/errors.ts';

export type RetryDecision =
  | { readonly action: 'give_up' }
  | { readonly action: 'wait'; readonly ms: number }
  | { readonly action: 'try_again' };

const DEFAULT_WAIT_MS = 10_000;

/** An error that is not ours counts as a passing one. */
export function decideRetry(error: unknown): RetryDecision {
  if (!(error instanceof RapportError)) return { action: 'try_again' };
  switch (error.retry) {
    case 'never':
      return { action: 'give_up' };
    case 'after':
      return { action: 'wait', ms: error.retryAfterMs ?? DEFAULT_WAIT_MS };
    case 'later':
      return { action: 'try_again' };
  }
}
