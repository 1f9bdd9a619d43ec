/** "Why this?": every step to the chance, what would change it, and "Report a mistake". */
import { Heading, Text } from '@hubspot/ui-extensions';
import type { CardDetails, ContactCard } from '../generated/card-contract.ts';
import { advised, channelName, reason } from '../lib/describe.ts';
import { fetchDetails } from '../lib/fetch-card.ts';
import { percent } from '../lib/format.ts';
import { useTranslator } from '../lib/language.ts';
import { useFetched } from './Fetched.tsx';
import { Column } from './layout.tsx';
import { NotNow } from './NotNow.tsx';
import type { Shown } from './Shell.tsx';
import { Window } from './Window.tsx';

export function Details(shown: Shown<ContactCard>) {
  const { t } = useTranslator();
  const [open, content] = useFetched(
    () => fetchDetails(shown.life.record),
    (details) => <Steps details={details} name={shown.card.contact.name} />,
  );
  return (
    <Window
      id="details"
      variant="transparent"
      title={t('details')}
      onOpen={open}
      content={
        <Column gap="md">
          {content}
          <NotNow {...shown} open="details.mistake" />
        </Column>
      }
    />
  );
}

interface Props {
  readonly details: CardDetails;
  readonly name: string;
}

function Steps({ details: { channel, start, steps, changes }, name }: Props) {
  const translator = useTranslator();
  const { t } = translator;
  const end = steps.reduce((_, { chance }) => chance, start);
  return (
    <Column testId="steps">
      <Heading>{`${advised(translator, channel, name)}: ${percent(start)}% → ${percent(end)}%`}</Heading>
      {steps.map(({ reason: why, chance }) => (
        <Text
          key={`${why.code} ${chance}`}
        >{`${reason(translator, why)} → ${percent(chance)}%`}</Text>
      ))}
      {changes.length === 0 ? null : <Heading>{t('details.changes')}</Heading>}
      {changes.map((one) => (
        <Text key={one.code + one.channel}>
          {t(`details.${one.code}`, {
            channel: channelName(translator, one.channel),
            rate: percent(one.chance),
          })}
        </Text>
      ))}
    </Column>
  );
}
