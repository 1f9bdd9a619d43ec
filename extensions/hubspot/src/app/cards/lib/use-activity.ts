/** Creating a task or a note: what is under way, and what came of it. */
import { useState } from 'react';
import { type Activity, type ActivityState, createActivity } from './fetch-card.ts';
import type { AnyCard, CardLife } from './use-card.ts';

export interface ActivityOutcome {
  readonly kind: Activity['kind'];
  readonly state: ActivityState | 'failed';
}

export interface Activities {
  readonly saving: Activity['kind'] | null;
  readonly outcome: ActivityOutcome | null;
  readonly create: (activity: Activity) => void;
}

export function useActivities(life: CardLife<AnyCard>): Activities {
  const [saving, setSaving] = useState<Activity['kind'] | null>(null);
  const [outcome, setOutcome] = useState<ActivityOutcome | null>(null);
  const create = (activity: Activity) => {
    if (saving !== null) return;
    const { kind } = activity;
    setSaving(kind);
    setOutcome(null);
    createActivity(life.record, activity)
      .then(
        (state) => setOutcome({ kind, state }),
        () => setOutcome({ kind, state: 'failed' }),
      )
      .finally(() => setSaving(null));
  };
  return { saving, outcome, create };
}
