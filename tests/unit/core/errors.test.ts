/** The error taxonomy: a code alone says what status is answered and whether to try again. */
import { expect, test } from 'vitest';
import { ERROR_CODES, type ErrorCode, RapportError } from '../../../src/core/errors.ts';

test.each(Object.keys(ERROR_CODES) as ErrorCode[])('%s carries its status and retry', (code) => {
  const cause = new Error('below');
  const error = new RapportError(code, 'what to do', { cause, retryAfterMs: 5 });
  expect(error).toMatchObject({ ...pick(code), message: 'what to do', retryAfterMs: 5, cause });
  expect(code).toMatch(/^[a-z]+(_[a-z]+)*$/);
});

const pick = (code: ErrorCode) => ({
  status: ERROR_CODES[code].status,
  retry: ERROR_CODES[code].retry,
});
