/** A reply to a message: the tenant's own answer, what solved a similar case, or "a person is needed". */
import type { Ticket } from '../core/record.ts';
import { customerMessages, isSaid, ticketThread } from '../features/thread.ts';
import { detectLanguage } from '../ml/text/language.ts';
import { cleanMessage } from '../ml/text/message/clean.ts';
import { reusableAnswer } from '../models/past-answer.ts';
import {
  AnswerBook,
  type HandoverReason,
  type ReplyLanguage,
  replyLanguage,
} from '../models/reply.ts';
import type { FaqEntry } from '../ports/service-store.ts';
import type { TenantContext } from './context.ts';
import { readCases } from './past-cases.ts';

export interface ReplyOption {
  readonly id: string;
  readonly question: string;
}

export interface SuggestedReply {
  readonly kind: 'answer' | 'ask' | 'handover';
  /** `null` when a person is needed. */
  readonly text: string | null;
  readonly language: ReplyLanguage | null;
  /** 0–1; 0 when a person is needed. */
  readonly confidence: number;
  readonly source: {
    readonly kind: 'faq' | 'case';
    readonly id: string;
    readonly title: string;
  } | null;
  /** The questions that may be meant, when it asks back. */
  readonly options: readonly ReplyOption[];
  readonly reason: HandoverReason | null;
  /** Places a person must fill in before it can be sent. */
  readonly blanks: number;
  /** Whether a language model put it into words. */
  readonly phrased: boolean;
}

export interface ReplyRequest {
  readonly text: string;
  /** A colleague may also be shown what solved a similar case; a customer may not. */
  readonly audience: 'rep' | 'customer';
  /** The case it is about, left out of the similar ones. */
  readonly ticketId?: string;
  /** The similar cases of that case, where a score has them already. */
  readonly similar?: readonly { readonly id: string; readonly similarity: number }[];
}

type Ctx = Pick<TenantContext, 'store' | 'tenant' | 'phrase'>;

export async function suggestReply(ctx: Ctx, request: ReplyRequest): Promise<SuggestedReply> {
  const { store, tenant } = ctx;
  const text = cleanMessage(request.text).text;
  const language = replyLanguage(detectLanguage(text), text);
  const rules = tenant.settings.service.replies;
  const decision = new AnswerBook(await store.faq.all(tenant.id)).decide(text, language, rules);
  if (decision.kind === 'answer' && language !== null) {
    const { entry, confidence } = decision.match;
    return phrased(ctx, text, answerOf(entry, confidence));
  }
  if (request.audience === 'rep' && language !== null) {
    const past = await fromCases(ctx, request, language, rules.gate);
    if (past !== null) return past;
  }
  if (decision.kind === 'ask' && language !== null) {
    const options = decision.matches.map(({ entry }) => ({
      id: entry.id,
      question: entry.question,
    }));
    const confidence = decision.matches[0]?.confidence ?? 0;
    return {
      ...NOTHING,
      kind: 'ask',
      text: askBack(options, language),
      language,
      confidence,
      options,
    };
  }
  const reason = decision.kind === 'handover' ? decision.reason : 'not_sure';
  return { ...NOTHING, language, reason };
}

const NOTHING: SuggestedReply = {
  kind: 'handover',
  text: null,
  language: null,
  confidence: 0,
  source: null,
  options: [],
  reason: null,
  blanks: 0,
  phrased: false,
};

/** An entry of the FAQ as an answer. */
export const answerOf = (
  entry: Pick<FaqEntry, 'id' | 'language' | 'question' | 'answer'>,
  confidence: number,
): SuggestedReply => ({
  ...NOTHING,
  kind: 'answer',
  text: entry.answer,
  language: entry.language,
  confidence,
  source: { kind: 'faq', id: entry.id, title: entry.question },
});

async function phrased(
  { phrase }: Pick<TenantContext, 'phrase'>,
  message: string,
  reply: SuggestedReply,
): Promise<SuggestedReply> {
  if (phrase === null || reply.text === null || reply.language === null) return reply;
  const text = await phrase({ message, draft: reply.text, language: reply.language });
  return text === null ? reply : { ...reply, text, phrased: true };
}

/** What was last written to the customer of the most similar solved case, personal details blanked out. */
async function fromCases(
  ctx: Pick<TenantContext, 'store' | 'tenant'>,
  { similar = [], ticketId }: ReplyRequest,
  language: ReplyLanguage,
  gate: number,
): Promise<SuggestedReply | null> {
  const near = similar.filter((s) => s.id !== ticketId && s.similarity >= gate);
  for (const past of await readCases(ctx, near)) {
    if (past.resolution === null) continue;
    if (replyLanguage(detectLanguage(past.resolution), past.resolution) !== language) continue;
    const answer = reusableAnswer(past.resolution);
    if (answer === null) continue;
    return {
      ...NOTHING,
      kind: 'answer',
      text: answer.text,
      language,
      confidence: past.similarity,
      source: { kind: 'case', id: past.id, title: past.subject },
      blanks: answer.blanks,
    };
  }
  return null;
}

const ASK = {
  en: ['Which of these do you mean?', 'Please answer with the number.'],
  zh: ['请问您想问的是哪一个？', '回复数字即可。'],
} as const;

function askBack(options: readonly ReplyOption[], language: ReplyLanguage): string {
  const [head, tail] = ASK[language];
  return [head, ...options.map((o, i) => `${i + 1}. ${o.question}`), tail].join('\n');
}

/** The reply to a case: its newest message that nobody has answered, or its opening one. */
export async function suggestForTicket(
  ctx: Ctx,
  ticketId: string,
  similar: NonNullable<ReplyRequest['similar']>,
): Promise<SuggestedReply | null> {
  const { store, tenant } = ctx;
  const [ticket] = await store.records.get<Ticket>(tenant.id, 'ticket', [ticketId]);
  if (ticket === undefined) return null;
  const linked = await store.records.children(
    tenant.id,
    'ticket',
    [ticketId],
    ['email', 'communication', 'feedback'],
  );
  const thread = ticketThread(ticket, linked.map((l) => l.record).filter(isSaid));
  const said = customerMessages(thread).at(-1)?.text ?? '';
  return suggestReply(ctx, { text: said, audience: 'rep', ticketId, similar });
}
