/** Everything known of one contact, as the models receive it. */
import type { Contact, Deal, FeedbackItem, Interaction, LineItem, Ticket } from '../core/record.ts';

export interface ContactFacts {
  readonly contact: Contact;
  readonly interactions: readonly Interaction[];
  readonly deals: readonly Deal[];
  readonly lineItems: readonly LineItem[];
  readonly tickets: readonly Ticket[];
  readonly feedback: readonly FeedbackItem[];
}

export const DAY_MS = 86_400_000;
