/** Buttons that put a task or a note with the advice on the record, and the word on what came of it. */
import { Alert, LoadingButton } from '@hubspot/ui-extensions';
import type { Activity } from '../lib/fetch-card.ts';
import type { Translator } from '../lib/translate.ts';
import type { Activities } from '../lib/use-activity.ts';

interface ButtonProps {
  readonly kind: Activity['kind'];
  readonly compose: () => Omit<Activity, 'kind'>;
  readonly activities: Activities;
  readonly translator: Translator;
}

export function ActivityButton({ kind, compose, activities, translator }: ButtonProps) {
  return (
    <LoadingButton
      testId={`create-${kind}`}
      variant={kind === 'task' ? 'primary' : 'secondary'}
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
  readonly translator: Translator;
}

export function ActivityOutcome({ activities: { outcome }, translator: { t } }: OutcomeProps) {
  if (outcome === null) return null;
  const { kind, state } = outcome;
  if (state === 'failed')
    return (
      <Alert variant="error" title={t('create.failed')} testId="create-failed">
        {t('create.failed.body')}
      </Alert>
    );
  return (
    <Alert
      variant={state === 'ordered' ? 'success' : 'info'}
      title={t(`${kind}.${state}`)}
      testId={`created-${kind}`}
    >
      {t(state)}
    </Alert>
  );
}
