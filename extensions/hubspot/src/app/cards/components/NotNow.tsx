/** Says what is wrong with the advice, in one tap; it is set aside for some days. */
import type { ContactCard } from '../generated/card-contract.ts';
import { sendNotNow } from '../lib/fetch-card.ts';
import { useTranslator } from '../lib/language.ts';
import type { Key } from '../lib/translate.ts';
import { Choose } from './Choose.tsx';
import type { Shown } from './Shell.tsx';

const REASONS = ['wrong_time', 'wrong_channel', 'already_spoke', 'wrong_about'] as const;

interface Props extends Shown<ContactCard> {
  /** The button that asks; without it the question is open. */
  readonly open?: Key;
}

export function NotNow({ card, life, open }: Props) {
  const { t } = useTranslator();
  return (
    <Choose
      id={open === undefined ? 'not-now' : 'mistake'}
      open={open}
      ask="not_now.why"
      saved="not_now.saved"
      choices={REASONS.map((value) => ({ value, label: t(`not_now.${value}`) }))}
      onChoose={(reason) => sendNotNow(life.record, reason, card.reach?.best?.channel ?? null)}
    />
  );
}
