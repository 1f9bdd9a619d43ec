/** How and when to reach this person, how likely they reply, and on what evidence. */
import { Flex, Heading, Icon, StatusTag, Text, Tile } from '@hubspot/ui-extensions';
import type { CardChannel, ContactCard } from '../generated/card-contract.ts';
import { advised, evidence, range, when } from '../lib/describe.ts';
import { hours, percent } from '../lib/format.ts';
import { useTranslator } from '../lib/language.ts';
import { Blocked } from './Allowed.tsx';
import { Column, Small } from './layout.tsx';

const ICONS = {
  phone: 'calling',
  email: 'email',
  meeting: 'appointment',
  chat: 'comment',
  linkedin: 'linkedin',
} as const;

interface Props {
  readonly card: ContactCard;
  readonly viewerZone: string;
}

export function ReachTile({ card, viewerZone }: Props) {
  const { t } = useTranslator();
  const { reach } = card;
  return (
    <Tile compact testId="reach">
      <Column align="start">
        <Small>{t('reach.title', { name: card.contact.name })}</Small>
        {reach !== null && reach.best !== null ? (
          <Best best={reach.best} card={card} viewerZone={viewerZone} />
        ) : (
          <>
            <Heading>{t('state.blocked')}</Heading>
            <Blocked blocked={reach === null ? [] : reach.blocked} />
          </>
        )}
      </Column>
    </Tile>
  );
}

function Best({ best, card, viewerZone }: Props & { readonly best: CardChannel }) {
  const translator = useTranslator();
  const { name } = card.contact;
  return (
    <>
      <Flex direction="row" gap="xs" align="center">
        <Icon name={ICONS[best.channel as keyof typeof ICONS] ?? 'messages'} size="md" />
        <Heading>{advised(translator, best.channel, name)}</Heading>
      </Flex>
      <Slot card={card} viewerZone={viewerZone} />
      <Text testId="chance" format={{ fontWeight: 'demibold' }}>
        {translator.t('reach.chance', { rate: percent(best.chance) })}
      </Text>
      <Small>{range(translator, best)}</Small>
      <StatusTag variant={best.evidence === 'personal' ? 'success' : 'default'} hollow>
        {evidence(translator, best, name)}
      </StatusTag>
    </>
  );
}

/** The advised hours in the contact's zone and, where it differs, in the account's. */
function Slot({ card, viewerZone }: Props) {
  const translator = useTranslator();
  const { from, until } = card.reach ?? {};
  if (!from || !until) return null;
  const ours = hours(translator, from, until, viewerZone);
  return (
    <>
      <Text>{when(translator, card)}</Text>
      {ours === hours(translator, from, until, card.contact.timeZone) ? null : (
        <Small>{translator.t('reach.when.viewer', { hours: ours })}</Small>
      )}
    </>
  );
}
