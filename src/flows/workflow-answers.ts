/** The four questions a workflow may ask, each answered with one of three exits. */
import { recordId } from '../core/ids.ts';
import type { ContactScore } from '../core/score.ts';
import type { CaseScore } from '../core/service.ts';
import { builtInFeedback } from '../models/built-in-feedback.ts';
import { classifyText } from '../models/text.ts';
import { activeModels } from './active-models.ts';
import type { TenantContext } from './context.ts';
import { type SuggestedReply, suggestForTicket, suggestReply } from './suggest-reply.ts';
import { whyText } from './why-text.ts';
import type { Action, ActionRequest, LateAction, OutputFields } from './workflow-action.ts';

/** HubSpot takes 65,536 characters as a value. */
const LONGEST = 60_000;

/** The confidence gate in percent; without one, 50. */
function gateOf(given: unknown): number {
  const gate = given === undefined || given === '' ? 50 : Number(given);
  return Number.isFinite(gate) ? Math.min(100, Math.max(0, gate)) / 100 : 0.5;
}

/** A text input; HubSpot hands an unset property over as absent or empty. */
const textOf = (request: ActionRequest, name: string): string => {
  const value = request.inputFields[name];
  return typeof value === 'string' ? value.trim() : '';
};

export const recommendChannel: Action = async ({ store, tenant }, request) => {
  const id = request.object?.objectId;
  const [row] = id === undefined ? [] : await store.scores.get(tenant.id, 'contact', [id]);
  const score = row?.data as ContactScore | undefined;
  if (score === undefined || score.reach === null)
    return { rapport_exit: 'abstain', status: score?.status ?? 'no_data' };
  const segment = textOf(request, 'segment');
  if (segment !== '' && score.segment?.id !== segment)
    return { rapport_exit: 'abstain', status: 'other_segment' };
  const only = textOf(request, 'channel');
  const { ranked, blocked } = score.reach;
  const best = only === '' ? ranked[0] : ranked.find((r) => r.channel === only);
  if (best === undefined)
    return {
      rapport_exit: 'abstain',
      status: blocked.find((b) => b.channel === only)?.code ?? score.status,
    };
  const sure =
    score.status === 'ready' &&
    best.evidence !== 'everyone' &&
    best.chance >= gateOf(request.inputFields['gate']);
  return {
    rapport_exit: sure ? 'act' : 'ask',
    status: score.status,
    channel: best.channel,
    reply_prob: best.chance.toFixed(2),
    evidence: best.evidence,
    next_contact_at: score.reach.nextContactAt ?? '',
    why: whyText(best),
  };
};

/** By the account's own model where it has one, else by the built-in one. */
export const classifyMessage: Action = async (ctx, request) => {
  const text = textOf(request, 'text').slice(0, LONGEST);
  if (text === '') return { rapport_exit: 'abstain', status: 'no_data' };
  const models = await activeModels(ctx);
  const { topics } = ctx.tenant.settings.feedback;
  const version = models?.version ?? builtInFeedback().state.version;
  const score = classifyText(models?.text ?? null, { text }, version, topics);
  const { type, sentiment, urgency, topic, language, status } = score;
  if (type === null) return { rapport_exit: 'abstain', status, language };
  const wanted = textOf(request, 'topic');
  return {
    rapport_exit: type.confidence >= gateOf(request.inputFields['gate']) ? 'act' : 'ask',
    status,
    language,
    type: type.label,
    type_confidence: type.confidence.toFixed(2),
    sentiment: sentiment?.label ?? '',
    urgency: urgency?.label ?? '',
    topic: topic ?? '',
    is_topic: wanted === '' ? '' : String(topic === wanted),
  };
};

/** From the account's own answers and solved cases; a language model, where one is set up, takes its time. */
export const draftReply: Action = async (ctx, request) => {
  const text = textOf(request, 'text').slice(0, LONGEST);
  const ticketId = ticketOf(request);
  if (text === '' && ticketId === null) return { rapport_exit: 'abstain', status: 'no_data' };
  if (text === '' && ctx.phrase !== null) return 'later';
  const reply = await replyTo({ ...ctx, phrase: null }, text, ticketId);
  return replyFields(reply, gateOf(request.inputFields['gate']));
};

export const draftReplyLate: LateAction = async (ctx, { recordId: id, gate }) =>
  replyFields(await replyTo(ctx, '', id), gateOf(gate));

const ticketOf = ({ object }: ActionRequest): string | null =>
  object?.objectType === 'TICKET' ? object.objectId : null;

async function replyTo(
  ctx: TenantContext,
  text: string,
  ticketId: string | null,
): Promise<SuggestedReply | null> {
  const [row] =
    ticketId === null ? [] : await ctx.store.scores.get(ctx.tenant.id, 'ticket', [ticketId]);
  const similar = (row?.data as { readonly case?: CaseScore } | undefined)?.case?.similar ?? [];
  if (text === '') return ticketId === null ? null : suggestForTicket(ctx, ticketId, similar);
  return suggestReply(ctx, {
    text,
    audience: 'rep',
    similar,
    ...(ticketId === null ? {} : { ticketId }),
  });
}

/** A draft with places to fill in, or a question back, needs a person's eye. */
function replyFields(reply: SuggestedReply | null, gate: number): OutputFields {
  if (reply === null) return { rapport_exit: 'abstain', status: 'no_data' };
  const { kind, text, language, confidence, source, blanks, reason } = reply;
  if (text === null)
    return {
      rapport_exit: 'abstain',
      status: reason ?? 'not_sure',
      language: language ?? '',
    };
  const sure = kind === 'answer' && blanks === 0 && confidence >= gate;
  return {
    rapport_exit: sure ? 'act' : 'ask',
    status: kind,
    reply: text,
    language: language ?? '',
    confidence: confidence.toFixed(2),
    source: source === null ? '' : `${source.kind}: ${source.title}`,
  };
}

/** Has the record read and scored anew; the workflow waits for the new score. */
export const scoreContactNow: Action = async ({ store, tenant, queue, clock }, request) => {
  const id = request.object?.objectId;
  if (id === undefined) return { rapport_exit: 'abstain', status: 'no_data' };
  const now = clock.now();
  const mark = { kind: 'contact', id: recordId(id), change: 'changed', eventAt: now } as const;
  for (const stage of ['sync', 'score'] as const)
    await store.marks.raise(tenant.id, stage, [mark], now);
  await queue.add('drain', { tenantId: tenant.id }, { dedupe: `drain:${tenant.id}` });
  return 'later';
};

/** Not before there is a score that is newer than the question. */
export const scoredContact: LateAction = async ({ store, tenant }, { recordId: id, askedAt }) => {
  const [row] = id === null ? [] : await store.scores.get(tenant.id, 'contact', [id]);
  if (row === undefined || row.scoredAt < askedAt) return null;
  const { status } = row.data as ContactScore;
  return { rapport_exit: status === 'ready' ? 'act' : 'abstain', status };
};
