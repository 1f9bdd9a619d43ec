/** Frequent item sets: the sets Apriori finds, by depth-first occurrence delivery. */
import { RapportError } from '../../core/errors.ts';

/** Baskets in compressed rows. Items are numbers 0 … itemCount − 1; repeats inside a basket count once. */
export interface Baskets {
  readonly itemCount: number;
  /** Basket i holds `items[offsets[i]] … items[offsets[i + 1] − 1]`. */
  readonly offsets: Int32Array;
  readonly items: Int32Array;
}

/**
 * Every frequent set as one node of a prefix tree: the set is the node's item and those of its
 * ancestors. Node 0 is the empty set; a parent comes before its children.
 */
export interface ItemSets {
  readonly baskets: number;
  /** Smallest number of baskets that counts as frequent. */
  readonly minCount: number;
  /** Frequent sets, the empty one not counted. */
  readonly size: number;
  readonly parent: Int32Array;
  readonly item: Int32Array;
  readonly count: Int32Array;
  readonly depth: Uint8Array;
}

export interface ItemSetOptions {
  /** Share of the baskets, in (0, 1]. */
  readonly minSupport: number;
  /** Longest set. */
  readonly maxLength?: number;
  /** More sets than this are refused instead of filling the memory. */
  readonly maxSets?: number;
}

/** The item numbers of a node, rarest first. */
export function itemsOf(sets: ItemSets, node: number): number[] {
  const items: number[] = [];
  for (let at = node; at > 0; at = sets.parent[at]!) items.push(sets.item[at]!);
  return items.reverse();
}

/**
 * All sets in at least ⌈minSupport · n⌉ baskets. Items are ordered by how rare they are; a set's
 * occurrences are carried as positions behind its last item, and one pass over the rests of those
 * baskets counts every extension at once (LCM: Uno, Kiyomi, Arimura 2004). Deterministic.
 * @throws RapportError invalid_payload for a support outside (0, 1], a wrong item number, or too many sets.
 */
export function frequentItemSets(baskets: Baskets, options: ItemSetOptions): ItemSets {
  const { minSupport, maxLength = 10, maxSets = 5_000_000 } = options;
  if (!(minSupport > 0 && minSupport <= 1))
    throw new RapportError(
      'invalid_payload',
      `support must be above 0 and at most 1, not ${minSupport}`,
    );
  const n = baskets.offsets.length - 1;
  const minCount = Math.max(1, Math.ceil(minSupport * n - 1e-9));
  const { rows, starts, itemAt, ranks } = rankedRows(baskets, minCount);
  const found = growing(maxSets);
  const counts = new Int32Array(ranks);
  const place = new Int32Array(ranks).fill(-1);
  let arena = new Int32Array(Math.max(1024, rows.length * 2));

  const reserve = (to: number): void => {
    if (to <= arena.length) return;
    const larger = new Int32Array(Math.max(to, arena.length * 2));
    larger.set(arena);
    arena = larger;
  };
  /** Extends the set of `node`, whose occurrences are `arena[from … to − 1]`; the arena is free from `free` on. */
  const extend = (node: number, length: number, from: number, to: number, free: number): void => {
    const touched: number[] = [];
    for (let i = from; i < to; i++) {
      for (let at = arena[i]!; rows[at]! >= 0; at++) {
        const rank = rows[at]!;
        if (counts[rank] === 0) touched.push(rank);
        counts[rank] = counts[rank]! + 1;
      }
    }
    const frequent = touched.filter((rank) => counts[rank]! >= minCount).sort((a, b) => a - b);
    const ends: number[] = [];
    let end = free;
    for (const rank of frequent) {
      place[rank] = end;
      end += counts[rank]!;
      ends.push(end);
    }
    for (const rank of touched) counts[rank] = 0;
    const deeper = length + 1 < maxLength;
    if (frequent.length > 0 && deeper) {
      reserve(end);
      for (let i = from; i < to; i++) {
        for (let at = arena[i]!; rows[at]! >= 0; at++) {
          const rank = rows[at]!;
          const into = place[rank]!;
          if (into < 0) continue;
          arena[into] = at + 1;
          place[rank] = into + 1;
        }
      }
    }
    for (const rank of frequent) place[rank] = -1;
    let begin = free;
    for (let k = 0; k < frequent.length; k++) {
      const rank = frequent[k]!;
      const stop = ends[k]!;
      const child = found.add(node, itemAt[rank]!, stop - begin, length + 1);
      if (deeper) extend(child, length + 1, begin, stop, end);
      begin = stop;
    }
  };
  const root = found.add(-1, -1, n, 0);
  reserve(starts.length);
  arena.set(starts);
  if (maxLength > 0) extend(root, 0, 0, starts.length, starts.length);
  return { baskets: n, minCount, ...found.finish() };
}

