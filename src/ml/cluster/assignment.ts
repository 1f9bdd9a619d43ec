/** Optimal assignment: which row goes with which column at the least total cost. */

/**
 * Kuhn (1955), "The Hungarian method", in the O(rows² × columns) form with shortest augmenting
 * paths (Jonker, Volgenant 1987).
 * @param cost row-major costs, finite; at most as many rows as columns.
 * @returns the column of every row, each column once.
 */
export function assign(cost: readonly (readonly number[])[]): number[] {
  const rows = cost.length;
  const cols = cost[0]?.length ?? 0;
  const rowPrice = new Float64Array(rows + 1);
  const colPrice = new Float64Array(cols + 1);
  /** Row held by each column; 0 is nobody, and both are counted from 1. */
  const holder = new Int32Array(cols + 1);
  const cameFrom = new Int32Array(cols + 1);
  for (let row = 1; row <= rows; row++) {
    holder[0] = row;
    let at = 0;
    const slack = new Float64Array(cols + 1).fill(Number.POSITIVE_INFINITY);
    const seen = new Uint8Array(cols + 1);
    do {
      seen[at] = 1;
      const own = holder[at]!;
      let step = Number.POSITIVE_INFINITY;
      let next = 0;
      for (let j = 1; j <= cols; j++) {
        if (seen[j] === 1) continue;
        const reduced = (cost[own - 1]?.[j - 1] ?? 0) - rowPrice[own]! - colPrice[j]!;
        if (reduced < slack[j]!) {
          slack[j] = reduced;
          cameFrom[j] = at;
        }
        if (slack[j]! < step) {
          step = slack[j]!;
          next = j;
        }
      }
      for (let j = 0; j <= cols; j++) {
        if (seen[j] === 1) {
          rowPrice[holder[j]!] = rowPrice[holder[j]!]! + step;
          colPrice[j] = colPrice[j]! - step;
        } else slack[j] = slack[j]! - step;
      }
      at = next;
    } while (holder[at] !== 0);
    for (; at !== 0; at = cameFrom[at]!) holder[at] = holder[cameFrom[at]!]!;
  }
  const columns = new Array<number>(rows).fill(-1);
  for (let j = 1; j <= cols; j++) if (holder[j]! > 0) columns[holder[j]! - 1] = j - 1;
  return columns;
}
