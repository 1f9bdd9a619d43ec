/** What a person said lately, as cards show it. */
import type { CardFeedback } from '../core/card.ts';
import type { FeedbackItem, Ticket } from '../core/record.ts';
import type { TextScore } from '../core/score.ts';
import type { Tenant } from '../core/tenant.ts';
import type { Store } from '../ports/store.ts';

const FEEDBACK_SHOWN = 5;
const TITLE_LETTERS = 120;

/**
 * The newest messages of the contact, tickets and survey answers together; without the case it is
 * about, and without what cannot be read.
 */
export async function readFeedback(
  store: Store,
  tenant: Tenant,
  contactId: string,
  without: string | null = null,
): Promise<CardFeedback[]> {
  const children = await store.records.children(
    tenant.id,
    'contact',
    [contactId],
    ['ticket', 'feedback'],
  );
  const items = children
    .map(({ record }) => record as Ticket | FeedbackItem)
    .filter((item) => item.kind !== 'ticket' || item.id !== without)
    .filter(isReadable)
    .sort((a, b) => saidAt(b).getTime() - saidAt(a).getTime())
    .slice(0, FEEDBACK_SHOWN);
  const scores = new Map<string, TextScore>();
  for (const kind of ['ticket', 'feedback'] as const) {
    const ids = items.filter((i) => i.kind === kind).map((i) => i.id);
    for (const row of await store.scores.get(tenant.id, kind, ids))
      scores.set(`${kind} ${row.id}`, row.data as TextScore);
  }
  return items.map((item): CardFeedback => {
    const score = scores.get(`${item.kind} ${item.id}`);
    return {
      source: item.kind,
      id: item.id,
      title: titleOf(item).slice(0, TITLE_LETTERS),
      type: score?.type?.label ?? null,
      typeConfidence: score?.type?.confidence ?? null,
      sentiment: score?.sentiment?.label ?? null,
      urgency: score?.urgency?.label ?? null,
      language: score?.language ?? 'other',
      at: saidAt(item).toISOString(),
      open: item.kind === 'ticket' && item.open,
    };
  });
}

const titleOf = (item: Ticket | FeedbackItem): string =>
  item.kind === 'ticket' ? item.subject : item.text;

/** A record that came in damaged must not take the card with it. */
function isReadable(item: Ticket | FeedbackItem): boolean {
  const at: unknown = saidAt(item);
  const dated = at instanceof Date && !Number.isNaN(at.getTime());
  return dated && typeof titleOf(item) === 'string';
}

const saidAt = (item: Ticket | FeedbackItem): Date =>
  item.kind === 'ticket' ? item.createdAt : item.at;
