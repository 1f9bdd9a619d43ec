/** What to offer next, how many like them bought it beside the usual share, and why it may have to wait. */
import { Heading, Text } from '@hubspot/ui-extensions';
import type { ContactCard } from '../generated/card-contract.ts';
import { percent } from '../lib/format.ts';
import { useTranslator } from '../lib/language.ts';
import { Column } from './layout.tsx';

interface Props {
  readonly offer: ContactCard['offer'];
}

export function OfferNext({ offer }: Props) {
  const { t, of } = useTranslator();
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
      <Text>
        {offer.basis === 'everyone'
          ? t('offer.everyone', params)
          : t('offer.bought', { ...params, who: t(`offer.${offer.basis}`, params) })}
      </Text>
      {offer.blocked === null ? null : <Text>{of('offer.blocked', offer.blocked)}</Text>}
    </Column>
  );
}
