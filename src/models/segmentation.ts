/** Groups of similar customers: K-means over purchases, contacts and cases, outliers apart. */
import { RapportError } from '../core/errors.ts';
import type { SegmentScore } from '../core/score.ts';
import type { Past } from '../features/past.ts';
import {
  fitStandard,
  readable,
  requireSame,
  type Standard,
  standardise,
} from '../features/standard.ts';
import { sampleRows } from '../ml/cluster/kmeans-runs.ts';
import { type KSearch, searchK } from '../ml/cluster/kmeans-search.ts';
import { matrixFromRows } from '../ml/matrix.ts';
import { byWeight } from './explain.ts';
import { significant, significantAll } from './numbers.ts';
import { type KnownGroup, matchIds } from './segment-ids.ts';
import { type GroupFacts, NAMED_FEATURES, nameGroups } from './segment-names.ts';
import { fitOutliers, isOutlier, type Outliers } from './segment-outliers.ts';

/** What groups are made of, in order. */
export const SEGMENT_FEATURES = [
  'recency_days',
  'purchases',
  'spent',
  'signs_year',
  'sent_year',
  'silence_days',
  'cases_year',
] as const;

export const OUTLIER = 'outlier';

export interface Segment {
  readonly id: string;
  /** When the id was given to this group, ISO 8601. */
  readonly since: string;
  /** Words joined by `+`; see segment-names.ts. */
  readonly code: string;
  /** In standard deviations. */
  readonly centroid: readonly number[];
  readonly size: number;
}

/** Plain data. */
export interface SegmentModel {
  readonly standard: Standard;
  readonly segments: readonly Segment[];
  /** Groups that are no more, latest last: their ids come back with them. */
  readonly retired: readonly Pick<Segment, 'id' | 'since' | 'centroid'>[];
  readonly outliers: Outliers | null;
  readonly outlierCount: number;
  readonly tried: readonly {
    readonly k: number;
    readonly silhouette: number;
    readonly stability: number;
  }[];
  readonly silhouette: number;
  readonly stability: number;
}

/** Contacts below this number cannot be told apart in groups. */
const MIN_CONTACTS = 12;
const MAX_K = 7;
const SAMPLE = { outliers: 1000, fit: 2000 } as const;

/**
 * `null` while there are fewer than 12 contacts, or fewer than 3 different ones. k is the stable one
 * of the best silhouette. Ids and their order come from `before`, the groups of the last training.
 */
export function fitSegments(
  pasts: readonly Past[],
  asOf: Date,
  seed: number,
  before: SegmentModel | null = null,
): SegmentModel | null {
  if (pasts.length < MIN_CONTACTS) return null;
  const standard = fitStandard(SEGMENT_FEATURES, pasts);
  const points = pasts.map((past) => standardise(standard, past));
  const all = matrixFromRows(points, SEGMENT_FEATURES);
  const outliers = fitOutliers(sampleRows(all, SAMPLE.outliers, seed).x);
  const out = points.map((point) => outliers !== null && isOutlier(outliers, point));
  const inliers = points.filter((_, i) => !out[i]);
  const found = groupsOf(inliers, seed);
  if (found === null) return null;
  const { rows: k, cols, data } = found.model.centroids;
  const centroids = Array.from({ length: k }, (_, c) =>
    significantAll(data.subarray(c * cols, (c + 1) * cols)),
  ).sort(richestFirst);
  const own = points.map((point, i) => (out[i] ? -1 : (nearest(centroids, point)[0]?.group ?? 0)));
  const groups = centroids.map((centroid, g) => ({
    centroid,
    radius: radiusOf(
      centroid,
      points.filter((_, i) => own[i] === g),
    ),
  }));
  const ids = matchIds(groups, knownGroups(before, standard), asOf.toISOString());
  const codes = nameGroups(groupFacts(pasts, own, k));
  const segments = centroids.map((centroid, g) => ({
    id: ids[g]?.id ?? '',
    since: ids[g]?.since ?? '',
    code: codes[g] ?? '',
    centroid,
    size: own.filter((group) => group === g).length,
  }));
  return {
    standard,
    segments: segments.sort((a, b) => (a.id < b.id ? -1 : 1)),
    retired: retired(before, standard, segments),
    outliers,
    outlierCount: out.filter(Boolean).length,
    tried: found.tried.map((t) => ({
      k: t.k,
      silhouette: significant(t.silhouette),
      stability: significant(t.stability),
    })),
    silhouette: significant(found.best.silhouette),
    stability: significant(found.best.stability),
  };
}

function groupsOf(points: readonly (readonly number[])[], seed: number): KSearch | null {
  const { x } = sampleRows(matrixFromRows(points, SEGMENT_FEATURES), SAMPLE.fit, seed);
  try {
    return searchK(x, { minK: 3, maxK: MAX_K, starts: 5, bootstraps: 10, seed }, SEGMENT_FEATURES);
  } catch (error) {
    if (error instanceof RapportError && error.code === 'not_enough_data') return null;
    throw error;
  }
}

