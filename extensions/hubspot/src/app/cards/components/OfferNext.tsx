/** What to offer next, how many like them bought it beside the usual share, and why it may have to wait. */
import { Heading, Text } from '@hubspot/ui-extensions';
import type { ContactCard } from '../generated/card-contract.ts';
import { percent } from '../lib/format.ts';
import type { Translator } from '../lib/translate.ts';
import { Column } from './layout.tsx';

interface Props {
  readonly offer: ContactCard['offer'];
  readonly translator: Translator;
}

export function OfferNext({ offer, translator: { t, first } }: Props) {
  if (offer === null) return null;
  const params = {
    name: offer.name,
    because: offer.because ?? '',
    chance: percent(offer.chance),
    usual: percent(offer.usual),
    n: offer.n,
  };
  return (
    <Column testId="offer">
      <Heading>{t('offer.title')}</Heading>
      <Text>{t(`offer.${offer.basis}`, params)}</Text>
      {offer.blocked === null ? null : (
        <Text testId="offer-blocked">
          {first([`offer.blocked.${offer.blocked}`, 'offer.blocked.other'])}
        </Text>
      )}
    </Column>
  );
}
