/** Asks for a new score. */
import { LoadingButton } from '@hubspot/ui-extensions';
import type { Translator } from '../lib/translate.ts';
import type { AnyCard, CardLife } from '../lib/use-card.ts';

interface Props {
  readonly life: CardLife<AnyCard>;
  readonly translator: Translator;
}

export function Refresh({ life, translator }: Props) {
  return (
    <LoadingButton
      testId="refresh"
      variant="secondary"
      size="sm"
      loading={life.refreshing}
      onClick={life.refresh}
    >
      {translator.t('action.refresh')}
    </LoadingButton>
  );
}
