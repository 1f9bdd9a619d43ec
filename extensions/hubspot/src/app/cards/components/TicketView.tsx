/** The ticket card: what the message is, what is due, who to answer how, and with what. */
import { ButtonRow, Heading, Text, useExtensionContext } from '@hubspot/ui-extensions';
import type { TicketCard } from '../generated/card-contract.ts';
import { personActivity, reasonLines } from '../lib/compose.ts';
import { channelName } from '../lib/describe.ts';
import { percent } from '../lib/format.ts';
import { useTranslator } from '../lib/language.ts';
import { useActivities } from '../lib/use-activity.ts';
import { actions } from '../words/actions.ts';
import { common } from '../words/common.ts';
import { messageReasons } from '../words/message-reasons.ts';
import { messages } from '../words/messages.ts';
import { people } from '../words/people.ts';
import { reach } from '../words/reach.ts';
import { ticket } from '../words/ticket.ts';
import { ActivityButton, ActivityOutcome } from './ActivityButtons.tsx';
import { CorrectTicket } from './CorrectTicket.tsx';
import { FeedbackList } from './FeedbackList.tsx';
import { dueText, FollowUp, Priority } from './FollowUp.tsx';
import { Column } from './layout.tsx';
import { MessageTags } from './MessageTags.tsx';
import { Reasons } from './Reasons.tsx';
import { RecordLink } from './RecordLink.tsx';
import { Refresh } from './Refresh.tsx';
import { ReplyDraft } from './ReplyDraft.tsx';
import { Shell, type Shown } from './Shell.tsx';
import { SimilarCases } from './SimilarCases.tsx';
import { Summary } from './Summary.tsx';

const WORDS = [common, actions, reach, people, messages, messageReasons, ticket];

export function TicketView() {
  return (
    <Shell<TicketCard> path="ticket-card" words={WORDS}>
      {(shown) => <Content {...shown} />}
    </Shell>
  );
}

function Content(shown: Shown<TicketCard>) {
  const { card, life } = shown;
  const rest = { here: life.record };
  return (
    <>
      <MessageTags card={card} />
      <CorrectTicket {...shown} />
      <Summary summary={card.summary} {...rest} />
      <FollowUp card={card} />
      <Priority priority={card.priority} />
      <TicketActions {...shown} />
      <Channel {...shown} />
      <SimilarCases similar={card.similar} {...rest} />
      <ReplyDraft reply={card.reply} {...rest} />
      <Reasons reasons={card.reasons} />
      <FeedbackList feedback={card.past} title="past.title" />
    </>
  );
}

/** Which channel the person answers best on. */
function Channel({ card, life }: Shown<TicketCard>) {
  const translator = useTranslator();
  const { t } = translator;
  if (card.person === null) return null;
  const { id, name, channel, chance } = card.person;
  return (
    <Column testId="channel">
      <Heading>{t('channel.title', { name })}</Heading>
      <Text>
        {t('reach.by', { channel: channelName(translator, channel), rate: percent(chance) })}{' '}
        <RecordLink to={{ kind: 'contact', id }} here={life.record}>
          {t('record.open')}
        </RecordLink>
      </Text>
    </Column>
  );
}

function TicketActions({ card, life }: Shown<TicketCard>) {
  const translator = useTranslator();
  const { t } = translator;
  const { portal } = useExtensionContext<'crm.record.tab'>();
  const activities = useActivities(life);
  const { subject } = card.ticket;
  const compose = () => {
    const due = dueText(translator, card, portal.timezone);
    const lines = [
      ...(due === null ? [] : [due]),
      ...card.summary.map(({ text }) => `“${text}”`),
      ...reasonLines(translator, card.reasons),
    ];
    if (card.person !== null) {
      const { scoredAt, followUp } = card;
      const made = personActivity(translator, card.person, { about: subject, lines, scoredAt });
      return { ...made, dueAt: followUp?.dueAt ?? made.dueAt };
    }
    const dueAt = card.followUp?.dueAt ?? null;
    const body = lines.join('\n');
    return { subject: t('ticket.task', { subject }), body, dueAt, type: 'todo' as const };
  };
  return (
    <Column>
      <ButtonRow>
        <ActivityButton kind="task" {...{ compose, activities }} />
        <ActivityButton kind="note" {...{ compose, activities }} />
        <Refresh life={life} />
      </ButtonRow>
      <ActivityOutcome activities={activities} />
    </Column>
  );
}
