/** The holdout: a random share of contacts whose scores are computed but shown to nobody, drawn anew every month. */
import { createHash } from 'node:crypto';
import type { Ticket } from '../core/record.ts';
import type { ContactScore } from '../core/score.ts';

/** `2026-11`: the UTC month, for which a draw holds. */
export const periodOf = (at: Date): string => at.toISOString().slice(0, 7);

/**
 * Whether the draw of this period holds the contact out: SHA-256 of account, period and contact
 * against the share, so that it can be repeated, is alike on every machine and says nothing of the
 * person.
 */
export function drawnOut(
  tenantId: string,
  contactId: string,
  period: string,
  share: number,
): boolean {
  const digest = createHash('sha256').update(`holdout\n${tenantId}\n${period}\n${contactId}`);
  return digest.digest().readUIntBE(0, 6) / 2 ** 48 < share;
}

/** An open case that somebody, or the text model, calls urgent. */
export const isUrgent = ({ open, priority }: Ticket, urgency: string | null | undefined): boolean =>
  open && (priority === 'urgent' || urgency === 'now');

/**
 * The score on its side of the comparison. Only contacts with advice take part: what consent
 * blocks, what is left out, and who waits with an urgent case is never held out and never compared.
 */
export function withHoldout(
  score: ContactScore,
  drawn: boolean,
  share: number,
  urgent: boolean,
): ContactScore {
  const advised = score.status === 'ready' || score.status === 'learning';
  if (share <= 0 || urgent || !advised || score.reach?.ranked[0] === undefined)
    return { ...score, heldOut: null };
  return drawn ? { ...score, status: 'holdout', heldOut: true } : { ...score, heldOut: false };
}
