/** The most similar past cases: how they ended, how long it took, and what was answered. */
import { Accordion, Heading, Text } from '@hubspot/ui-extensions';
import type { CardSimilarCase } from '../generated/card-contract.ts';
import type { RecordRef } from '../lib/fetch-card.ts';
import { days, percent } from '../lib/format.ts';
import { useTranslator } from '../lib/language.ts';
import type { Translator } from '../lib/translate.ts';
import { Column, Small } from './layout.tsx';
import { RecordLink } from './RecordLink.tsx';

interface Props {
  readonly similar: readonly CardSimilarCase[];
  readonly here: RecordRef;
}

export function SimilarCases({ similar, here }: Props) {
  const translator = useTranslator();
  const { t } = translator;
  if (similar.length === 0) return null;
  return (
    <Column testId="similar">
      <Heading>{t('similar.title')}</Heading>
      {similar.map((past) => (
        <Column key={past.id} gap="flush">
          <RecordLink to={{ kind: 'ticket', id: past.id }} here={here}>
            {past.subject}
          </RecordLink>
          <Small>
            {`${outcome(translator, past)} · ${t('similar.alike', { n: percent(past.similarity) })}`}
          </Small>
          {past.resolution === null ? (
            <Small>{t('similar.none')}</Small>
          ) : (
            <Accordion title={t('similar.answer')} size="xs">
              <Text>{past.resolution}</Text>
            </Accordion>
          )}
        </Column>
      ))}
    </Column>
  );
}

function outcome(translator: Translator, past: CardSimilarCase): string {
  const { t } = translator;
  if (past.outcome === 'open') return t('similar.open');
  if (past.days === null) return t('similar.closed');
  return t('similar.closed_in', { days: days(translator, past.days) });
}
