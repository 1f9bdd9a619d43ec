/** Sentence frames and how they become sentences: slots filled, choices made, nothing else. */
import type { Sentiment, Urgency } from '../../../core/record.ts';
import type { Random } from './random.ts';

export const TOPICS = [
  'problemProduct',
  'problemBilling',
  'suggestion',
  'praise',
  'question',
] as const;
export type Topic = (typeof TOPICS)[number];
type Frames = readonly string[];

export interface FeedbackFrames extends Readonly<Record<Topic, Frames>> {
  readonly subjects: Readonly<Record<Topic, Frames>>;
}

export interface ToneFrames {
  readonly sentiment: Readonly<Record<Sentiment, Frames>>;
  readonly urgency: Readonly<Record<Urgency, Frames>>;
  readonly greetings: Frames;
  readonly fillers: Frames;
  readonly closings: Frames;
}

export interface TouchFrames {
  readonly emailSubjects: Frames;
  readonly emailBodies: Frames;
  readonly emailReplies: Frames;
  readonly callAnswered: Frames;
  readonly callMissed: Frames;
  readonly voicemails: Frames;
  readonly inboundCalls: Frames;
  readonly chatRep: Frames;
  readonly chatCustomer: Frames;
  readonly meetingTitles: Frames;
  readonly meetingCompleted: Frames;
  readonly meetingNoShow: Frames;
  readonly meetingCanceled: Frames;
  readonly notes: Frames;
  readonly repLabel: string;
  readonly customerLabel: string;
}

/** Fills one slot by its name. */
export type SlotFiller = (slot: string, random: Random) => string;

const SLOT_OR_CHOICE = /\{(\w+)\}|\[([^\]]+)\]/g;

/** One sentence from one frame; the choices of `[a|b]` may not contain slots. */
export function fillFrame(frame: string, fill: SlotFiller, random: Random): string {
  return frame.replace(SLOT_OR_CHOICE, (_match, slot?: string, choices?: string) =>
    slot === undefined ? random.pick(choices!.split('|')) : fill(slot, random),
  );
}
