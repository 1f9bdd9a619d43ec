/** An answer in time, or none: somebody waits, and the store may hang. */
import { RapportError } from '../core/errors.ts';

/**
 * What `work` gives, or `store_unavailable` after `ms` milliseconds. The work itself goes on; what
 * becomes of it then is nobody's.
 */
export function inTime<T>(work: Promise<T>, ms: number): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(
      () =>
        reject(
          new RapportError('store_unavailable', 'The store did not answer in time; try again.'),
        ),
      ms,
    );
  });
  return Promise.race([work, late]).finally(() => clearTimeout(timer));
}
