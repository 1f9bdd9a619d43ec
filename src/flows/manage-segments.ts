/** The portal's segments with the names people gave them: list and rename. */
import { z } from 'zod';
import { RapportError } from '../core/errors.ts';
import type { TenantId } from '../core/ids.ts';
import { parsePayload } from '../core/payload.ts';
import type { Segment } from '../models/segmentation.ts';
import type { Store } from '../ports/store.ts';
import { activeModels } from './active-models.ts';
import type { FlowContext } from './context.ts';
import { oneTenant } from './one-tenant.ts';

export interface SegmentList {
  readonly segments: readonly {
    readonly id: string;
    readonly code: string;
    /** What people call it; `null` while nobody has named it. */
    readonly name: string | null;
    readonly size: number;
    readonly since: string;
  }[];
  readonly outliers: number;
  readonly silhouette: number | null;
  readonly stability: number | null;
}

const querySchema = z.object({ tenant: z.string().optional() });
const renameSchema = querySchema.extend({
  id: z.string(),
  /** Empty takes the name away. */
  name: z.string().trim().max(80),
});

export async function listSegments(ctx: FlowContext, query: unknown): Promise<SegmentList> {
  const { tenant: named } = parsePayload(querySchema, query);
  const one = await oneTenant(ctx, named);
  const { store, tenant } = one;
  const model = (await activeModels(one))?.segments ?? null;
  const names = await namesOf(store, tenant.id, model?.segments ?? []);
  return {
    segments: (model?.segments ?? []).map(({ id, code, size, since }) => ({
      id,
      code,
      name: names.get(id) ?? null,
      size,
      since,
    })),
    outliers: model?.outlierCount ?? 0,
    silhouette: model?.silhouette ?? null,
    stability: model?.stability ?? null,
  };
}

/**
 * The CRM's option is called the same first, so that what fails can be asked for again; a label that
 * an admin gave it there stays.
 * @throws RapportError invalid_payload when there is no such segment; what `HostSession` throws.
 */
export async function renameSegment(ctx: FlowContext, body: unknown): Promise<SegmentList> {
  const { tenant: named, id, name } = parsePayload(renameSchema, body);
  const one = await oneTenant(ctx, named);
  const { store, tenant, session, manifest } = one;
  const segments = (await activeModels(one))?.segments?.segments ?? [];
  if (!segments.some((s) => s.id === id))
    throw new RapportError(
      'invalid_payload',
      `There is no segment "${id}"; there are: ${segments.map((s) => s.id).join(', ') || 'none yet'}.`,
    );
  const property = manifest.properties.contact.find((p) => p.name === 'rapport_segment');
  const unnamed = property?.options?.[id] ?? id;
  const from = (await namesOf(store, tenant.id, segments)).get(id) ?? unnamed;
  const option = { value: id, from, to: name || unnamed };
  await session.relabelOption('contact', 'rapport_segment', option);
  if (name === '') await store.segmentNames.remove(tenant.id, id);
  else await store.segmentNames.put(tenant.id, id, name, ctx.clock.now());
  return listSegments(ctx, { tenant: tenant.id });
}

/** Names that were given to these very groups, not to others that had the id before. */
export async function namesOf(
  store: Store,
  id: TenantId,
  segments: readonly Pick<Segment, 'id' | 'since'>[],
): Promise<Map<string, string>> {
  const since = new Map(segments.map((s) => [s.id, new Date(s.since)]));
  return new Map(
    (await store.segmentNames.all(id)).flatMap(({ segmentId, name, namedAt }) => {
      const given = since.get(segmentId);
      return given !== undefined && namedAt.getTime() >= dayBefore(given)
        ? [[segmentId, name]]
        : [];
    }),
  );
}

/** A training looks back from the end of its day, so that its ids are dated up to a day ahead. */
const dayBefore = (at: Date): number => at.getTime() - 86_400_000;
