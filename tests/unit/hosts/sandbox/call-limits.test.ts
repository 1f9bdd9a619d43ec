/** The sliding window of calls. */
import { expect, test } from 'vitest';
import { createCallLimits, GENERAL_LIMIT } from '../../../../src/hosts/sandbox/call-limits.ts';
import { createFakeClock } from '../../../support/fake-clock.ts';

test('110 calls fit into any ten seconds, and not one more', () => {
  const clock = createFakeClock();
  const limits = createCallLimits(clock);
  const take = () => limits.take('a', GENERAL_LIMIT).allowed;
  for (let i = 0; i < 55; i++) expect(take()).toBe(true);
  clock.advance(9_999);
  for (let i = 0; i < 55; i++) expect(take()).toBe(true);
  expect(take()).toBe(false);
  clock.advance(1);
  for (let i = 0; i < 55; i++) expect(take()).toBe(true);
  expect(take()).toBe(false);
  expect(limits.counts()['a']).toMatchObject({ allowed: 165, refused: 2 });
});

test('a refused call takes no place, and accounts do not share a window', () => {
  const clock = createFakeClock();
  const limits = createCallLimits(clock);
  const rule = { calls: 1, windowMs: 1_000 };
  expect(limits.take('a', rule).allowed).toBe(true);
  expect(limits.take('b', rule).allowed).toBe(true);
  clock.advance(500);
  expect(limits.take('a', rule).allowed).toBe(false);
  clock.advance(500);
  expect(limits.take('a', rule).allowed).toBe(true);
  expect(limits.counts()['a']?.mostInWindow).toBe(2);
});

test('faster time makes the window shorter', () => {
  const clock = createFakeClock();
  const limits = createCallLimits(clock);
  limits.setSpeed(10);
  const rule = { calls: 1, windowMs: 1_000 };
  expect(limits.take('a', rule).allowed).toBe(true);
  clock.advance(100);
  expect(limits.take('a', rule).allowed).toBe(true);
});
