/** One line: whom to reach, by what, when, and how likely they reply. */
import { Heading, Text } from '@hubspot/ui-extensions';
import type { CardPerson } from '../generated/card-contract.ts';
import { advised, channelName } from '../lib/describe.ts';
import type { RecordRef } from '../lib/fetch-card.ts';
import { day, hour, percent, zoneName } from '../lib/format.ts';
import { useTranslator } from '../lib/language.ts';
import type { Key } from '../lib/translate.ts';
import { Column } from './layout.tsx';
import { RecordLink } from './RecordLink.tsx';

interface Props {
  readonly title: Key;
  /** Said when there is nobody. */
  readonly none: Key;
  readonly person: CardPerson | null;
  readonly here: RecordRef;
}

export function NextPerson({ title, none, person, here }: Props) {
  const translator = useTranslator();
  const { t } = translator;
  if (person === null)
    return (
      <Column testId="next">
        <Heading>{t(title)}</Heading>
        <Text>{t(none)}</Text>
      </Column>
    );
  const { id, name, channel, chance, at, timeZone } = person;
  return (
    <Column testId="next">
      <Heading>{t(title)}</Heading>
      <Text format={{ fontWeight: 'demibold' }}>
        {advised(translator, channel, name)}{' '}
        <RecordLink to={{ kind: 'contact', id }} here={here}>
          {t('record.open')}
        </RecordLink>
      </Text>
      {at === null ? null : (
        <Text>
          {t('reach.at', {
            day: day(translator, at, timeZone),
            hour: hour(translator, at, timeZone),
            zone: zoneName(translator, at, timeZone),
          })}
        </Text>
      )}
      <Text>
        {t('reach.by', { channel: channelName(translator, channel), rate: percent(chance) })}
      </Text>
    </Column>
  );
}
