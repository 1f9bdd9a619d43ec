/** A message to a contact for a rep to copy: the answer they wait for, or a beginning in their language. */
import type { CardDraft } from '../core/card.ts';
import type { Contact, Ticket } from '../core/record.ts';
import type { ContactScore } from '../core/score.ts';
import { type Opening, opening } from '../models/opening.ts';
import type { ReplyLanguage } from '../models/reply.ts';
import type { TenantContext } from './context.ts';
import type { TicketScore } from './score-tickets.ts';
import { calledName, writtenChannel } from './show-card.ts';
import { suggestForTicket } from './suggest-reply.ts';

type Ctx = Pick<TenantContext, 'store' | 'tenant' | 'phrase'>;

const NOTHING: CardDraft = { text: null, from: null, blanks: 0 };

/**
 * The account's own answer to the newest case of theirs that waits, else a beginning about that
 * case, about the offer where one may be made, or about how they are. Nothing for a contact who may
 * not be written to, is held out, or reads neither English nor Chinese.
 */
export async function draftMessage(ctx: Ctx, contactId: string): Promise<CardDraft> {
  const { store, tenant } = ctx;
  const [contact] = await store.records.get<Contact>(tenant.id, 'contact', [contactId]);
  const [row] = await store.scores.get(tenant.id, 'contact', [contactId]);
  const score = row?.data as ContactScore | undefined;
  if (contact === undefined || score === undefined || score.status === 'holdout') return NOTHING;
  const channel = score.reach === null ? null : writtenChannel(score.reach);
  if (channel === null) return NOTHING;
  const waiting = await newestWaiting(ctx, contactId);
  const reply =
    waiting === null ? null : await suggestForTicket(ctx, waiting.ticket.id, waiting.similar);
  if (reply?.text != null && reply.source !== null) {
    return { text: reply.text, from: reply.source.title, blanks: reply.blanks };
  }
  const language = languageOf(contact);
  if (language === null) return NOTHING;
  const about = subjectOf(waiting?.ticket ?? null, score.offer ?? null);
  return { ...opening(language, calledName(contact), channel, about), from: null };
}

function subjectOf(ticket: Ticket | null, offer: ContactScore['offer']): Opening {
  if (ticket !== null) return { basis: 'open_case', subject: ticket.subject };
  if (offer === null || offer.blocked !== null || offer.basis === 'everyone')
    return { basis: 'check_in' };
  return { basis: 'offer', subject: offer.name, because: offer.because?.name ?? null };
}

async function newestWaiting({ store, tenant }: Ctx, contactId: string) {
  const children = await store.records.children(tenant.id, 'contact', [contactId], ['ticket']);
  const tickets = children
    .map(({ record }) => record as Ticket)
    .filter((ticket) => ticket.open)
    .sort((a, b) => b.createdAt.getTime() - a.createdAt.getTime());
  const rows = await store.scores.get(
    tenant.id,
    'ticket',
    tickets.map((t) => t.id),
  );
  for (const ticket of tickets) {
    const score = rows.find((r) => r.id === ticket.id)?.data as Partial<TicketScore> | undefined;
    const state = score?.case?.followUp.state;
    if (state === 'open' || state === 'overdue')
      return { ticket, similar: score?.case?.similar ?? [] };
  }
  return null;
}

/** By what the CRM says they read, else by how they write their name. */
function languageOf(contact: Contact): ReplyLanguage | null {
  const tag = contact.language?.toLowerCase() ?? '';
  if (tag !== '') return tag.startsWith('zh') ? 'zh' : tag.startsWith('en') ? 'en' : null;
  return /\p{Script=Han}/u.test(contact.firstName + contact.lastName) ? 'zh' : 'en';
}
