/** Who is on a deal: best channel, chance of a reply, last touch. */
import {
  Heading,
  Table,
  TableBody,
  TableCell,
  TableHead,
  TableHeader,
  TableRow,
  Text,
} from '@hubspot/ui-extensions';
import type { CardDealPerson } from '../generated/card-contract.ts';
import { channelName } from '../lib/describe.ts';
import type { RecordRef } from '../lib/fetch-card.ts';
import { ago, percent } from '../lib/format.ts';
import { useTranslator } from '../lib/language.ts';
import { Column } from './layout.tsx';
import { RecordLink } from './RecordLink.tsx';

/** Those last in touch come first; more do not fit beside a record. */
const SHOWN = 8;

interface Props {
  readonly people: readonly CardDealPerson[];
  readonly here: RecordRef;
}

export function DealPeople({ people, here }: Props) {
  const translator = useTranslator();
  const { t } = translator;
  return (
    <Column testId="people">
      <Heading>{t('deal.people')}</Heading>
      {people.length === 0 ? (
        <Text>{t('deal.nobody')}</Text>
      ) : (
        <Table density="compact" flush>
          <TableHead>
            <TableRow>
              <TableHeader>{t('deal.person')}</TableHeader>
              <TableHeader>{t('deal.channel')}</TableHeader>
              <TableHeader align="right">{t('deal.chance')}</TableHeader>
              <TableHeader>{t('deal.last')}</TableHeader>
            </TableRow>
          </TableHead>
          <TableBody>
            {people.slice(0, SHOWN).map(({ id, name, channel, chance, lastTouchAt }) => (
              <TableRow key={id}>
                <TableCell>
                  <RecordLink to={{ kind: 'contact', id }} here={here}>
                    {name}
                  </RecordLink>
                </TableCell>
                <TableCell>{channel === null ? '—' : channelName(translator, channel)}</TableCell>
                <TableCell align="right">{chance === null ? '—' : `${percent(chance)}%`}</TableCell>
                <TableCell>
                  {lastTouchAt === null ? t('deal.never') : ago(translator, lastTouchAt)}
                </TableCell>
              </TableRow>
            ))}
          </TableBody>
        </Table>
      )}
    </Column>
  );
}
