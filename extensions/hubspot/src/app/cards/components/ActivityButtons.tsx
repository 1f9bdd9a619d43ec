/** Buttons that put a task or a note with the advice on the record, and the word on what came of it. */
import { Alert, LoadingButton } from '@hubspot/ui-extensions';
import { created } from '../lib/compose.ts';
import type { Activity } from '../lib/fetch-card.ts';
import { useTranslator } from '../lib/language.ts';
import type { Activities } from '../lib/use-activity.ts';

interface ButtonProps {
  readonly kind: Activity['kind'];
  readonly primary?: boolean;
  readonly compose: () => Omit<Activity, 'kind'>;
  readonly activities: Activities;
}

export function ActivityButton({ kind, primary, compose, activities }: ButtonProps) {
  const translator = useTranslator();
  return (
    <LoadingButton
      testId={`create-${kind}`}
      variant={primary ? 'primary' : 'secondary'}
      size="sm"
      loading={activities.saving === kind}
      onClick={() => activities.create({ kind, ...compose() })}
    >
      {translator.t(`${kind}.create`)}
    </LoadingButton>
  );
}

interface OutcomeProps {
  readonly activities: Activities;
}

export function ActivityOutcome({ activities: { outcome } }: OutcomeProps) {
  const translator = useTranslator();
  if (outcome === null) return null;
  return (
    <Alert
      variant={outcome.state === 'failed' ? 'error' : 'success'}
      title={created(translator, outcome)}
    />
  );
}
