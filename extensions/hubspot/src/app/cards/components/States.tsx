/** What stands in place of a card when there is nothing to show, and why. */
import {
  Button,
  EmptyState,
  type EmptyStateProps,
  ErrorState,
  type ErrorStateProps,
  LoadingSpinner,
  Text,
} from '@hubspot/ui-extensions';
import { useTranslator } from '../lib/language.ts';
import type { Translator } from '../lib/translate.ts';

export function Loading() {
  const { t } = useTranslator();
  return <LoadingSpinner label={t('state.loading')} showLabel layout="centered" />;
}

export function Failed({ onRetry }: { readonly onRetry: () => void }) {
  const { t } = useTranslator();
  return (
    <ErrorState type="error" title={t('state.error.title')}>
      <Text>{t('state.error')}</Text>
      <Button testId="retry" variant="secondary" onClick={onRetry}>
        {t('action.retry')}
      </Button>
    </ErrorState>
  );
}

type ErrorType = NonNullable<ErrorStateProps['type']>;
type Image = NonNullable<EmptyStateProps['imageName']>;
const ERRORS: Readonly<Record<string, ErrorType>> = { no_access: 'lock', not_connected: 'support' };
const EMPTY: Readonly<Record<string, Image>> = {
  empty: 'emptyStateCharts',
  holdout: 'lock',
  excluded: 'lock',
  unsupported_language: 'emptyStateCharts',
};

/** The states that replace all content; `null` for those that have content to show. */
export function replacement(
  { state, need = 0 }: { readonly state: string; readonly need?: number },
  { first }: Translator,
) {
  const [error, image] = [ERRORS[state], EMPTY[state]];
  const title = first([`state.${state}.title`, 'state.error.title']);
  const text = <Text>{first([`state.${state}`, 'state.error'], { need })}</Text>;
  if (error)
    return (
      <ErrorState type={error} title={title}>
        {text}
      </ErrorState>
    );
  if (!image) return null;
  return (
    <EmptyState title={title} imageName={image} layout="vertical">
      {text}
    </EmptyState>
  );
}
