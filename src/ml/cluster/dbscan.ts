/** DBSCAN: clusters of any shape where rows lie densely, the rest is noise. */
import { RapportError } from '../../core/errors.ts';
import { requireFinite } from '../finite.ts';
import type { Matrix } from '../matrix.ts';
import { openTeam, sharedInts } from '../parallel.ts';
import { DBSCAN, type DbscanData, eachPairOf } from './dbscan-kernel.ts';
import { buildKdTree } from './kd-tree.ts';

export interface DbscanOptions {
  /** Radius, in the units of the columns; rows at exactly this distance are neighbours. */
  readonly eps: number;
  /** Rows within the radius, itself included, that make a row a core. Default 5. */
  readonly minSamples?: number;
}

export interface DbscanFit {
  /** Cluster of every row, −1 for noise. Clusters are numbered by their first core row. */
  readonly labels: Int32Array;
  readonly core: Uint8Array;
  readonly clusters: number;
}

/** Numbers a leaf, and all of them, may write for pairs; what does not fit is searched again. */
const ROOM = 16_384;
const ROOM_IN_ALL = 2 ** 25;
/** Below this many rows a second thread costs more than it brings. */
const WORTH_SHARING = 3000;

/**
 * Ester, Kriegel, Sander, Xu (1996), "A density-based algorithm for discovering clusters", KDD.
 * A border row within reach of several clusters belongs to the first of them, which is what
 * expanding the clusters one after the other gives. Memory stays linear in the rows.
 */
export class Dbscan {
  readonly options: DbscanOptions;

  constructor(options: DbscanOptions) {
    this.options = options;
  }

  /**
   * @param columns names for messages.
   * @throws RapportError config_invalid for a radius or minimum that is not positive;
   *   not_enough_data without rows; invalid_payload when a value is not finite.
   */
  fit(x: Matrix, columns?: readonly string[]): DbscanFit {
    const { eps, minSamples = 5 } = this.options;
    if (!(eps > 0 && Number.isFinite(eps)))
      throw new RapportError('config_invalid', `the radius must be positive, not ${eps}`);
    if (!(Number.isInteger(minSamples) && minSamples > 0))
      throw new RapportError('config_invalid', `a core needs 1 row or more, not ${minSamples}`);
    requireFinite(x, columns);
    const tree = buildKdTree(x);
    const room = Math.min(ROOM, Math.floor(ROOM_IN_ALL / tree.leaves));
    const data: DbscanData = {
      ...tree,
      reach: eps * eps,
      pairs: sharedInts(tree.leaves * room),
      room,
      written: sharedInts(tree.leaves),
    };
    const team = openTeam(DBSCAN, data, tree.n < WORTH_SHARING ? 1 : undefined);
    try {
      team.round(tree.leaves);
    } finally {
      team.close();
    }
    return label(data, minSamples);
  }
}

function label(data: DbscanData, minSamples: number): DbscanFit {
  const { n, rows, leaves } = data;
  const neighbours = new Int32Array(n).fill(1);
  for (let leaf = 0; leaf < leaves; leaf++)
    eachPair(data, leaf, (one, other) => {
      neighbours[one] = neighbours[one]! + 1;
      neighbours[other] = neighbours[other]! + 1;
    });
  const core = new Uint8Array(n);
  for (let p = 0; p < n; p++) if (neighbours[p]! >= minSamples) core[rows[p]!] = 1;
  const leader = Int32Array.from({ length: n }, (_, i) => i);
  const border: number[] = [];
  const join = (one: number, other: number): void => {
    const a = rows[one]!;
    const b = rows[other]!;
    if (core[a] === 1 && core[b] === 1) unite(leader, a, b);
    else if (core[a] !== core[b]) border.push(core[a] === 1 ? b : a, core[a] === 1 ? a : b);
  };
  for (let leaf = 0; leaf < leaves; leaf++) eachPair(data, leaf, join);
  const labels = new Int32Array(n).fill(-1);
  let clusters = 0;
  for (let i = 0; i < n; i++) {
    if (core[i] === 0) continue;
    const first = find(leader, i);
    labels[i] = first === i ? clusters++ : labels[first]!;
  }
  for (let b = 0; b < border.length; b += 2) {
    const row = border[b]!;
    const cluster = labels[border[b + 1]!]!;
    if (labels[row] === -1 || cluster < labels[row]!) labels[row] = cluster;
  }
  return { labels, core, clusters };
}

function eachPair(
  data: DbscanData,
  leaf: number,
  found: (one: number, other: number) => void,
): void {
  const count = data.written[leaf]!;
  const from = leaf * data.room;
  for (let at = from; at < from + count; at += 2) found(data.pairs[at]!, data.pairs[at + 1]!);
  if (count < 0) eachPairOf(data, leaf, found);
}

function find(leader: Int32Array, row: number): number {
  let at = row;
  while (leader[at] !== at) {
    leader[at] = leader[leader[at]!]!;
    at = leader[at]!;
  }
  return at;
}

/** The smaller row number leads, so a cluster's leader is its first core. */
function unite(leader: Int32Array, a: number, b: number): void {
  const one = find(leader, a);
  const other = find(leader, b);
  if (one < other) leader[other] = one;
  else leader[one] = other;
}
