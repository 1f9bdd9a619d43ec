/** Topics proposed from an account's own messages, and taken into its list under a person's name. */
import { z } from 'zod';
import { RapportError } from '../core/errors.ts';
import { parsePayload } from '../core/payload.ts';
import type { FeedbackItem, Ticket } from '../core/record.ts';
import type { Topic } from '../core/topic.ts';
import { cleanMessage } from '../ml/text/message/clean.ts';
import { joinText } from '../models/text-labels.ts';
import { proposeTopics, type TopicMessage, type TopicProposal } from '../models/topic-proposals.ts';
import { changeSettings, orThrow } from './change-settings.ts';
import type { FlowContext, TenantContext } from './context.ts';
import { oneTenant } from './one-tenant.ts';
import { pages } from './pages.ts';

const SEED = 1;

export interface TopicList {
  readonly tenant: string;
  readonly topics: readonly Topic[];
}

export interface TopicProposals extends TopicList {
  readonly proposals: readonly TopicProposal[];
  /** Messages that were read for them. */
  readonly messages: number;
}

const namedSchema = z.object({ tenant: z.string().optional() });
const name = z.string().trim().min(1).max(80);
const changeSchema = namedSchema.extend({
  id: z.string().min(1),
  nameEn: name.optional(),
  nameZh: name.optional(),
  actor: z.string().trim().min(1).max(80).default('console'),
});

export async function listTopics(ctx: FlowContext, query: unknown): Promise<TopicList> {
  const { tenant } = await oneTenant(ctx, parsePayload(namedSchema, query).tenant);
  return { tenant: tenant.id, topics: tenant.settings.feedback.topics };
}

export async function listProposals(ctx: FlowContext, query: unknown): Promise<TopicProposals> {
  const one = await oneTenant(ctx, parsePayload(namedSchema, query).tenant);
  const { topics } = one.tenant.settings.feedback;
  const messages = await messagesOf(one);
  const proposals = proposeTopics(messages, topics, SEED);
  return { tenant: one.tenant.id, topics, proposals, messages: messages.length };
}

/**
 * Puts a proposal on the list; its messages are read anew, the CRM gets the option.
 * @throws RapportError invalid_payload when nothing is proposed under that id.
 */
export async function acceptTopic(ctx: FlowContext, body: unknown): Promise<TopicList> {
  const { id, nameEn, nameZh, actor, tenant } = parsePayload(changeSchema, body);
  const one = await oneTenant(ctx, tenant);
  const { topics } = one.tenant.settings.feedback;
  const found = proposeTopics(await messagesOf(one), topics, SEED).find((p) => p.id === id);
  if (found === undefined)
    throw new RapportError('invalid_payload', `No topic is proposed as "${id}".`);
  const topic: Topic = {
    id,
    name: { en: nameEn ?? nameZh ?? found.name.en, zh: nameZh ?? nameEn ?? found.name.zh },
    words: found.words,
  };
  return replaceTopics(one, [...topics.filter((t) => t.id !== id), topic], actor);
}

/** The id stays, so that what the CRM holds keeps its meaning. @throws RapportError invalid_payload. */
export async function renameTopic(ctx: FlowContext, body: unknown): Promise<TopicList> {
  const { id, nameEn, nameZh, actor, tenant } = parsePayload(changeSchema, body);
  const one = await oneTenant(ctx, tenant);
  const { topics } = one.tenant.settings.feedback;
  if (!topics.some((t) => t.id === id))
    throw new RapportError(
      'invalid_payload',
      `There is no topic "${id}"; there are: ${topics.map((t) => t.id).join(', ') || 'none'}.`,
    );
  const renamed = topics.map((t) =>
    t.id === id ? { ...t, name: { en: nameEn ?? t.name.en, zh: nameZh ?? t.name.zh } } : t,
  );
  return replaceTopics(one, renamed, actor);
}

async function replaceTopics(
  one: TenantContext,
  topics: readonly Topic[],
  actor: string,
): Promise<TopicList> {
  const { settings } = orThrow(await changeSettings(one, { feedback: { topics } }, actor));
  return { tenant: one.tenant.id, topics: settings.feedback.topics };
}

async function messagesOf(ctx: TenantContext): Promise<TopicMessage[]> {
  const messages: TopicMessage[] = [];
  for (const kind of ['ticket', 'feedback'] as const)
    for await (const ids of pages(ctx, kind))
      for (const r of await ctx.store.records.get<Ticket | FeedbackItem>(
        ctx.tenant.id,
        kind,
        ids,
      )) {
        const text = r.kind === 'ticket' ? joinText(r.subject, r.text) : r.text;
        messages.push({ id: `${kind} ${r.id}`, text: cleanMessage(text).text });
      }
  return messages;
}
