/** What a rep may do with the advice on a person: a task, a note, a new score, "not now". */
import { Button } from '@hubspot/ui-extensions';
import { useState } from 'react';
import type { ContactCard } from '../generated/card-contract.ts';
import { adviceActivity } from '../lib/compose.ts';
import { ago } from '../lib/format.ts';
import { useTranslator } from '../lib/language.ts';
import { useActivities } from '../lib/use-activity.ts';
import { ActivityButton, ActivityOutcome } from './ActivityButtons.tsx';
import { Draft } from './Draft.tsx';
import { LogFeedback } from './LogFeedback.tsx';
import { Column, Small } from './layout.tsx';
import { NotNow } from './NotNow.tsx';
import { RecordActions } from './RecordActions.tsx';
import type { Shown } from './Shell.tsx';

export function ContactActions(shown: Shown<ContactCard>) {
  const { card, life } = shown;
  const translator = useTranslator();
  const [asking, setAsking] = useState(false);
  const { t, first } = translator;
  const { setAside, reach } = card;
  const channel = reach?.best?.channel ?? null;
  return (
    <Column>
      <RecordActions
        life={life}
        compose={channel === null ? null : () => adviceActivity(translator, card)}
        lead={reach?.written == null ? null : <Draft {...shown} />}
        more={
          <>
            <LogFeedback {...shown} />
            {channel === null || setAside !== null ? null : (
              <Button testId="not-now" size="sm" onClick={() => setAsking(!asking)}>
                {t('not_now')}
              </Button>
            )}
          </>
        }
      />
      {setAside !== null ? (
        <Small>
          {t('not_now.set', {
            when: ago(translator, setAside.at),
            reason: first([`not_now.${setAside.reason}`, 'not_now']),
          })}
        </Small>
      ) : asking ? (
        <NotNow {...shown} />
      ) : null}
    </Column>
  );
}

/** The one button of the narrow cards. */
export function TaskButton({ card, life }: Shown<ContactCard>) {
  const translator = useTranslator();
  const activities = useActivities(life);
  if (card.reach?.best == null) return null;
  const compose = () => adviceActivity(translator, card);
  return (
    <Column align="start">
      <ActivityButton kind="task" primary {...{ compose, activities }} />
      <ActivityOutcome activities={activities} />
    </Column>
  );
}
