/** The portal's own weak labels: what people chose in the CRM, read as type, sentiment or urgency. */
import type { FeedbackItem, FeedbackType, Sentiment, Ticket, Urgency } from '../core/record.ts';
import type { Topic } from '../core/topic.ts';

export interface LabelledText<L extends string> {
  readonly text: string;
  readonly label: L;
}

const TYPE_OF_CATEGORY: Readonly<Record<string, FeedbackType>> = {
  PRODUCT_ISSUE: 'problem',
  BILLING_ISSUE: 'problem',
  FEATURE_REQUEST: 'suggestion',
  GENERAL_INQUIRY: 'question',
  PRAISE: 'praise',
};
const URGENCY_OF_PRIORITY: Readonly<Record<string, Urgency>> = {
  urgent: 'now',
  high: 'today',
  medium: 'this_week',
  low: 'none',
};

/** Subject and body as the models read them. */
export const joinText = (subject: string | undefined, text: string): string =>
  subject === undefined || subject === '' ? text : `${subject}\n${text}`;

const textOf = (ticket: Ticket): string => joinText(ticket.subject, ticket.text);

/** A person's correction outranks the category; a survey answer of 9 or 10 counts as praise. */
export function typeLabels(
  tickets: readonly Ticket[],
  feedback: readonly FeedbackItem[],
): LabelledText<FeedbackType>[] {
  const fromTickets = tickets.flatMap((ticket) => {
    const label = ticket.humanType[0] ?? TYPE_OF_CATEGORY[ticket.category ?? ''];
    return label === undefined ? [] : [{ text: textOf(ticket), label }];
  });
  const fromFeedback = feedback.flatMap((item) => {
    const praised = item.rating !== null && item.rating >= 9 ? ('praise' as const) : undefined;
    const label = item.humanType?.[0] ?? praised;
    return label === undefined ? [] : [{ text: item.text, label }];
  });
  return [...fromTickets, ...fromFeedback];
}

/** Topics people chose, of those that are listed. */
export function topicLabels(
  tickets: readonly Ticket[],
  feedback: readonly FeedbackItem[],
  topics: readonly Topic[],
): LabelledText<string>[] {
  const listed = new Set(topics.map((t) => t.id));
  const chosen = (text: string, topic: string | null | undefined): LabelledText<string>[] =>
    topic != null && listed.has(topic) ? [{ text, label: topic }] : [];
  return [
    ...tickets.flatMap((t) => chosen(textOf(t), t.humanTopic)),
    ...feedback.flatMap((f) => chosen(f.text, f.humanTopic)),
  ];
}

/** Ratings are on 0–10. */
export function sentimentOf(rating: number): Sentiment {
  if (rating < 3) return 'very_negative';
  if (rating < 7) return 'negative';
  if (rating < 9) return 'neutral';
  return rating < 10 ? 'positive' : 'very_positive';
}

export const sentimentLabels = (feedback: readonly FeedbackItem[]): LabelledText<Sentiment>[] =>
  feedback.flatMap(({ text, rating }) =>
    rating === null ? [] : [{ text, label: sentimentOf(rating) }],
  );

export const urgencyLabels = (tickets: readonly Ticket[]): LabelledText<Urgency>[] =>
  tickets.flatMap((ticket) => {
    const label = URGENCY_OF_PRIORITY[ticket.priority ?? ''];
    return label === undefined ? [] : [{ text: textOf(ticket), label }];
  });
