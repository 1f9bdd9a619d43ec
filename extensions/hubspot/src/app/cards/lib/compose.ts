/** The advice as a task or a note, in the words the reader sees on the card. */
import type {
  CardPerson,
  CardReading,
  CardReason,
  ContactCard,
} from '../generated/card-contract.ts';
import { advised, channelName, range, reason, topReasons, when } from './describe.ts';
import type { Activity, ActivityState } from './fetch-card.ts';
import { day, percent } from './format.ts';
import type { Translator } from './translate.ts';

type Composed = Omit<Activity, 'kind'>;

const taskType = (channel: string): Activity['type'] =>
  channel === 'phone' ? 'call' : channel === 'email' ? 'email' : 'todo';

/** One line per reason, each with its sign. */
export const reasonLines = (
  translator: Translator,
  reasons: readonly CardReason[],
  currency?: string,
): string[] =>
  topReasons(reasons).map((r) => `${r.effect < 0 ? '−' : '+'} ${reason(translator, r, currency)}`);

const from = (translator: Translator, at: string): string =>
  translator.t('task.from', { day: day(translator, at, 'UTC') });

/** How and when to reach a contact, and why. The card must advise a channel. */
export function adviceActivity(translator: Translator, card: ContactCard): Composed {
  const { t } = translator;
  const { reach, contact, scoredAt } = card;
  const best = reach === null ? null : reach.best;
  const channel = best ? best.channel : '';
  const chance = best
    ? [t('reach.chance', { rate: percent(best.chance) }), range(translator, best)]
    : [];
  return {
    subject: advised(translator, channel, contact.name),
    body: [
      when(translator, card),
      chance.join(' · '),
      ...reasonLines(translator, best ? best.reasons : []),
      from(translator, scoredAt ?? new Date().toISOString()),
    ]
      .filter((line) => line !== '')
      .join('\n'),
    dueAt: reach === null ? null : reach.from,
    type: taskType(channel),
  };
}

/** What came of asking for a task or a note. */
export const created = (
  { t }: Translator,
  { kind, state }: { readonly kind: Activity['kind']; readonly state: ActivityState | 'failed' },
): string => t(`create.${state}`, { what: t(kind) });

/** What somebody said, as a note under what the models read in it. */
export function noteOf(
  { t, first, of }: Translator,
  name: string,
  body: string,
  { type, urgency, sentiment }: CardReading,
): Activity {
  const said = [
    t('log.subject', { name }),
    type === null ? '' : of('type', type),
    urgency === null || urgency === 'none' ? '' : first([`urgency.${urgency}`, 'type.other']),
    sentiment === null ? '' : first([`sentiment.${sentiment}`, 'sentiment.neutral']),
  ];
  const subject = said.filter((part) => part !== '').join(' · ');
  return { kind: 'note', type: 'todo', dueAt: null, subject, body };
}

/** Somebody to reach about a deal, a company or a case; `about` says what it is about. */
export function personActivity(
  translator: Translator,
  person: CardPerson,
  { about, lines, scoredAt }: { about: string; lines: readonly string[]; scoredAt: string | null },
): Composed {
  const { t } = translator;
  const chance = t('reach.by', {
    channel: channelName(translator, person.channel),
    rate: percent(person.chance),
  });
  return {
    subject: `${advised(translator, person.channel, person.name)} · ${about}`,
    body: [chance, ...lines, from(translator, scoredAt ?? new Date().toISOString())].join('\n'),
    dueAt: person.at,
    type: taskType(person.channel),
  };
}
