/** Similar cases as they are shown: what they were about, how they ended, what solved them. */
import type { Ticket } from '../core/record.ts';
import { isSaid, ticketThread } from '../features/thread.ts';
import type { TenantContext } from './context.ts';

const DAY_MS = 86_400_000;

export interface PastCase {
  readonly id: string;
  readonly similarity: number;
  readonly subject: string;
  readonly outcome: 'open' | 'closed';
  readonly closedAt: string | null;
  /** From the opening to the closing. */
  readonly days: number | null;
  /** Our last words to the customer; a colleague's last note where none are known is not shown to customers. */
  readonly resolution: string | null;
  readonly note: string | null;
}

/** In the given order; cases that are gone by now, erased people's among them, are left out. */
export async function readCases(
  { store, tenant }: Pick<TenantContext, 'store' | 'tenant'>,
  similar: readonly { readonly id: string; readonly similarity: number }[],
): Promise<PastCase[]> {
  const ids = similar.map((s) => s.id);
  if (ids.length === 0) return [];
  const tickets = await store.records.get<Ticket>(tenant.id, 'ticket', ids);
  const linked = await store.records.children(tenant.id, 'ticket', ids, [
    'email',
    'communication',
    'call',
    'meeting',
    'note',
  ]);
  return similar.flatMap(({ id, similarity }): PastCase[] => {
    const ticket = tickets.find((t) => t.id === id);
    if (ticket === undefined) return [];
    const records = linked.filter((l) => l.parentId === id).map((l) => l.record);
    const { messages } = ticketThread(ticket, records.filter(isSaid));
    const last = (from: 'us' | 'internal') =>
      messages.findLast((m) => m.from === from && m.text !== '')?.text ?? null;
    const closedAt = ticket.closedAt ?? null;
    return [
      {
        id,
        similarity,
        subject: ticket.subject,
        outcome: ticket.open ? 'open' : 'closed',
        closedAt: closedAt?.toISOString() ?? null,
        days:
          closedAt === null
            ? null
            : Math.max(0, (closedAt.getTime() - ticket.createdAt.getTime()) / DAY_MS),
        resolution: last('us'),
        note: last('internal'),
      },
    ];
  });
}
