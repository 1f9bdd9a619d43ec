/** Topics proposed from an account's own messages, and taken into its list under a person's name. */
import { RapportError } from '../core/errors.ts';
import { parsePayload } from '../core/payload.ts';
import type { FeedbackItem, Ticket } from '../core/record.ts';
import type { Topic } from '../core/topic.ts';
import { cleanMessage } from '../ml/text/message/clean.ts';
import { joinText } from '../models/text-labels.ts';
import { proposeTopics, type TopicMessage, type TopicProposal } from '../models/topic-proposals.ts';
import type { FlowContext, TenantContext } from './context.ts';
import { namedSchema, namingSchema, replaceTopics, type TopicList } from './manage-topics.ts';
import { oneTenant } from './one-tenant.ts';
import { pages } from './pages.ts';

const SEED = 1;
const EXAMPLE_LETTERS = 240;

export interface ListedProposal extends Omit<TopicProposal, 'examples'> {
  /** The messages that show it best, shortened; at most three. */
  readonly examples: readonly TopicMessage[];
}

export interface TopicProposals extends TopicList {
  readonly proposals: readonly ListedProposal[];
  /** Messages that were read for them. */
  readonly messages: number;
}

export async function listProposals(ctx: FlowContext, query: unknown): Promise<TopicProposals> {
  const one = await oneTenant(ctx, parsePayload(namedSchema, query).tenant);
  const { topics } = one.tenant.settings.feedback;
  const messages = await messagesOf(one);
  const texts = new Map(messages.map(({ id, text }) => [id, text]));
  const proposals = proposeTopics(messages, topics, SEED).map((proposal) => ({
    ...proposal,
    examples: proposal.examples.map((id) => ({ id, text: shortened(texts.get(id) ?? '') })),
  }));
  return { tenant: one.tenant.id, topics, proposals, messages: messages.length };
}

/**
 * Puts a proposal on the list; its messages are read anew, the CRM gets the option.
 * @throws RapportError invalid_payload when nothing is proposed under that id.
 */
export async function acceptTopic(ctx: FlowContext, body: unknown): Promise<TopicList> {
  const { id, nameEn, nameZh, actor, tenant } = parsePayload(namingSchema, body);
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

const shortened = (text: string): string =>
  text.length <= EXAMPLE_LETTERS ? text : `${text.slice(0, EXAMPLE_LETTERS).trimEnd()} …`;

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
