/** Silhouette width: how much closer rows are to their own cluster than to the next one. */
import { RapportError } from '../../core/errors.ts';
import { requireFinite } from '../finite.ts';
import type { Matrix } from '../matrix.ts';
import { openTeam, sharedDoubles, sharedInts } from '../parallel.ts';
import { SILHOUETTE, type SilhouetteData } from './silhouette-kernel.ts';

/** Blocks of rows the work is shared out in; bounds the memory to about blocks × n doubles. */
const BLOCKS = 32;
/** Below this many rows a second thread costs more than it brings. */
const WORTH_SHARING = 1500;

/**
 * Mean silhouette (Rousseeuw 1987, "Silhouettes", J. Comput. Appl. Math. 20), exact, −1 … 1. Rows
 * with a negative label (noise) are left out; rows alone in their cluster count 0, and so does
 * everything when there is one cluster. O(n²) time: sample tables beyond some ten thousand rows.
 * @throws RapportError invalid_payload when a value is not finite or there is not one label per row.
 */
export function silhouette(x: Matrix, labels: ArrayLike<number>): number {
  requireFinite(x);
  if (labels.length !== x.rows)
    throw new RapportError('invalid_payload', `${labels.length} labels for ${x.rows} rows`);
  const data = sortByCluster(x, labels);
  const { n, k, bounds, blocks, ahead, behind } = data;
  if (n === 0 || k < 2) return 0;
  const team = openTeam(SILHOUETTE, data, n < WORTH_SHARING ? 1 : undefined);
  try {
    team.round(blocks.length / 2);
  } finally {
    team.close();
  }
  let own = 0;
  for (let b = 0; b < blocks.length / 2; b++) {
    while (blocks[2 * b]! >= bounds[own + 1]!) own++;
    for (let i = blocks[2 * b + 1]!; i < n; i++)
      ahead[i * k + own] = ahead[i * k + own]! + behind[b * n + i]!;
  }
  let total = 0;
  for (let i = 0, c = 0; i < n; i++) {
    while (i >= bounds[c + 1]!) c++;
    total += width(data, i, c);
  }
  return total / n;
}

function width({ k, bounds, ahead }: SilhouetteData, i: number, own: number): number {
  const size = bounds[own + 1]! - bounds[own]!;
  if (size < 2) return 0;
  const inside = ahead[i * k + own]! / (size - 1);
  let outside = Number.POSITIVE_INFINITY;
  for (let c = 0; c < k; c++) {
    if (c === own) continue;
    outside = Math.min(outside, ahead[i * k + c]! / (bounds[c + 1]! - bounds[c]!));
  }
  const larger = Math.max(inside, outside);
  return larger > 0 ? (outside - inside) / larger : 0;
}

/** The rows with a label, sorted by it; labels nobody has are closed up. */
function sortByCluster({ cols: d, data: x }: Matrix, labels: ArrayLike<number>): SilhouetteData {
  const rows = Int32Array.from(labels, (_, i) => i).filter((i) => labels[i]! >= 0);
  rows.sort((a, b) => labels[a]! - labels[b]! || a - b);
  const n = rows.length;
  const starts: number[] = [];
  const blocks: number[] = [];
  const size = Math.max(64, Math.ceil(n / BLOCKS));
  const points = sharedDoubles(n * d);
  for (let i = 0; i < n; i++) {
    const row = rows[i]! * d;
    for (let j = 0; j < d; j++) points[i * d + j] = x[row + j]!;
    const next = i === 0 || labels[rows[i]!] !== labels[rows[i - 1]!];
    if (next) starts.push(i);
    if (next || i - blocks.at(-2)! >= size) blocks.push(i, i + 1);
    else blocks[blocks.length - 1] = i + 1;
  }
  const k = starts.length;
  const bounds = sharedInts(k + 1);
  bounds.set([...starts, n]);
  const shared = sharedInts(blocks.length);
  shared.set(blocks);
  const ahead = sharedDoubles(n * k);
  const behind = sharedDoubles((blocks.length / 2) * n);
  return { points, n, d, k, bounds, blocks: shared, ahead, behind };
}
