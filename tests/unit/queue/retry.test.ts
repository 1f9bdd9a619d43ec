/** The one place that decides whether a failed job is tried again. */
import { expect, test } from 'vitest';
import { ERROR_CODES, type ErrorCode, RapportError } from '../../../src/core/errors.ts';
import { decideRetry } from '../../../src/queue/retry.ts';

test.each(Object.keys(ERROR_CODES) as ErrorCode[])('%s', (code) => {
  const { retry } = ERROR_CODES[code];
  const expected = { never: 'give_up', later: 'try_again', after: 'wait' }[retry];
  expect(decideRetry(new RapportError(code, 'x')).action).toBe(expected);
});

test('waits as long as the host said, or ten seconds', () => {
  const limited = (retryAfterMs?: number) =>
    new RapportError('host_rate_limited', 'x', retryAfterMs === undefined ? {} : { retryAfterMs });
  expect(decideRetry(limited(250))).toEqual({ action: 'wait', ms: 250 });
  expect(decideRetry(limited(0))).toEqual({ action: 'wait', ms: 0 });
  expect(decideRetry(limited())).toEqual({ action: 'wait', ms: 10_000 });
});

test.each([new Error('x'), 'text', null, undefined, { retry: 'never' }])(
  'F75 what is not ours counts as passing: %s',
  (error) => {
    expect(decideRetry(error)).toEqual({ action: 'try_again' });
  },
);
