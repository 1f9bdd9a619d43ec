/** One touch per channel in HubSpot's words: call, e-mail with its reply, meeting, logged message. */

import { fillFrame, type SlotFiller, type TouchFrames } from './frame.ts';
import { TONE_FRAMES } from './frames.ts';
import type { Person } from './people.ts';
import { type Fields, iso, type PortalWriter } from './portal-writer.ts';
import type { Random } from './random.ts';
import type { DemoChannel, DemoObjectType } from './types.ts';
import { mistype } from './typos.ts';

const MINUTE = 60_000;
const DISPOSITION = {
  busy: '9d9162e7-6cf3-4944-bf63-4dff82258764',
  connected: 'f240bbac-87c9-4f6e-bf70-924b57d47db7',
  voicemail: 'b2cf5968-551e-4856-9783-52b3da59a7d0',
  noAnswer: '73a0d17f-1163-4015-bdd5-ec830791da20',
};

export interface TouchRecord {
  readonly writer: PortalWriter;
  readonly contactId: string;
  readonly person: Person;
  readonly atMs: number;
  /** When a written answer would come. */
  readonly replyAtMs: number;
  readonly frames: TouchFrames;
  readonly fill: SlotFiller;
  readonly random: Random;
  latestMs: number;
}
type WriteTouch = (record: TouchRecord, channel: DemoChannel, answered: boolean) => void;

export const WRITE_TOUCH: Readonly<Record<DemoChannel, WriteTouch>> = {
  phone: writeCall,
  email: writeEmail,
  meeting: writeMeeting,
  sms: writeMessage,
  whatsapp: writeMessage,
  linkedin: writeMessage,
};

export function writeInboundCall(record: TouchRecord): void {
  put(record, 'calls', {
    hs_call_title: record.person.profile.language === 'zh' ? '来电' : 'Incoming call',
    hs_call_direction: 'INBOUND',
    hs_call_status: 'COMPLETED',
    hs_call_disposition: DISPOSITION.connected,
    hs_call_duration: String(Math.round(record.random.logNormal(240_000, 0.7))),
    hs_call_body: say(record, record.frames.inboundCalls),
  });
}

function writeCall(record: TouchRecord, _channel: DemoChannel, answered: boolean): void {
  const { random, frames } = record;
  const missed = random.weighted({ noAnswer: 62, voicemail: 26, busy: 12 });
  const spoken = Math.round(random.logNormal(210_000, 0.8));
  const status = { noAnswer: 'NO_ANSWER', voicemail: 'COMPLETED', busy: 'BUSY' }[missed];
  const missedBody = missed === 'voicemail' ? frames.voicemails : frames.callMissed;
  put(record, 'calls', {
    hs_call_title:
      record.person.profile.language === 'zh' ? '外呼' : `Call with ${record.person.firstName}`,
    hs_call_direction: 'OUTBOUND',
    hs_call_status: answered ? 'COMPLETED' : status,
    hs_call_disposition: DISPOSITION[answered ? 'connected' : missed],
    hs_call_duration: String(answered ? spoken : random.int(2, 40) * 1000),
    hs_call_body: random.chance(answered ? 0.85 : 0.4)
      ? say(record, answered ? frames.callAnswered : missedBody)
      : undefined,
  });
}

function writeEmail(record: TouchRecord, _channel: DemoChannel, answered: boolean): void {
  const { random, frames, person, writer } = record;
  const language = person.profile.language;
  const glue = language === 'zh' ? '' : ' ';
  const subject = say(record, frames.emailSubjects);
  const greeting =
    language === 'zh' ? `${say(record, ['{first}'])}您好，` : `Hi ${person.firstName},`;
  const body = [say(record, frames.emailBodies)];
  if (random.chance(0.5)) body.push(say(record, frames.emailBodies));
  put(record, 'emails', {
    hs_email_direction: 'EMAIL',
    hs_email_status: 'SENT',
    hs_email_subject: subject,
    hs_email_text: `${greeting}\n\n${body.join(glue)}\n\n${say(record, ['{rep}'])}`,
  });
  if (!answered || record.replyAtMs > writer.nowMs) return;
  let text = say(record, frames.emailReplies);
  if (random.chance(0.3)) text += glue + say(record, frames.emailReplies);
  if (random.chance(0.25)) text = mistype(text, language, random);
  if (random.chance(0.6)) text += `\n${say(record, TONE_FRAMES[language].closings)}`;
  put(
    record,
    'emails',
    {
      hs_email_direction: 'INCOMING_EMAIL',
      hs_email_status: 'SENT',
      hs_email_subject: `${language === 'zh' ? '回复：' : 'Re: '}${subject}`,
      hs_email_text: text,
    },
    record.replyAtMs,
  );
}

function writeMeeting(record: TouchRecord, _channel: DemoChannel, answered: boolean): void {
  const { random, frames, atMs, writer } = record;
  const startMs = Math.floor(atMs / (30 * MINUTE)) * 30 * MINUTE;
  const outcome = answered ? 'COMPLETED' : random.chance(0.55) ? 'NO_SHOW' : 'CANCELED';
  const bodies = {
    COMPLETED: frames.meetingCompleted,
    NO_SHOW: frames.meetingNoShow,
    CANCELED: frames.meetingCanceled,
  };
  const endMs = Math.min(startMs + random.pick([30, 30, 45, 60]) * MINUTE, writer.nowMs);
  put(
    record,
    'meetings',
    {
      hs_meeting_title: say(record, frames.meetingTitles),
      hs_meeting_body: random.chance(0.7) ? say(record, bodies[outcome]) : undefined,
      hs_meeting_start_time: iso(startMs),
      hs_meeting_end_time: iso(endMs),
      hs_meeting_outcome: outcome,
    },
    startMs,
  );
}

function writeMessage(record: TouchRecord, channel: DemoChannel, answered: boolean): void {
  const { random, frames, person, replyAtMs, writer, atMs } = record;
  const replied = answered && replyAtMs <= writer.nowMs;
  const lines = [frames.repLabel + say(record, frames.chatRep)];
  if (replied) {
    const text = say(record, frames.chatCustomer);
    lines.push(
      frames.customerLabel +
        (random.chance(0.2) ? mistype(text, person.profile.language, random) : text),
    );
  }
  put(
    record,
    'communications',
    {
      hs_communication_channel_type: CHANNEL_TYPE[channel],
      hs_communication_logged_from: 'CRM',
      hs_communication_body: lines.join('\n'),
    },
    atMs,
    replied ? replyAtMs : atMs,
  );
}

const CHANNEL_TYPE: Readonly<Partial<Record<DemoChannel, string>>> = {
  sms: 'SMS',
  whatsapp: 'WHATS_APP',
  linkedin: 'LINKEDIN_MESSAGE',
};

function say({ fill, random }: TouchRecord, frames: readonly string[]): string {
  return fillFrame(random.pick(frames), fill, random);
}

function put(
  record: TouchRecord,
  type: DemoObjectType,
  fields: Fields,
  atMs = record.atMs,
  updatedMs = atMs,
): void {
  const { writer, contactId, person } = record;
  const stamped = { hs_timestamp: iso(atMs), ...fields, hubspot_owner_id: person.rep.id };
  const id = writer.add(type, stamped, atMs, updatedMs);
  writer.link(type, id, 'contacts', contactId);
  record.latestMs = Math.max(record.latestMs, updatedMs);
}
