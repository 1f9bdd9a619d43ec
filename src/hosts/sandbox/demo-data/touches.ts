/** The touches of one contact as CRM records: who tried what when, and what came back. */
import { dayPartAt } from '../../../core/channel.ts';
import { fillFrame } from './frame.ts';
import { TOUCH_FRAMES } from './frames.ts';
import type { Person } from './people.ts';
import { iso, type PortalWriter } from './portal-writer.ts';
import type { Random } from './random.ts';
import type { ReplyDraw, ReplyModel } from './reply-model.ts';
import { slotFiller } from './slots.ts';
import {
  channelWeights,
  drawChannel,
  drawTouchCount,
  drawWorkingTime,
  HISTORY_DAYS,
} from './touch-plan.ts';
import { type TouchRecord, WRITE_TOUCH, writeInboundCall } from './touch-records.ts';
import type { DemoChannel } from './types.ts';

const DAY = 86_400_000;
const HOUR = 3_600_000;
const REPLY_MEDIAN_HOURS = 11;
const REPLY_SIGMA = 1.1;
const LONGEST_REPLY_HOURS = 6 * 24;

export interface TouchedContact {
  readonly contactId: string;
  readonly person: Person;
  readonly sinceMs: number;
  readonly model: ReplyModel;
  readonly draw: ReplyDraw;
}

/** Answers the time of the latest touch, 0 without any. */
export function writeTouches(
  writer: PortalWriter,
  contact: TouchedContact,
  random: Random,
): number {
  const { person, contactId, model, draw } = contact;
  const fromMs = Math.max(contact.sinceMs, writer.nowMs - HISTORY_DAYS * DAY);
  const times = Array.from({ length: drawTouchCount(random) }, () =>
    drawWorkingTime(person.rep, fromMs, writer.nowMs, random),
  ).sort((a, b) => a - b);
  const weights = channelWeights(person);
  let last: DemoChannel | null = null;
  let latest = 0;
  for (const atMs of times) {
    const channel = drawChannel(weights, last, random);
    const part = dayPartAt(new Date(atMs), person.place.zone);
    const answered = random.chance(model.replyChance(draw, channel, part));
    const record = touchRecord(writer, contact, atMs, random);
    WRITE_TOUCH[channel](record, channel, answered);
    last = channel;
    latest = record.latestMs;
  }
  if (random.chance(0.2)) {
    const record = touchRecord(
      writer,
      contact,
      drawWorkingTime(person.rep, fromMs, writer.nowMs, random),
      random,
    );
    writeInboundCall(record);
    latest = Math.max(latest, record.latestMs);
  }
  if (random.chance(0.25)) {
    const atMs = drawWorkingTime(person.rep, fromMs, writer.nowMs, random);
    const { frames, fill } = touchRecord(writer, contact, atMs, random);
    const id = writer.add(
      'notes',
      {
        hs_timestamp: iso(atMs),
        hs_note_body: fillFrame(random.pick(frames.notes), fill, random),
        hubspot_owner_id: person.rep.id,
      },
      atMs,
    );
    writer.link('notes', id, 'contacts', contactId);
    latest = Math.max(latest, atMs);
  }
  return latest;
}

function touchRecord(
  writer: PortalWriter,
  { person, contactId }: TouchedContact,
  atMs: number,
  random: Random,
): TouchRecord {
  const language = person.profile.language;
  const delayHours = Math.min(
    LONGEST_REPLY_HOURS,
    Math.max(0.3, random.logNormal(REPLY_MEDIAN_HOURS, REPLY_SIGMA)),
  );
  return {
    writer,
    contactId,
    person,
    atMs,
    replyAtMs: Math.floor(atMs + delayHours * HOUR),
    frames: TOUCH_FRAMES[language],
    fill: slotFiller({ language, person, company: person.company }, random),
    random,
    latestMs: atMs,
  };
}
