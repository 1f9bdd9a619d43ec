/** What a rep may do with the advice on a person: a task, a note, a new score, "not now". */
import type { ContactCard } from '../generated/card-contract.ts';
import { adviceActivity } from '../lib/compose.ts';
import { sendNotNow } from '../lib/fetch-card.ts';
import { ago } from '../lib/format.ts';
import { useActivities } from '../lib/use-activity.ts';
import { ActivityButton, ActivityOutcome } from './ActivityButtons.tsx';
import { Choose } from './Choose.tsx';
import { Column, Small } from './layout.tsx';
import { RecordActions } from './RecordActions.tsx';
import type { Shown } from './Shell.tsx';

const REASONS = ['wrong_time', 'wrong_channel', 'already_spoke', 'wrong_about'] as const;

export function ContactActions(shown: Shown<ContactCard>) {
  const { card, life, translator } = shown;
  const advised = card.reach?.best != null;
  return (
    <Column>
      <RecordActions
        life={life}
        translator={translator}
        compose={advised ? () => adviceActivity(translator, card) : null}
      />
      {advised ? <NotNow {...shown} /> : null}
    </Column>
  );
}

function NotNow({ card, life, translator }: Shown<ContactCard>) {
  const { t, first } = translator;
  if (card.setAside !== null) {
    const reason = first([`not_now.${card.setAside.reason}`, 'not_now']);
    return (
      <Small testId="set-aside">
        {t('not_now.set', { when: ago(translator, card.setAside.at), reason })}
      </Small>
    );
  }
  const channel = card.reach?.best?.channel ?? null;
  return (
    <Choose
      id="not-now"
      open="not_now"
      ask="not_now.why"
      saved="not_now.saved"
      choices={REASONS.map((value) => ({ value, label: t(`not_now.${value}`) }))}
      onChoose={(reason) => sendNotNow(life.record, reason, channel)}
      translator={translator}
    />
  );
}

/** The one button of the narrow cards. */
export function TaskButton({ card, life, translator }: Shown<ContactCard>) {
  const activities = useActivities(life);
  if (card.reach?.best == null) return null;
  const compose = () => adviceActivity(translator, card);
  return (
    <Column align="start">
      <ActivityButton kind="task" {...{ compose, activities, translator }} />
      <ActivityOutcome activities={activities} translator={translator} />
    </Column>
  );
}
