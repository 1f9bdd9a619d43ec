/** What stands in place of a card when there is nothing to show, and why. */
import { Button, EmptyState, ErrorState, LoadingSpinner, Text } from '@hubspot/ui-extensions';
import type { Key, Translator } from '../lib/translate.ts';

interface Props {
  readonly translator: Translator;
}

export function Loading({ translator: { t } }: Props) {
  return <LoadingSpinner label={t('state.loading')} showLabel layout="centered" />;
}

export function Failed({ translator: { t }, onRetry }: Props & { readonly onRetry: () => void }) {
  return (
    <ErrorState type="error" title={t('state.error.title')}>
      <Text>{t('state.error')}</Text>
      <Button testId="retry" variant="secondary" onClick={onRetry}>
        {t('action.retry')}
      </Button>
    </ErrorState>
  );
}

const ERRORS = { no_access: 'lock', not_connected: 'support' } as const;
const EMPTY = {
  empty: 'emptyStateCharts',
  holdout: 'lock',
  excluded: 'lock',
  unsupported_language: 'emptyStateCharts',
} as const;
const has = <T extends object>(table: T, key: PropertyKey): key is keyof T =>
  Object.hasOwn(table, key);

/** The states that replace all content; `null` for those that have content to show. */
export function replacement(
  card: { readonly state: string; readonly need?: number },
  tr: Translator,
) {
  const { state } = card;
  if (!has(ERRORS, state) && !has(EMPTY, state)) return null;
  const title = tr.t(`state.${state}.title` satisfies Key);
  const text = tr.t(`state.${state}` satisfies Key, { need: card.need ?? 0 });
  return has(ERRORS, state) ? (
    <ErrorState type={ERRORS[state]} title={title}>
      <Text>{text}</Text>
    </ErrorState>
  ) : (
    <EmptyState title={title} imageName={EMPTY[state]} layout="vertical">
      <Text>{text}</Text>
    </EmptyState>
  );
}
