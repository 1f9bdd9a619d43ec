/** Asks for a new score. */
import { LoadingButton } from '@hubspot/ui-extensions';
import { useTranslator } from '../lib/language.ts';
import type { AnyCard, CardLife } from '../lib/use-card.ts';

interface Props {
  readonly life: CardLife<AnyCard>;
}

export function Refresh({ life }: Props) {
  const translator = useTranslator();
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
