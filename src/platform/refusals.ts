/** The refusals port in this process's memory: 60 refusals of one address within a minute. */
import { RateLimiterMemory } from 'rate-limiter-flexible';
import type { Refusals } from '../ports/refusals.ts';

export function createRefusals(): Refusals {
  const limiter = new RateLimiterMemory({ points: 60, duration: 60 });
  return {
    async note(source) {
      await limiter.penalty(source);
    },
    isUsedUp: async (source) => (await limiter.get(source))?.remainingPoints === 0,
  };
}
