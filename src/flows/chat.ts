/** A conversation with a customer: answers from the FAQ, asks back, or hands over to a person. */
import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { detectLanguage } from '../ml/text/language.ts';
import { replyLanguage } from '../models/reply.ts';
import type { TenantContext } from './context.ts';
import { answerOf, type SuggestedReply, suggestReply } from './suggest-reply.ts';

export const chatSchema = z.strictObject({
  tenant: z.string().optional(),
  conversationId: z.uuid().optional(),
  message: z.string().min(1).max(8_000),
  /** Whom it is with, so that erasing them erases the conversation. */
  contactId: z
    .string()
    .regex(/^\d{1,30}$/)
    .optional(),
});
export type ChatMessage = z.infer<typeof chatSchema>;

/** What the next turn needs; no words of the customer's are kept. */
const stateSchema = z.object({
  options: z.array(z.object({ id: z.string(), question: z.string() })),
  language: z.enum(['en', 'zh']),
  asked: z.number().int(),
});
type ChatState = z.infer<typeof stateSchema>;

export interface ChatAnswer extends SuggestedReply {
  readonly conversationId: string;
}

/** Asked back this often, a person takes over. */
const MOST_QUESTIONS = 2;
const HANDOVER = {
  en: 'I am passing this on to a colleague, who will get back to you.',
  zh: '我这就转给同事，稍后会有人回复您。',
} as const;

/** An unknown or forgotten conversation begins anew under an id of ours. */
export async function chat(ctx: TenantContext, given: ChatMessage): Promise<ChatAnswer> {
  const { store, tenant, clock } = ctx;
  const held =
    given.conversationId === undefined
      ? null
      : stateSchema.safeParse(await store.chats.get(tenant.id, given.conversationId)).data;
  const conversationId = held ? (given.conversationId ?? randomUUID()) : randomUUID();
  const chosen = held ? chosenOption(held, given.message) : null;
  const picked = chosen === null ? null : await entryAnswer(ctx, chosen, held?.language ?? 'en');
  const suggested =
    picked ?? (await suggestReply(ctx, { text: given.message, audience: 'customer' }));
  const asked = (held?.asked ?? 0) + (suggested.kind === 'ask' ? 1 : 0);
  const reply: SuggestedReply =
    suggested.kind === 'ask' && asked > MOST_QUESTIONS
      ? { ...suggested, kind: 'handover', text: null, options: [], reason: 'not_sure' }
      : suggested;
  const language =
    reply.language ?? held?.language ?? replyLanguage(detectLanguage(given.message), given.message);
  const state: ChatState = { options: [...reply.options], language: language ?? 'en', asked };
  await store.chats.put(
    tenant.id,
    { conversationId, contactId: given.contactId ?? null, state },
    clock.now(),
  );
  ctx.meter.count('chat_turns', { outcome: reply.kind });
  const text = reply.kind === 'handover' ? HANDOVER[language ?? 'en'] : reply.text;
  return { ...reply, text, conversationId };
}

const ORDINALS = [
  /^(?:the )?first\b|^第一/i,
  /^(?:the )?second\b|^第二/i,
  /^(?:the )?third\b|^第三/i,
];

/** "2", "2.", "the second one", "第二个", or the question itself. */
function chosenOption({ options }: ChatState, message: string): string | null {
  const said = message.trim();
  const number = /^[（(]?([1-9])[)）.。、]?$/.exec(said)?.[1];
  const at =
    number === undefined ? ORDINALS.findIndex((ordinal) => ordinal.test(said)) : Number(number) - 1;
  return (options[at] ?? options.find((o) => o.question === said))?.id ?? null;
}

async function entryAnswer(
  { store, tenant }: TenantContext,
  id: string,
  language: 'en' | 'zh',
): Promise<SuggestedReply | null> {
  const entries = (await store.faq.all(tenant.id)).filter((e) => e.id === id);
  const entry = entries.find((e) => e.language === language) ?? entries[0];
  // The customer said which one they mean.
  return entry === undefined ? null : answerOf(entry, 1);
}
