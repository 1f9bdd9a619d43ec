/** What is allowed before what is best: blocked channels, touches this week, the next best channel. */
import { Text } from '@hubspot/ui-extensions';
import type { ContactCard } from '../generated/card-contract.ts';
import { channelName } from '../lib/describe.ts';
import { percent } from '../lib/format.ts';
import { useTranslator } from '../lib/language.ts';
import { Column, Small } from './layout.tsx';

interface Props {
  readonly reach: NonNullable<ContactCard['reach']>;
}

export function Allowed({ reach }: Props) {
  const translator = useTranslator();
  const { t } = translator;
  const next = reach.best === null ? undefined : reach.others[0];
  return (
    <Column testId="allowed">
      {next === undefined ? null : (
        <Text>
          {t('reach.or', {
            channel: channelName(translator, next.channel),
            rate: percent(next.chance),
            usual: percent(next.usual),
          })}
        </Text>
      )}
      {reach.best === null ? null : <Blocked blocked={reach.blocked} />}
      <Small>{t('reach.touches', { count: reach.touches7d, max: reach.touchesPerWeek })}</Small>
    </Column>
  );
}

interface BlockedProps {
  readonly blocked: Props['reach']['blocked'];
}

/** One line per channel that a rule forbids, with the rule. */
export function Blocked({ blocked }: BlockedProps) {
  const translator = useTranslator();
  const { t, of } = translator;
  return blocked.map(({ channel, code }) => (
    <Text key={channel}>
      {t('blocked', { channel: channelName(translator, channel), why: of('blocked', code) })}
    </Text>
  ));
}
