/** A task or a note about whom to reach, and a new score. */
import { ButtonRow } from '@hubspot/ui-extensions';
import type { Activity } from '../lib/fetch-card.ts';
import type { Translator } from '../lib/translate.ts';
import { useActivities } from '../lib/use-activity.ts';
import type { AnyCard, CardLife } from '../lib/use-card.ts';
import { ActivityButton, ActivityOutcome } from './ActivityButtons.tsx';
import { Column } from './layout.tsx';
import { Refresh } from './Refresh.tsx';

interface Props {
  readonly life: CardLife<AnyCard>;
  readonly translator: Translator;
  /** `null` while there is nobody to reach: then only a new score may be asked for. */
  readonly compose: (() => Omit<Activity, 'kind'>) | null;
}

export function RecordActions({ life, translator, compose }: Props) {
  const activities = useActivities(life);
  return (
    <Column>
      <ButtonRow>
        {compose === null ? null : (
          <ActivityButton kind="task" {...{ compose, activities, translator }} />
        )}
        {compose === null ? null : (
          <ActivityButton kind="note" {...{ compose, activities, translator }} />
        )}
        <Refresh life={life} translator={translator} />
      </ButtonRow>
      <ActivityOutcome activities={activities} translator={translator} />
    </Column>
  );
}
