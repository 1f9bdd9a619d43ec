/** Every allowed channel side by side, closed until asked for: a chart, and its numbers in words. */
import { Accordion, BarChart } from '@hubspot/ui-extensions';
import type { CardChannel } from '../generated/card-contract.ts';
import { channelName, range } from '../lib/describe.ts';
import { percent } from '../lib/format.ts';
import { useTranslator } from '../lib/language.ts';
import { Column, Small } from './layout.tsx';

interface Props {
  readonly channels: readonly CardChannel[];
}

export function CompareChannels({ channels }: Props) {
  const translator = useTranslator();
  const { t } = translator;
  if (channels.length < 2) return null;
  return (
    <Accordion title={t('compare')} size="sm" testId="compare">
      <Column>
        <BarChart
          data={channels.map((c) => ({
            channel: channelName(translator, c.channel),
            rate: percent(c.chance),
          }))}
          axes={{
            x: { field: 'channel', fieldType: 'category' },
            y: { field: 'rate', fieldType: 'linear', label: '%' },
          }}
          options={{ title: t('compare'), showDataLabels: true }}
        />
        {channels.map((c) => (
          <Small key={c.channel}>
            {[
              `${channelName(translator, c.channel)} ${percent(c.chance)}%`,
              range(translator, c),
              t('compare.own', { answered: c.answered, tried: c.tried }),
            ].join(' · ')}
          </Small>
        ))}
      </Column>
    </Accordion>
  );
}
