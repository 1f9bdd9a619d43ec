/** Says what an early score rests on, and what is missing to a score of their own. */
import { StatusTag, Text } from '@hubspot/ui-extensions';
import type { ContactCard } from '../generated/card-contract.ts';
import { baseline } from '../lib/describe.ts';
import type { Translator } from '../lib/translate.ts';
import { Column } from './layout.tsx';

interface Props {
  readonly card: ContactCard;
  readonly translator: Translator;
}

export function Baseline({ card, translator }: Props) {
  if (card.state !== 'baseline') return null;
  return (
    <Column align="start" testId="baseline">
      <StatusTag variant="info" hollow>
        {translator.t('state.baseline.tag')}
      </StatusTag>
      <Text>{baseline(translator, card)}</Text>
    </Column>
  );
}
