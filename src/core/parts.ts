/** A long list in parts that a call or a statement can take. */

/** In order, each of `size` items, the last one of what is left. */
export const partsOf = <T>(items: readonly T[], size: number): T[][] =>
  Array.from({ length: Math.ceil(items.length / size) }, (_, n) =>
    items.slice(n * size, (n + 1) * size),
  );
