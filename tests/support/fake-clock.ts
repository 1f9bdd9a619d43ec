/** A clock that stands still until it is told otherwise. */
import type { Clock } from '../../src/ports/clock.ts';

export interface FakeClock extends Clock {
  advance(ms: number): void;
  set(at: Date): void;
}

export function createFakeClock(start = new Date('2026-03-02T10:00:00Z')): FakeClock {
  let now = start.getTime();
  return {
    now: () => new Date(now),
    advance: (ms) => {
      now += ms;
    },
    set: (at) => {
      now = at.getTime();
    },
  };
}
