/** Groups of similar customers: k-means over purchases, contacts and cases, named by what sets them apart. */

import { RapportError } from '../core/errors.ts';
import type { SegmentScore } from '../core/score.ts';
import { PROFILE_FEATURES, type ProfileFeature, profile } from '../features/engagement.ts';
import type { ContactFacts } from '../features/facts.ts';
import { namesHash } from '../features/vector.ts';
import { fitKMeans, type KMeansModel, nearest } from '../ml/cluster/portal-kmeans.ts';
import { matrixFromRows } from '../ml/matrix.ts';
import { fitScaler, type Scaler, scaleRow } from '../ml/preprocess/scaler.ts';
import { createRandom } from '../ml/random.ts';
import { byWeight } from './explain.ts';
import { significant, significantAll } from './numbers.ts';

const BUYING = ['frequent_buyer', 'occasional_buyer', 'lapsed_buyer', 'prospect'] as const;
const TALKING = ['engaged', 'steady', 'quiet', 'needs_support'] as const;

/** Every code a segment can have: what they buy, and how they keep in touch. */
export const SEGMENT_CODES: readonly string[] = BUYING.flatMap((b) =>
  TALKING.map((t) => `${b}_${t}`),
);

/** Plain data. Centroids are in standard deviations, in the order of the ids. */
export interface SegmentModel {
  readonly features: string;
  readonly scaler: Scaler;
  readonly segments: readonly {
    readonly id: string;
    readonly code: string;
    readonly centroid: readonly number[];
    readonly size: number;
  }[];
  readonly tried: KMeansModel['tried'];
  readonly silhouette: number;
}

/** Contacts below this number cannot be told apart in groups. */
const MIN_CONTACTS = 12;

/**
 * `null` while there are fewer than 12 contacts, or fewer than 3 different ones. Ids are ordered by
 * the centroid's money, then frequency, so that a refit on the same data gives the same ids.
 */
export function fitSegments(
  contacts: readonly ContactFacts[],
  asOf: Date,
  seed: number,
): SegmentModel | null {
  if (contacts.length < MIN_CONTACTS) return null;
  const rows = contacts.map((facts) => [...profile(facts, asOf).values]);
  const fitted = fitScaler(matrixFromRows(rows, PROFILE_FEATURES), PROFILE_FEATURES);
  const scaler: Scaler = {
    columns: PROFILE_FEATURES,
    mean: significantAll(fitted.mean),
    sd: significantAll(fitted.sd),
  };
  const points = rows.map((row) => scaleRow(scaler, row));
  let clusters: KMeansModel;
  try {
    clusters = fitKMeans(points, createRandom(seed));
  } catch (error) {
    if (error instanceof RapportError && error.code === 'not_enough_data') return null;
    throw error;
  }
  const monetary = PROFILE_FEATURES.indexOf('monetary');
  const order = (row: readonly number[]): number[] => [row[monetary] ?? 0, ...row];
  const centroids = clusters.centroids
    .map((centroid) => significantAll(centroid))
    .sort((a, b) => compare(order(b), order(a)));
  const sizes = centroids.map(() => 0);
  for (const point of points) {
    const own = nearest(centroids, point)[0]?.cluster ?? 0;
    sizes[own] = (sizes[own] ?? 0) + 1;
  }
  const codes = nameSegments(centroids, scaler);
  return {
    features: namesHash(PROFILE_FEATURES),
    scaler,
    segments: centroids.map((centroid, i) => ({
      id: `seg_${String(i + 1).padStart(2, '0')}`,
      code: codes[i] ?? '',
      centroid,
      size: sizes[i] ?? 0,
    })),
    tried: clusters.tried.map((t) => ({ k: t.k, silhouette: significant(t.silhouette) })),
    silhouette: significant(clusters.silhouette),
  };
}

function compare(a: readonly number[], b: readonly number[]): number {
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return a[i]! - b[i]!;
  return 0;
}

/** The best fitting code per segment, none twice: richest segment first. */
function nameSegments(centroids: readonly (readonly number[])[], scaler: Scaler): string[] {
  const taken = new Set<string>();
  return centroids.map((centroid) => {
    const z = (name: ProfileFeature): number => centroid[PROFILE_FEATURES.indexOf(name)] ?? 0;
    const bought = Math.expm1(z('frequency') * (scaler.sd[1] ?? 1) + (scaler.mean[1] ?? 0));
    const buyer = bought >= 0.5;
    const buying: Record<(typeof BUYING)[number], number> = {
      frequent_buyer: buyer ? z('frequency') : -9,
      occasional_buyer: buyer ? 0.4 : -9,
      lapsed_buyer: buyer ? z('recency') + 0.3 : -9,
      prospect: buyer ? -9 : 9,
    };
    const talking: Record<(typeof TALKING)[number], number> = {
      engaged: z('inbound_year') - z('silence'),
      steady: 0.3,
      quiet: z('silence') - z('inbound_year'),
      needs_support: 1.2 * z('cases_year') - 0.5,
    };
    const ranked = BUYING.flatMap((b) =>
      TALKING.map((t) => ({ code: `${b}_${t}`, fit: buying[b] + talking[t] })),
    ).sort((a, b) => b.fit - a.fit || (a.code < b.code ? -1 : 1));
    const code = ranked.find((r) => !taken.has(r.code))?.code ?? '';
    taken.add(code);
    return code;
  });
}

/**
 * The nearest centroid. `distance` is Euclidean in standard deviations; each reason's effect is how
 * many standard deviations the contact lies from the portal's mean in one feature (no sum).
 */
export function scoreSegment(model: SegmentModel, facts: ContactFacts, asOf: Date): SegmentScore {
  const { names, values } = profile(facts, asOf);
  if (namesHash(names) !== model.features) {
    throw new RapportError('invalid_payload', 'the segments were fitted on other columns');
  }
  const point = scaleRow(model.scaler, values);
  const ranked = nearest(
    model.segments.map((s) => s.centroid),
    point,
  );
  const own = model.segments[ranked[0]?.cluster ?? 0];
  const runnerUp = model.segments[ranked[1]?.cluster ?? -1];
  const reasons = names.map((feature, j) => ({
    code: 'segment_feature',
    effect: point[j] ?? 0,
    params: {
      feature,
      value: significant(Math.expm1(values[j] ?? 0), 4),
      usual: significant(Math.expm1(model.scaler.mean[j] ?? 0), 4),
    },
  }));
  return {
    id: own?.id ?? '',
    code: own?.code ?? '',
    distance: ranked[0]?.distance ?? 0,
    runnerUp: runnerUp?.id ?? null,
    reasons: byWeight(reasons).slice(0, 4),
  };
}
