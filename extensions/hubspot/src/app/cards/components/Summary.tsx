/** The thread in at most three sentences, each with who said it, where and when. */
import { Heading, Text } from '@hubspot/ui-extensions';
import type { TicketCard } from '../generated/card-contract.ts';
import type { RecordRef } from '../lib/fetch-card.ts';
import { ago } from '../lib/format.ts';
import { useTranslator } from '../lib/language.ts';
import { Column, Small } from './layout.tsx';
import { RecordLink } from './RecordLink.tsx';

interface Props {
  readonly summary: TicketCard['summary'];
  readonly here: RecordRef;
}

export function Summary({ summary, here }: Props) {
  const translator = useTranslator();
  const { t, of } = translator;
  if (summary.length === 0) return null;
  return (
    <Column testId="summary">
      <Heading>{t('summary.title')}</Heading>
      {summary.map(({ text, from, at, source }) => (
        <Column key={`${source.kind} ${source.id} ${text}`} gap="flush">
          <Text>{text}</Text>
          <Small>
            {`${t(`from.${from}`)} · `}
            <RecordLink to={source} here={here}>
              {of('source', source.kind)}
            </RecordLink>
            {` · ${ago(translator, at)}`}
          </Small>
        </Column>
      ))}
    </Column>
  );
}
