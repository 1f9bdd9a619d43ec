/** What is allowed before what is best: blocked channels, touches this week, the next best channel. */
import { Text } from '@hubspot/ui-extensions';
import type { ContactCard } from '../generated/card-contract.ts';
import { channelName } from '../lib/describe.ts';
import { percent } from '../lib/format.ts';
import type { Translator } from '../lib/translate.ts';
import { Column, Small } from './layout.tsx';

interface Props {
  readonly reach: NonNullable<ContactCard['reach']>;
  readonly translator: Translator;
}

export function Allowed({ reach, translator }: Props) {
  const { t } = translator;
  const next = reach.best === null ? undefined : reach.others[0];
  return (
    <Column testId="allowed">
      {next === undefined ? null : (
        <Text testId="alternative">
          {t('reach.or', {
            channel: channelName(translator, next.channel),
            rate: percent(next.chance),
            usual: percent(next.usual),
          })}
        </Text>
      )}
      {reach.best === null ? null : <Blocked blocked={reach.blocked} translator={translator} />}
      <Small>{t('reach.touches', { count: reach.touches7d, max: reach.touchesPerWeek })}</Small>
    </Column>
  );
}

interface BlockedProps {
  readonly blocked: Props['reach']['blocked'];
  readonly translator: Translator;
}

/** One line per channel that a rule forbids, with the rule. */
export function Blocked({ blocked, translator }: BlockedProps) {
  return blocked.map(({ channel, code }) => (
    <Text key={channel}>
      {translator.first([`blocked.${code}`, 'blocked.other'], {
        channel: channelName(translator, channel),
      })}
    </Text>
  ));
}