const SPENT = SEGMENT_FEATURES.indexOf('spent');

function richestFirst(a: readonly number[], b: readonly number[]): number {
  const order = [SPENT, ...a.keys()];
  for (const j of order) if (a[j] !== b[j]) return (b[j] ?? 0) - (a[j] ?? 0);
  return 0;
}

function radiusOf(centroid: readonly number[], members: readonly (readonly number[])[]): number {
  const squares = members.reduce((sum, point) => sum + squared(centroid, point), 0);
  return Math.sqrt(squares / Math.max(1, members.length));
}

/** The groups of the last training, put on the new scale. */
function knownGroups(before: SegmentModel | null, standard: Standard): KnownGroup[] {
  if (before === null || before.standard.hash !== standard.hash) return [];
  return [...before.retired, ...before.segments].map(({ id, since, centroid }) => ({
    id,
    since,
    centroid: centroid.map((z, j) =>
      significant(
        (z * (before.standard.sd[j] ?? 1) +
          (before.standard.mean[j] ?? 0) -
          (standard.mean[j] ?? 0)) /
          (standard.sd[j] ?? 1),
      ),
    ),
  }));
}

const retired = (
  before: SegmentModel | null,
  standard: Standard,
  segments: readonly Segment[],
): KnownGroup[] =>
  knownGroups(before, standard).filter(({ id }) => !segments.some((s) => s.id === id));

function groupFacts(pasts: readonly Past[], own: readonly number[], groups: number): GroupFacts[] {
  const standard = fitStandard(NAMED_FEATURES, pasts);
  const sums = Array.from({ length: groups }, () => ({
    size: 0,
    buyers: 0,
    mean: new Float64Array(NAMED_FEATURES.length),
    known: new Float64Array(NAMED_FEATURES.length),
  }));
  pasts.forEach((past, i) => {
    const sum = sums[own[i] ?? -1];
    if (sum === undefined) return;
    sum.size++;
    if (past.purchases.length > 0) sum.buyers++;
    standardise(standard, past).forEach((z, j) => {
      // What is not known lies exactly at the mean.
      if (z === 0) return;
      sum.mean[j] = sum.mean[j]! + z;
      sum.known[j] = sum.known[j]! + 1;
    });
  });
  return sums.map(({ size, buyers, mean, known }) => ({
    buyers: buyers / Math.max(1, size),
    effects: new Map(
      NAMED_FEATURES.map((name, j) => [
        name,
        { mean: mean[j]! / Math.max(1, known[j]!), known: known[j]! },
      ]),
    ),
  }));
}

const squared = (a: readonly number[], b: readonly number[]): number =>
  a.reduce((sum, value, j) => sum + (value - (b[j] ?? 0)) ** 2, 0);

const nearest = (centroids: readonly (readonly number[])[], point: readonly number[]) =>
  centroids
    .map((centroid, group) => ({ group, squares: squared(centroid, point) }))
    .sort((a, b) => a.squares - b.squares || a.group - b.group);

/**
 * The nearest group, or `outlier`. `distance` is Euclidean in standard deviations. Effects of a
 * member add up to how much farther the runner-up is (difference of the squared distances); those of
 * an outlier to its squared distance from the nearest group.
 */
export function scoreSegment(model: SegmentModel, past: Past): SegmentScore {
  requireSame(model.standard, SEGMENT_FEATURES);
  const point = standardise(model.standard, past);
  const ranked = nearest(
    model.segments.map((s) => s.centroid),
    point,
  );
  const own = model.segments[ranked[0]?.group ?? 0];
  const next = model.segments[ranked[1]?.group ?? -1];
  const out = model.outliers !== null && isOutlier(model.outliers, point);
  const reasons = SEGMENT_FEATURES.map((feature, j) => {
    const usual = model.standard.mean[j] ?? 0;
    const z = point[j] ?? 0;
    const near = (z - (own?.centroid[j] ?? 0)) ** 2;
    return {
      code: 'segment_feature',
      effect: out ? near : (z - (next?.centroid[j] ?? 0)) ** 2 - near,
      params: {
        feature,
        value: significant(readable(feature, z * (model.standard.sd[j] ?? 1) + usual), 4),
        usual: significant(readable(feature, usual), 4),
      },
    };
  });
  return {
    id: out ? OUTLIER : (own?.id ?? ''),
    since: out ? null : (own?.since ?? null),
    code: out ? OUTLIER : (own?.code ?? ''),
    distance: Math.sqrt(ranked[0]?.squares ?? 0),
    runnerUp: (out ? own?.id : next?.id) ?? null,
    reasons: byWeight(reasons),
  };
}
