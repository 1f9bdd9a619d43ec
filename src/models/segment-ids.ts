/** Ids that stay with their group when the groups are fitted anew. */
import { assign } from '../ml/cluster/assignment.ts';

export interface KnownGroup {
  readonly id: string;
  /** When the id was given to this group, ISO 8601. */
  readonly since: string;
  /** On the scale of the new groups. */
  readonly centroid: readonly number[];
}

export interface NewGroup {
  readonly centroid: readonly number[];
  /** Root mean square distance of its members. */
  readonly radius: number;
}

/** `seg_01` … `seg_20`: the options of the CRM property. */
export const SEGMENT_IDS: readonly string[] = Array.from(
  { length: 20 },
  (_, i) => `seg_${String(i + 1).padStart(2, '0')}`,
);

const distance = (a: readonly number[], b: readonly number[]): number =>
  Math.hypot(...a.map((value, j) => value - (b[j] ?? 0)));

/**
 * New groups take the ids of the known ones they lie nearest to, all together (optimal assignment),
 * as long as the old centre lies within the new group's radius. The others get ids nobody has had,
 * then those given up longest ago. Known groups come in the order in which ids may be reused.
 */
export function matchIds(
  groups: readonly NewGroup[],
  known: readonly KnownGroup[],
  since: string,
): { readonly id: string; readonly since: string }[] {
  const width = Math.max(groups.length, known.length);
  const cost = groups.map(({ centroid }) =>
    Array.from({ length: width }, (_, j) => {
      const old = known[j];
      return old === undefined ? 1e9 : distance(centroid, old.centroid);
    }),
  );
  const matched = groups.length === 0 ? [] : assign(cost);
  const kept = groups.map(({ radius }, i) => {
    const old = known[matched[i] ?? -1];
    const gap = cost[i]?.[matched[i] ?? -1] ?? Number.POSITIVE_INFINITY;
    return old !== undefined && gap <= radius ? { id: old.id, since: old.since } : null;
  });
  const taken = new Set(kept.flatMap((k) => (k === null ? [] : [k.id])));
  const had = new Set(known.map(({ id }) => id));
  const free = [
    ...SEGMENT_IDS.filter((id) => !had.has(id)),
    ...known.map(({ id }) => id).filter((id) => !taken.has(id)),
  ];
  return kept.map((k) => k ?? { id: free.shift() ?? '', since });
}
