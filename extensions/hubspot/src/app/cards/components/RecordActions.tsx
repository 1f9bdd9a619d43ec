/** A task or a note about whom to reach, and a new score. */
import { ButtonRow } from '@hubspot/ui-extensions';
import type { ReactNode } from 'react';
import type { Activity } from '../lib/fetch-card.ts';
import { useActivities } from '../lib/use-activity.ts';
import type { AnyCard, CardLife } from '../lib/use-card.ts';
import { ActivityButton, ActivityOutcome } from './ActivityButtons.tsx';
import { Column } from './layout.tsx';
import { Refresh } from './Refresh.tsx';

interface Props {
  readonly life: CardLife<AnyCard>;
  /** The primary button, in place of the task. */
  readonly lead?: ReactNode;
  readonly more?: ReactNode;
  /** `null` while there is nobody to reach: then only a new score may be asked for. */
  readonly compose: (() => Omit<Activity, 'kind'>) | null;
}

export function RecordActions({ life, compose, lead, more }: Props) {
  const activities = useActivities(life);
  return (
    <Column>
      <ButtonRow>
        {lead}
        {compose === null ? null : (
          <ActivityButton kind="task" primary={!lead} {...{ compose, activities }} />
        )}
        {compose === null ? null : <ActivityButton kind="note" {...{ compose, activities }} />}
        {more}
        <Refresh life={life} />
      </ButtonRow>
      <ActivityOutcome activities={activities} />
    </Column>
  );
}
