/** Whether somebody waits for an answer and until when, and the formula behind the case's place in the queue. */
import { Heading, StatusTag, Text, useExtensionContext } from '@hubspot/ui-extensions';
import type { TicketCard } from '../generated/card-contract.ts';
import { ago, day, hour } from '../lib/format.ts';
import { useTranslator } from '../lib/language.ts';
import type { Translator } from '../lib/translate.ts';
import { Column, Small } from './layout.tsx';
import { urgencyName } from './MessageTags.tsx';

interface Props {
  readonly card: TicketCard;
}

const VARIANTS = { open: 'warning', overdue: 'danger', done: 'success', none: 'default' } as const;

/** One sentence; `null` when nothing is known. */
export function dueText(
  translator: Translator,
  { followUp }: TicketCard,
  zone: string,
): string | null {
  if (followUp === null) return null;
  const { t, of } = translator;
  const { state, dueAt, waitingSince, answeredAt, answeredBy } = followUp;
  if (state === 'open' || state === 'overdue') {
    if (dueAt === null)
      return waitingSince === null
        ? null
        : t('due.undated', { when: ago(translator, waitingSince) });
    return t(`due.${state}`, {
      day: day(translator, dueAt, zone),
      hour: hour(translator, dueAt, zone),
      in: ago(translator, dueAt),
    });
  }
  if (state === 'none' || answeredAt === null) return t('due.closed');
  const source = of('source', answeredBy?.kind);
  return t('due.done', { when: ago(translator, answeredAt), source });
}

export function FollowUp({ card }: Props) {
  const translator = useTranslator();
  const { t } = translator;
  const { portal } = useExtensionContext<'crm.record.tab'>();
  const said = dueText(translator, card, portal.timezone);
  if (card.followUp === null || said === null) return null;
  const { state, cameBack, evidence } = card.followUp;
  return (
    <Column align="start" testId="follow-up">
      <Heading>{t('due.title')}</Heading>
      <StatusTag variant={VARIANTS[state]}>{t(`due.${state}.tag`)}</StatusTag>
      <Text>{said}</Text>
      {cameBack ? <Small>{t('due.back')}</Small> : null}
      {evidence === 'contact' && state !== 'none' ? <Small>{t('due.contact')}</Small> : null}
    </Column>
  );
}

interface PriorityProps {
  readonly priority: TicketCard['priority'];
}

export function Priority({ priority }: PriorityProps) {
  const translator = useTranslator();
  const { t, first, locale } = translator;
  if (priority === null) return null;
  const number = new Intl.NumberFormat(locale, { maximumFractionDigits: 2 });
  const input = (factor: string, said: string) => {
    if (factor === 'urgency' && said !== 'unknown') return urgencyName(translator, said);
    if (factor === 'waiting')
      return t('input.hours', { n: number.format(Number.parseFloat(said)) });
    return first([`input.${said}`, 'input.unknown']);
  };
  const parts = priority.parts.map(({ factor, input: said, value, weight }) => {
    const power = weight === 1 ? '' : `^${number.format(weight)}`;
    return t(`priority.${factor}`, {
      value: `${number.format(value)}${power}`,
      input: input(factor, said),
    });
  });
  return (
    <Column gap="flush" testId="priority">
      <Text format={{ fontWeight: 'demibold' }}>
        {t('priority.title', { score: priority.score })}
      </Text>
      <Small>{t('priority.formula', { parts: parts.join(' × ') })}</Small>
    </Column>
  );
}
