/** Every allowed channel side by side, closed until asked for. */
import {
  Accordion,
  Table,
  TableBody,
  TableCell,
  TableHead,
  TableHeader,
  TableRow,
} from '@hubspot/ui-extensions';
import type { CardChannel } from '../generated/card-contract.ts';
import { channelName } from '../lib/describe.ts';
import { percent } from '../lib/format.ts';
import type { Translator } from '../lib/translate.ts';

interface Props {
  readonly channels: readonly CardChannel[];
  readonly translator: Translator;
}

export function CompareChannels({ channels, translator }: Props) {
  const { t } = translator;
  if (channels.length < 2) return null;
  return (
    <Accordion title={t('compare.title')} size="sm" testId="compare">
      <Table density="compact" flush>
        <TableHead>
          <TableRow>
            <TableHeader>{t('compare.channel')}</TableHeader>
            <TableHeader align="right">{t('compare.expected')}</TableHeader>
            <TableHeader align="right">{t('compare.likely')}</TableHeader>
            <TableHeader align="right">{t('compare.usual')}</TableHeader>
            <TableHeader align="right">{t('compare.own')}</TableHeader>
          </TableRow>
        </TableHead>
        <TableBody>
          {channels.map((c) => (
            <TableRow key={c.channel}>
              <TableCell>{capital(channelName(translator, c.channel))}</TableCell>
              <TableCell align="right">{`${percent(c.chance)}%`}</TableCell>
              <TableCell align="right">{`${percent(c.low)}–${percent(c.high)}%`}</TableCell>
              <TableCell align="right">{`${percent(c.usual)}%`}</TableCell>
              <TableCell align="right">
                {t('compare.of', { answered: c.answered, tried: c.tried })}
              </TableCell>
            </TableRow>
          ))}
        </TableBody>
      </Table>
    </Accordion>
  );
}

const capital = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1);
