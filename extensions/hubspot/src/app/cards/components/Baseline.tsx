/** Says what an early score rests on, and what is missing to a score of their own. */
import { StatusTag, Text } from '@hubspot/ui-extensions';
import type { ContactCard } from '../generated/card-contract.ts';
import { baseline } from '../lib/describe.ts';
import { useTranslator } from '../lib/language.ts';
import { Column } from './layout.tsx';

interface Props {
  readonly card: ContactCard;
}

export function Baseline({ card }: Props) {
  const translator = useTranslator();
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
