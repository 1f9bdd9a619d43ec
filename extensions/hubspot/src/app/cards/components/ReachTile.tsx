/** How and when to reach this person, how likely they reply, and on what evidence. */
import { Box, Flex, Heading, Icon, StatusTag, Text, Tile } from '@hubspot/ui-extensions';
import type { ContactCard } from '../generated/card-contract.ts';
import { evidence } from '../lib/describe.ts';
import { day, hours, percent, zoneName } from '../lib/format.ts';
import type { Translator } from '../lib/translate.ts';
import { Blocked } from './Allowed.tsx';
import { Column, Small } from './layout.tsx';

const ICONS = {
  phone: 'calling',
  email: 'email',
  meeting: 'appointment',
  chat: 'comment',
  sms: 'messages',
  whatsapp: 'comment',
  wechat: 'comment',
  linkedin: 'linkedin',
} as const;

interface Props {
  readonly card: ContactCard;
  readonly translator: Translator;
  readonly viewerZone: string;
}

export function ReachTile({ card, translator, viewerZone }: Props) {
  const { t, first } = translator;
  const name = card.contact.name;
  const best = card.reach?.best ?? null;
  if (best === null) {
    return (
      <Tile compact testId="reach">
        <Column>
          <Small>{t('reach.title', { name })}</Small>
          <Heading>{t('state.blocked')}</Heading>
          <Blocked blocked={card.reach?.blocked ?? []} translator={translator} />
        </Column>
      </Tile>
    );
  }
  const icon = ICONS[best.channel as keyof typeof ICONS] ?? 'messages';
  return (
    <Tile compact testId="reach">
      <Column>
        <Small>{t('reach.title', { name })}</Small>
        <Flex direction="row" gap="xs" align="center">
          <Icon name={icon} size="md" />
          <Heading>{first([`reach.${best.channel}`, 'reach.other'], { name })}</Heading>
        </Flex>
        <Slot card={card} translator={translator} viewerZone={viewerZone} />
        <Text testId="chance" format={{ fontWeight: 'demibold' }}>
          {t('reach.chance', { rate: percent(best.chance) })}
        </Text>
        <Small>
          {t('reach.interval', { low: percent(best.low), high: percent(best.high) })}
          {' · '}
          {t('reach.usual', { usual: percent(best.usual) })}
        </Small>
        <Box>
          <StatusTag variant={best.evidence === 'personal' ? 'success' : 'default'} hollow>
            {evidence(translator, best, name)}
          </StatusTag>
        </Box>
      </Column>
    </Tile>
  );
}

/** The advised hours in the contact's zone and, where it differs, in the account's. */
function Slot({ card, translator, viewerZone }: Props) {
  const { from, until } = card.reach ?? {};
  if (!from || !until) return null;
  const { t } = translator;
  const zone = card.contact.timeZone;
  const theirs = hours(translator, from, until, zone);
  const ours = hours(translator, from, until, viewerZone);
  return (
    <>
      <Text testId="when">
        {t('reach.when', {
          day: day(translator, from, zone),
          hours: theirs,
          zone: zoneName(translator, from, zone),
        })}
      </Text>
      {ours === theirs ? null : <Small>{t('reach.when.viewer', { hours: ours })}</Small>}
    </>
  );
}
