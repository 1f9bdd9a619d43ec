/** Closes what was opened, in reverse order, once. */
export interface Closers {
  add(close: () => Promise<unknown>): void;
  /** Every closer runs even if one fails; the first failure is thrown at the end. */
  closeAll(): Promise<void>;
}

export function createClosers(): Closers {
  const closers: (() => Promise<unknown>)[] = [];
  let closing: Promise<void> | undefined;
  async function run(): Promise<void> {
    const failures: unknown[] = [];
    for (const close of closers.reverse())
      await close().catch((error: unknown) => failures.push(error));
    if (failures.length > 0) throw failures[0];
  }
  return {
    add: (close) => void closers.push(close),
    closeAll: () => {
      closing ??= run();
      return closing;
    },
  };
}
