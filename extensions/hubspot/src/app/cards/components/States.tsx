/** What stands in place of the card when there is nothing to show, and why. */
import { Button, EmptyState, ErrorState, LoadingSpinner, Text } from '@hubspot/ui-extensions';
import type { ContactCard } from '../generated/card-contract.ts';
import type { Translator } from '../lib/translate.ts';

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

/** The states that replace all content; `null` for those that have content to show. */
export function replacement(card: ContactCard, { t }: Translator) {
  switch (card.state) {
    case 'no_access':
      return (
        <ErrorState type="lock" title={t('state.no_access.title')}>
          <Text>{t('state.no_access')}</Text>
        </ErrorState>
      );
    case 'not_connected':
      return (
        <ErrorState type="support" title={t('state.not_connected.title')}>
          <Text>{t('state.not_connected')}</Text>
        </ErrorState>
      );
    case 'empty':
      return (
        <EmptyState title={t('state.empty.title')} imageName="emptyStateCharts" layout="vertical">
          <Text>{t('state.empty', { need: card.need })}</Text>
        </EmptyState>
      );
    case 'holdout':
      return (
        <EmptyState title={t('state.holdout.title')} imageName="lock" layout="vertical">
          <Text>{t('state.holdout')}</Text>
        </EmptyState>
      );
    case 'excluded':
      return (
        <EmptyState title={t('state.excluded.title')} imageName="lock" layout="vertical">
          <Text>{t('state.excluded')}</Text>
        </EmptyState>
      );
    default:
      return null;
  }
}