/** Baskets over frequent items only, each sorted from rare to frequent and closed by −1. */
function rankedRows({ itemCount, offsets, items }: Baskets, minCount: number) {
  const counts = new Int32Array(itemCount);
  const seen = new Int32Array(itemCount).fill(-1);
  const n = offsets.length - 1;
  for (let basket = 0; basket < n; basket++) {
    for (let i = offsets[basket]!; i < offsets[basket + 1]!; i++) {
      const item = items[i]!;
      if (!(item >= 0 && item < itemCount))
        throw new RapportError('invalid_payload', `basket ${basket} holds item number ${item}`);
      if (seen[item] === basket) continue;
      seen[item] = basket;
      counts[item] = counts[item]! + 1;
    }
  }
  const itemAt = Array.from(counts, (_, item) => item)
    .filter((item) => counts[item]! >= minCount)
    .sort((a, b) => counts[a]! - counts[b]! || a - b);
  const rankOf = new Int32Array(itemCount).fill(-1);
  itemAt.forEach((item, rank) => {
    rankOf[item] = rank;
  });
  const rows = new Int32Array(items.length + n);
  const starts: number[] = [];
  seen.fill(-1);
  let at = 0;
  for (let basket = 0; basket < n; basket++) {
    const start = at;
    for (let i = offsets[basket]!; i < offsets[basket + 1]!; i++) {
      const item = items[i]!;
      if (rankOf[item]! < 0 || seen[item] === basket) continue;
      seen[item] = basket;
      rows[at++] = rankOf[item]!;
    }
    if (at === start) continue;
    rows.subarray(start, at).sort();
    rows[at++] = -1;
    starts.push(start);
  }
  return { rows: rows.subarray(0, at), starts, itemAt, ranks: itemAt.length };
}

function growing(maxSets: number) {
  let parent = new Int32Array(1024);
  let item = new Int32Array(1024);
  let count = new Int32Array(1024);
  let depth = new Uint8Array(1024);
  let size = 0;
  const grown = (old: Int32Array): Int32Array<ArrayBuffer> => {
    const larger = new Int32Array(old.length * 2);
    larger.set(old);
    return larger;
  };
  return {
    add(above: number, what: number, baskets: number, length: number): number {
      if (size > maxSets)
        throw new RapportError(
          'invalid_payload',
          `more than ${maxSets} item sets are that frequent: raise the support or shorten the sets`,
        );
      if (size === parent.length) {
        parent = grown(parent);
        item = grown(item);
        count = grown(count);
        const deeper = new Uint8Array(depth.length * 2);
        deeper.set(depth);
        depth = deeper;
      }
      parent[size] = above;
      item[size] = what;
      count[size] = baskets;
      depth[size] = length;
      return size++;
    },
    finish: () => ({
      size: size - 1,
      parent: parent.slice(0, size),
      item: item.slice(0, size),
      count: count.slice(0, size),
      depth: depth.slice(0, size),
    }),
  };
}
