/** The advice as a task or a note, in the words the reader sees on the card. */
import type { CardPerson, CardReason, ContactCard } from '../generated/card-contract.ts';
import { channelName, reason, topReasons } from './describe.ts';
import type { Activity } from './fetch-card.ts';
import { day, hours, percent, zoneName } from './format.ts';
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
  const { t, first } = translator;
  const { name, timeZone } = card.contact;
  const best = card.reach?.best;
  const begin = card.reach?.from ?? null;
  const until = card.reach?.until ?? null;
  const when =
    begin === null || until === null
      ? []
      : [
          t('reach.when', {
            day: day(translator, begin, timeZone),
            hours: hours(translator, begin, until, timeZone),
            zone: zoneName(translator, begin, timeZone),
          }),
        ];
  const chance =
    best == null
      ? []
      : [
          t('reach.chance', { rate: percent(best.chance) }),
          t('reach.interval', { low: percent(best.low), high: percent(best.high) }),
          t('reach.usual', { usual: percent(best.usual) }),
        ];
  return {
    subject: first([`reach.${best?.channel}`, 'reach.other'], { name }),
    body: [
      ...when,
      chance.join(' · '),
      ...reasonLines(translator, best?.reasons ?? []),
      from(translator, card.scoredAt ?? new Date().toISOString()),
    ]
      .filter((line) => line !== '')
      .join('\n'),
    dueAt: begin,
    type: taskType(best?.channel ?? ''),
  };
}

/** Somebody to reach about a deal, a company or a case; `about` says what it is about. */
export function personActivity(
  translator: Translator,
  person: CardPerson,
  { about, lines, scoredAt }: { about: string; lines: readonly string[]; scoredAt: string | null },
): Composed {
  const { t, first } = translator;
  const chance = t('reach.by', {
    channel: channelName(translator, person.channel),
    rate: percent(person.chance),
  });
  return {
    subject: `${first([`reach.${person.channel}`, 'reach.other'], { name: person.name })} · ${about}`,
    body: [chance, ...lines, from(translator, scoredAt ?? new Date().toISOString())].join('\n'),
    dueAt: person.at,
    type: taskType(person.channel),
  };
}
