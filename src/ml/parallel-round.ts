/** What the threads of a team agree on: a few shared counters, and how chunks are claimed. */

/** Rounds begun so far; {@link CLOSED} once the team is gone. */
export const ROUND = 0;
/** Chunks of this round nobody has claimed yet; zero or less when there are none. */
export const LEFT = 1;
/** Chunks of this round that are finished. */
export const DONE = 2;
/** Not 0 after an error in a helper. */
export const FAILED = 3;
export const CONTROL_LENGTH = 4;
export const CLOSED = -1;

/**
 * Claims and runs chunks until none is left. Counting down needs no knowledge of the round: a late
 * claim gets either nothing or a good chunk of the next round.
 */
export function workOff(control: Int32Array, run: (chunk: number) => void): void {
  for (;;) {
    const chunk = Atomics.sub(control, LEFT, 1) - 1;
    if (chunk < 0) return;
    run(chunk);
    Atomics.add(control, DONE, 1);
    Atomics.notify(control, DONE);
  }
}
