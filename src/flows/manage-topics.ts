/** The list of topics: how much each is spoken of, other names for one, one taken away. */
import { z } from 'zod';
import { RapportError } from '../core/errors.ts';
import { parsePayload } from '../core/payload.ts';
import type { Topic } from '../core/topic.ts';
import type { TopicCount } from '../ports/score-store.ts';
import { changeSettings, orThrow } from './change-settings.ts';
import type { FlowContext, TenantContext } from './context.ts';
import { oneTenant } from './one-tenant.ts';

/** Days over which messages are counted. */
const WINDOW_DAYS = 90;
const DAY_MS = 86_400_000;

export interface TopicList {
  readonly tenant: string;
  readonly topics: readonly Topic[];
}

/** How many messages of the window. */
export interface Spoken {
  readonly cases: number;
  readonly answers: number;
}

export interface CountedTopics extends TopicList {
  readonly windowDays: number;
  readonly topics: readonly (Topic & Spoken)[];
  /** Read, and about nothing that is listed. */
  readonly none: Spoken;
}

export const namedSchema = z.object({ tenant: z.string().optional() });
const name = z.string().trim().min(1).max(80);
const oneSchema = namedSchema.extend({
  id: z.string().min(1),
  actor: z.string().trim().min(1).max(80).default('console'),
});
/** A topic, with names where they are to change. */
export const namingSchema = oneSchema.extend({ nameEn: name.optional(), nameZh: name.optional() });

export async function listTopics(ctx: FlowContext, query: unknown): Promise<CountedTopics> {
  const { tenant, store, clock } = await oneTenant(ctx, parsePayload(namedSchema, query).tenant);
  const { topics } = tenant.settings.feedback;
  const since = new Date(clock.now().getTime() - WINDOW_DAYS * DAY_MS);
  const counts = await store.scores.topics(tenant.id, since);
  const listed = new Set(topics.map((t) => t.id));
  return {
    tenant: tenant.id,
    windowDays: WINDOW_DAYS,
    topics: topics.map((topic) => ({ ...topic, ...spoken(counts, (id) => id === topic.id) })),
    none: spoken(counts, (id) => id === null || !listed.has(id)),
  };
}

function spoken(counts: readonly TopicCount[], wanted: (topic: string | null) => boolean): Spoken {
  const sum = (kind: TopicCount['kind']): number =>
    counts.filter((c) => c.kind === kind && wanted(c.topic)).reduce((all, c) => all + c.n, 0);
  return { cases: sum('ticket'), answers: sum('feedback') };
}

/** The id stays, so that what the CRM holds keeps its meaning. @throws RapportError invalid_payload. */
export async function renameTopic(ctx: FlowContext, body: unknown): Promise<TopicList> {
  const { id, nameEn, nameZh, actor, tenant } = parsePayload(namingSchema, body);
  const one = await oneTenant(ctx, tenant);
  const renamed = listedWith(one, id).map((t) =>
    t.id === id ? { ...t, name: { en: nameEn ?? t.name.en, zh: nameZh ?? t.name.zh } } : t,
  );
  return replaceTopics(one, renamed, actor);
}

/**
 * Takes a topic off the list; its messages are read anew under those that stay.
 * @throws RapportError invalid_payload for an unknown topic, and for the last one.
 */
export async function dropTopic(ctx: FlowContext, body: unknown): Promise<TopicList> {
  const { id, actor, tenant } = parsePayload(oneSchema, body);
  const one = await oneTenant(ctx, tenant);
  const kept = listedWith(one, id).filter((t) => t.id !== id);
  if (kept.length === 0)
    throw new RapportError('invalid_payload', 'The last topic stays; add another one first.');
  return replaceTopics(one, kept, actor);
}

function listedWith(one: TenantContext, id: string): readonly Topic[] {
  const { topics } = one.tenant.settings.feedback;
  if (topics.some((t) => t.id === id)) return topics;
  const known = topics.map((t) => t.id).join(', ') || 'none';
  throw new RapportError('invalid_payload', `There is no topic "${id}"; there are: ${known}.`);
}

export async function replaceTopics(
  one: TenantContext,
  topics: readonly Topic[],
  actor: string,
): Promise<TopicList> {
  const { settings } = orThrow(await changeSettings(one, { feedback: { topics } }, actor));
  return { tenant: one.tenant.id, topics: settings.feedback.topics };
}
