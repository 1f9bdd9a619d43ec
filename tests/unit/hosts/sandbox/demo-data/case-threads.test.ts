/** The threads of the demo's tickets: in order, in time, and with every standing a case can have. */
import { expect, test } from 'vitest';
import type { DemoObject } from '../../../../../src/hosts/sandbox/demo-data/generate.ts';
import { ofType, sample, share } from './portal-sample.ts';

interface Case {
  readonly ticket: DemoObject;
  readonly mails: readonly DemoObject[];
}

const timeOf = (mail: DemoObject): number => Date.parse(mail.properties['hs_timestamp'] ?? '');
const isOurs = (mail: DemoObject): boolean => mail.properties['hs_email_direction'] === 'EMAIL';
const isClosed = ({ ticket }: Case): boolean => ticket.properties['hs_pipeline_stage'] === '4';

function cases(): Case[] {
  const mails = new Map(ofType('emails').map((mail) => [mail.id, mail]));
  const links = sample().associations.filter((a) => a.fromType === 'emails');
  return ofType('tickets').map((ticket) => ({
    ticket,
    mails: links
      .filter((a) => a.toType === 'tickets' && a.toId === ticket.id)
      .map((a) => mails.get(a.fromId)!)
      .sort((a, b) => timeOf(a) - timeOf(b)),
  }));
}

test('closed cases end with what settled them, mails lie between opening and closing', () => {
  const closed = cases().filter(isClosed);
  const settled = closed.filter(({ mails }) => mails.some(isOurs));
  expect(Math.abs(settled.length / closed.length - 0.88)).toBeLessThan(0.06);
  for (const { ticket, mails } of settled)
    for (const mail of mails) {
      expect(timeOf(mail)).toBeGreaterThanOrEqual(Date.parse(ticket.createdAt));
      expect(timeOf(mail)).toBeLessThanOrEqual(Date.parse(ticket.properties['closed_date'] ?? ''));
    }
  const words = settled.map(({ mails }) => mails.findLast(isOurs)?.properties['hs_email_text']);
  expect(new Set(words).size).toBeGreaterThan(100);
});

test('open cases are silent, answered, back again and reopened', () => {
  const open = cases().filter((c) => !isClosed(c));
  expect(open.length).toBeGreaterThan(20);
  const answered = open.filter(({ mails }) => mails.at(-1) && isOurs(mails.at(-1)!));
  const back = open.filter(({ mails }) => mails.at(-1) && !isOurs(mails.at(-1)!));
  const reopened = open.filter(({ ticket }) => ticket.properties['closed_date'] !== undefined);
  for (const [name, list] of Object.entries({ answered, back }))
    expect(list.length / open.length, name).toBeGreaterThan(0.12);
  expect(share(open, ({ mails }) => mails.length === 0)).toBeGreaterThan(0.2);
  expect(reopened.length).toBeGreaterThan(0);
  for (const { mails } of back) expect(mails.some(isOurs)).toBe(true);
});

test('who answers on which channel is told by other mails only', () => {
  const links = sample().associations.filter((a) => a.fromType === 'emails');
  const ofCases = new Set(links.filter((a) => a.toType === 'tickets').map((a) => a.fromId));
  expect(ofCases.size).toBeGreaterThan(300);
  expect(links.some((a) => a.toType === 'contacts' && ofCases.has(a.fromId))).toBe(false);
});
