/** How a case was served, as numbers: first response, resolution, touches, reopening, channel and topic. */
import type { Channel } from '../core/channel.ts';
import type { Interaction, Ticket } from '../core/record.ts';
import type { ContactFacts } from './facts.ts';

const HOUR_MS = 3_600_000;

export interface CaseService {
  readonly ticketId: string;
  readonly openedAt: Date;
  /** Hours from the case to our first touch; `null` when there is none yet. */
  readonly firstResponseHours: number | null;
  /** Hours from the case to its closing; `null` while open or where the CRM does not say. */
  readonly resolutionHours: number | null;
  /** Touches of the case, either way. */
  readonly touches: number;
  /** Closed once, and open again. */
  readonly reopened: boolean;
  /** Channel of our first touch. */
  readonly channel: Channel | null;
  /** What people filed it under. */
  readonly topic: string | null;
}

/** As it stood at `until`; nothing later is looked at. `null` for a case that did not exist yet. */
export function caseService(
  { interactions }: Pick<ContactFacts, 'interactions'>,
  ticket: Ticket,
  until: Date,
): CaseService | null {
  if (ticket.createdAt > until) return null;
  const opened = ticket.createdAt.getTime();
  const since = interactions
    .filter((i) => i.at >= ticket.createdAt && i.at <= until)
    .sort((a, b) => a.at.getTime() - b.at.getTime());
  const linked = since.filter((i) => isOf(i, ticket));
  // Many portals link no touch to its case: then the person's touches since must do.
  const touches = linked.length > 0 ? linked : since;
  const first = touches.find((i) => i.direction === 'outbound');
  const closedAt = ticket.closedAt != null && ticket.closedAt <= until ? ticket.closedAt : null;
  return {
    ticketId: ticket.id,
    openedAt: ticket.createdAt,
    firstResponseHours: first === undefined ? null : (first.at.getTime() - opened) / HOUR_MS,
    resolutionHours:
      closedAt === null || ticket.open ? null : Math.max(0, closedAt.getTime() - opened) / HOUR_MS,
    touches: touches.length,
    reopened: closedAt !== null && ticket.open,
    channel: first?.channel ?? null,
    topic: ticket.humanTopic ?? ticket.category,
  };
}

const isOf = (interaction: Interaction, ticket: Ticket): boolean =>
  interaction.links.some((l) => l.kind === 'ticket' && l.id === ticket.id);
