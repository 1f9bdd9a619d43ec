/** What happened on a case after its first message: answered or not, back again, reopened, settled. */
import { fillFrame } from './frame.ts';
import { CASE_FRAMES } from './frames-case.ts';
import type { Message } from './messages.ts';
import type { Person } from './people.ts';
import { iso, type PortalWriter } from './portal-writer.ts';
import type { DemoLanguage } from './profile.ts';
import { Random } from './random.ts';
import { slotFiller } from './slots.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
/** Of closed cases: settled by phone or not at all, so that no mail tells how. */
const WITHOUT_MAIL = 0.12;
/** Where an open case stands; nobody has answered the silent ones. */
const STANDING = { silent: 30, received: 18, settled: 12, again: 22, reopened: 18 } as const;
const STAGE = { received: '3', settled: '2', again: '3', reopened: '3' } as const;

export interface CaseThread {
  readonly mails: readonly { readonly ours: boolean; readonly text: string; readonly at: number }[];
  /** Of the last mail, or of the case itself. */
  readonly lastMs: number;
  /** The stage that suits what happened; `null` where anything does. */
  readonly stage: string | null;
  /** When it had been closed before it was opened again. */
  readonly closedBeforeMs: number | null;
}

export interface CaseStart {
  readonly ticketId: string;
  readonly person: Person;
  readonly message: Message;
  readonly createdMs: number;
  /** `null` while open. */
  readonly closedMs: number | null;
  readonly nowMs: number;
}

/** Drawn from the case's own stream: it takes nothing from what its contact draws. */
export function drawThread(of: CaseStart): CaseThread {
  const { person, message, createdMs, closedMs, nowMs } = of;
  const random = new Random(Math.floor(createdMs), Number(of.ticketId));
  const language: DemoLanguage = message.truth.language === 'en' ? 'en' : 'zh';
  const frames = CASE_FRAMES[language];
  const fill = slotFiller({ language, person, company: person.company }, random);
  const say = (list: readonly string[]): string => fillFrame(random.pick(list), fill, random);
  const mails: CaseThread['mails'][number][] = [];
  let at = createdMs;
  const until = closedMs ?? nowMs;
  /** Never past the end: at most half of the time that is left passes before a mail. */
  const write = (ours: boolean, list: readonly string[], medianHours: number): void => {
    at += Math.min((until - at) / 2, random.logNormal(medianHours, 0.9) * HOUR);
    mails.push({ ours, text: say(list), at });
  };
  const doubts =
    message.truth.type === 'problem' || message.truth.type === 'question'
      ? frames.again[message.truth.type]
      : null;
  const settle = (): void => write(true, frames.settled[message.topic], 9);
  const doubt = (): void => {
    if (doubts !== null) write(false, doubts, 20);
  };
  const done = (stage: string | null, closedBeforeMs: number | null = null): CaseThread => ({
    mails,
    lastMs: at,
    stage,
    closedBeforeMs,
  });

  if (closedMs !== null) {
    if (random.chance(WITHOUT_MAIL)) return done(null);
    if (random.chance(0.4)) write(true, frames.received, 5);
    if (random.chance(0.25)) doubt();
    settle();
    if (random.chance(0.35)) write(false, frames.thanks, 6);
    return done(null);
  }
  const standing = random.weighted(STANDING);
  if (standing === 'silent') return done(null);
  if (standing === 'received') write(true, frames.received, 5);
  else settle();
  if (doubts === null || standing === 'received' || standing === 'settled')
    return done(STAGE[standing === 'received' ? 'received' : 'settled']);
  const closedBeforeMs = standing === 'reopened' ? at + (nowMs - at) * 0.1 : null;
  // Somebody who comes back did so lately: older ones have been seen to.
  at = Math.max(closedBeforeMs ?? at, nowMs - random.next() * 3 * DAY);
  doubt();
  return done(STAGE[standing], closedBeforeMs);
}

/** The mails of a case, linked to it and not to the contact: no truth says who answers them. */
export function writeThread(writer: PortalWriter, of: CaseStart, thread: CaseThread): void {
  const { person, message, ticketId } = of;
  const { subject } = CASE_FRAMES[message.truth.language === 'en' ? 'en' : 'zh'];
  for (const { ours, text, at } of thread.mails) {
    const id = writer.add(
      'emails',
      {
        hs_timestamp: iso(at),
        hs_email_direction: ours ? 'EMAIL' : 'INCOMING_EMAIL',
        hs_email_status: 'SENT',
        hs_email_subject: subject + message.subject,
        hs_email_text: text,
        hubspot_owner_id: person.rep.id,
      },
      at,
    );
    writer.link('emails', id, 'tickets', ticketId);
  }
}
