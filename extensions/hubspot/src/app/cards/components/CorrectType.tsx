/** "Correct this": one tap says what a message really is, and becomes a label. */
import type { CardFeedback } from '../generated/card-contract.ts';
import { sendCorrection } from '../lib/fetch-card.ts';
import { useTranslator } from '../lib/language.ts';
import type { AnyCard, CardLife } from '../lib/use-card.ts';
import { Choose } from './Choose.tsx';

const TYPES = ['problem', 'suggestion', 'praise', 'question'] as const;

interface Props {
  readonly item: CardFeedback;
  readonly life: CardLife<AnyCard>;
}

export function CorrectType({ item, life }: Props) {
  const translator = useTranslator();
  return (
    <Choose
      id="correct"
      open="correct.this"
      ask="correct.it_is"
      saved="correct.saved"
      choices={TYPES.filter((type) => type !== item.type).map((value) => ({
        value,
        label: translator.t(`type.${value}`),
      }))}
      onChoose={(label) => sendCorrection(life.record, item, 'type', label).then(life.follow)}
    />
  );
}
