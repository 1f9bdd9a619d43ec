/** The allowance port in this process's memory: requests within a minute, of an account and of a person. */
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import type { Allowance } from '../ports/allowance.ts';

/** Far above what a team does by hand: a card is one request, its refresh at most six. */
export const PER_MINUTE = { account: 3_000, person: 300 } as const;

export function createAllowance(): Allowance {
  const accounts = new RateLimiterMemory({ points: PER_MINUTE.account, duration: 60 });
  const people = new RateLimiterMemory({ points: PER_MINUTE.person, duration: 60 });
  return {
    async take(account, person) {
      try {
        // The person first: what they ask in vain costs their account nothing.
        if (person !== null) await people.consume(`${account} ${person}`);
        await accounts.consume(account);
        return null;
      } catch (refusal) {
        if (refusal instanceof RateLimiterRes) return refusal.msBeforeNext;
        throw refusal;
      }
    },
  };
}
