/** HubSpot's call limits: a true sliding window per app of an account, and one of searches. */
import type { Clock } from '../../ports/clock.ts';

export interface WindowRule {
  readonly calls: number;
  readonly windowMs: number;
}
export const GENERAL_LIMIT: WindowRule = { calls: 110, windowMs: 10_000 };
export const SEARCH_LIMIT: WindowRule = { calls: 5, windowMs: 1_000 };

export interface CallCounts {
  readonly allowed: number;
  readonly refused: number;
  /** Most calls, allowed or refused, seen in any window so far. */
  readonly mostInWindow: number;
}

export interface CallLimits {
  /** Counts one call of `key`; `allowed: false` when the window is full. A refused call takes no place. */
  take(key: string, rule: WindowRule): { allowed: boolean; remaining: number };
  /** Time runs this much faster in the limiter. */
  setSpeed(factor: number): void;
  counts(): Record<string, CallCounts>;
  reset(): void;
}

interface Window {
  allowedAt: number[];
  seenAt: number[];
  allowed: number;
  refused: number;
  mostInWindow: number;
}

export function createCallLimits(clock: Clock): CallLimits {
  const windows = new Map<string, Window>();
  let speed = 1;

  function windowOf(key: string): Window {
    let found = windows.get(key);
    if (found === undefined) {
      found = { allowedAt: [], seenAt: [], allowed: 0, refused: 0, mostInWindow: 0 };
      windows.set(key, found);
    }
    return found;
  }

  return {
    take(key, rule) {
      const window = windowOf(key);
      const now = clock.now().getTime();
      const since = now - rule.windowMs / speed;
      dropUntil(window.allowedAt, since);
      dropUntil(window.seenAt, since);
      window.seenAt.push(now);
      window.mostInWindow = Math.max(window.mostInWindow, window.seenAt.length);
      const allowed = window.allowedAt.length < rule.calls;
      if (allowed) window.allowedAt.push(now);
      if (allowed) window.allowed++;
      else window.refused++;
      return { allowed, remaining: rule.calls - window.allowedAt.length };
    },
    setSpeed(factor) {
      speed = factor;
    },
    counts: () =>
      Object.fromEntries(
        [...windows].map(([key, { allowed, refused, mostInWindow }]) => [
          key,
          { allowed, refused, mostInWindow },
        ]),
      ),
    reset: () => windows.clear(),
  };
}

/** A call exactly one window old has left it. */
function dropUntil(times: number[], since: number): void {
  let gone = 0;
  while (gone < times.length && (times[gone] ?? 0) <= since) gone++;
  if (gone > 0) times.splice(0, gone);
}
