/** A task or a note that Rapport puts on a record of the CRM, and a person's "not now". */
import { z } from 'zod';
import type { RecordRef } from './record.ts';

export const ACTIVITY_KINDS = ['task', 'note'] as const;
export type ActivityKind = (typeof ACTIVITY_KINDS)[number];
export const ACTIVITY_TYPES = ['call', 'email', 'todo'] as const;
export type ActivityType = (typeof ACTIVITY_TYPES)[number];

export interface NewActivity {
  readonly kind: ActivityKind;
  /** The record it stands on comes first; at least one. */
  readonly about: readonly RecordRef[];
  readonly subject: string;
  /** Lines of plain text. */
  readonly body: string;
  /** When the task is due, or the time of the note. */
  readonly at: Date;
  readonly type: ActivityType;
  /** Whose task it is, by the CRM's owner id; `null` = nobody's yet. */
  readonly ownerId: string | null;
}

/** The last line of every body: by it our own words are told from what people said. */
export const ADVICE_SIGNATURE = '— Rapport';

/** Whether a text was put on the record by Rapport. */
export const isOwnAdvice = (text: string): boolean => text.trimEnd().endsWith(ADVICE_SIGNATURE);

export const NOT_NOW_REASONS = [
  'wrong_time',
  'wrong_channel',
  'already_spoke',
  'wrong_about',
] as const;
export type NotNowReason = (typeof NOT_NOW_REASONS)[number];

/** Somebody set the advice on a contact aside. */
export interface NotNow {
  readonly contactId: string;
  readonly reason: NotNowReason;
  /** What had been advised; `null` when no channel was. */
  readonly channel: string | null;
  /** The CRM user who said so. */
  readonly userId: string | null;
  readonly modelVersion: string;
  readonly at: Date;
}

/** What a card asks to create. */
export const activityRequestSchema = z.strictObject({
  kind: z.enum(ACTIVITY_KINDS),
  subject: z.string().trim().min(1).max(250),
  body: z.string().trim().max(10_000),
  dueAt: z.iso.datetime().nullable(),
  type: z.enum(ACTIVITY_TYPES),
});
export type ActivityRequest = z.infer<typeof activityRequestSchema>;
