/** Work side by side, of which none goes on behind the back of whoever waited for it. */

/** What each gave, once all have ended; the first failure is thrown only then. */
export async function allEnded<T>(work: readonly Promise<T>[]): Promise<T[]> {
  const ended = await Promise.allSettled(work);
  return ended.map((e) => {
    if (e.status === 'rejected') throw e.reason;
    return e.value;
  });
}
