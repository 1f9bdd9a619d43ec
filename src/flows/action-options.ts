/** The lists a workflow's editor offers for an action's field: the account's own topics, channels and segments. */
import { z } from 'zod';
import { RapportError } from '../core/errors.ts';
import { activeModels } from './active-models.ts';
import type { TenantContext } from './context.ts';
import { namesOf } from './manage-segments.ts';

export const optionsRequestSchema = z.object({
  origin: z.object({ portalId: z.coerce.string().regex(/^\d{1,20}$/) }),
  fetchOptions: z
    .object({ q: z.string().max(200).nullish(), after: z.string().max(20).nullish() })
    .nullish(),
});
export type OptionsRequest = z.output<typeof optionsRequestSchema>;

export interface ActionOption {
  readonly value: string;
  readonly label: string;
  readonly description: string;
}
export interface ActionOptions {
  readonly options: readonly ActionOption[];
  readonly after: string | null;
  readonly searchable: boolean;
}

const PAGE = 50;

const LISTS: Readonly<Record<string, (ctx: TenantContext) => Promise<readonly ActionOption[]>>> = {
  topics: async ({ tenant }) =>
    tenant.settings.feedback.topics.map(({ id, name }) => ({
      value: id,
      label: `${name.en} · ${name.zh}`,
      description: '',
    })),
  channels: async (ctx) => {
    const used = (await activeModels(ctx))?.channel?.rates.channels.map((c) => c.channel) ?? [];
    return used.map((channel) => ({ value: channel, label: channel, description: '' }));
  },
  segments: async (ctx) => {
    const segments = (await activeModels(ctx))?.segments?.segments ?? [];
    const names = await namesOf(ctx.store, ctx.tenant.id, segments);
    return segments.map(({ id, code }) => ({
      value: id,
      label: names.get(id) ?? id,
      description: code,
    }));
  },
};

/** Filtered by `q`, a page at a time. Throws `not_found` for a list that does not exist. */
export async function listOptions(
  ctx: TenantContext,
  name: string,
  request: OptionsRequest,
): Promise<ActionOptions> {
  const list = Object.hasOwn(LISTS, name) ? LISTS[name] : undefined;
  if (list === undefined) throw new RapportError('not_found', 'There is nothing here.');
  const wanted = request.fetchOptions?.q?.trim().toLowerCase() ?? '';
  const from = Math.max(0, Math.trunc(Number(request.fetchOptions?.after ?? 0)) || 0);
  const found = (await list(ctx)).filter(({ label, value }) =>
    `${label} ${value}`.toLowerCase().includes(wanted),
  );
  return {
    options: found.slice(from, from + PAGE),
    after: found.length > from + PAGE ? String(from + PAGE) : null,
    searchable: true,
  };
}
