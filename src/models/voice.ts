/** What a contact said of late, in sum: the mood of their messages and what is still open. */
import type { Mood, TextScore, Voice } from '../core/score.ts';
import { type ContactFacts, DAY_MS } from '../features/facts.ts';

export const VOICE_DAYS = 90;

/** Tickets and survey answers of the 90 days before `asOf`. */
export function recentMessages(
  { tickets, feedback }: ContactFacts,
  asOf: Date,
): { readonly tickets: string[]; readonly feedback: string[] } {
  const recent = (at: Date): boolean => {
    const age = asOf.getTime() - at.getTime();
    return age >= 0 && age <= VOICE_DAYS * DAY_MS;
  };
  return {
    tickets: tickets.filter((t) => recent(t.createdAt)).map((t) => t.id),
    feedback: feedback.filter((f) => recent(f.at)).map((f) => f.id),
  };
}

const MOODS: Readonly<Record<string, Mood>> = {
  very_negative: 'negative',
  negative: 'negative',
  neutral: 'neutral',
  positive: 'positive',
  very_positive: 'positive',
};

/** `texts`: the scores of those messages. Messages without a known sentiment say nothing. */
export function voiceOf(facts: ContactFacts, texts: readonly TextScore[]): Voice {
  return {
    sentiment90d: moodOf(texts.flatMap((t) => MOODS[t.sentiment?.label ?? ''] ?? [])),
    messages90d: texts.length,
    openFeedback: facts.tickets.filter((t) => t.open).length,
  };
}

/** One mood of several: mixed where neither side has two thirds of what is not neutral. */
export function moodOf(moods: readonly Mood[]): Mood | null {
  if (moods.length === 0) return null;
  const count = (mood: Mood): number => moods.filter((m) => m === mood).length;
  const bad = count('negative') + count('mixed') / 2;
  const good = count('positive') + count('mixed') / 2;
  if (bad + good === 0) return 'neutral';
  if (bad / (bad + good) >= 2 / 3) return 'negative';
  return good / (bad + good) >= 2 / 3 ? 'positive' : 'mixed';
}
