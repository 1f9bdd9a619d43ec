/** What a message is: every type it has, urgency, sentiment and topic, and the sentences that say so. */
import { Heading, Tag, Text } from '@hubspot/ui-extensions';
import type { TicketCard } from '../generated/card-contract.ts';
import { listed } from '../lib/describe.ts';
import { percent } from '../lib/format.ts';
import { useTranslator } from '../lib/language.ts';
import type { Translator } from '../lib/translate.ts';
import { Column, Row, Small } from './layout.tsx';

interface Props {
  readonly card: TicketCard;
}

export function MessageTags({ card }: Props) {
  const translator = useTranslator();
  const { t } = translator;
  const { urgency, sentiment } = card;
  const mark = (field: string, label: string) =>
    card.corrected.includes(field) ? t('ticket.by_person', { label }) : label;
  return (
    <Column testId="about">
      <Heading>{t('ticket.about')}</Heading>
      {card.state === 'learning' ? <Text testId="learning">{t('ticket.learning')}</Text> : null}
      <Row>
        {card.types.map(({ label, confidence }) => (
          <Tag key={label} variant="info">
            {card.corrected.includes('type')
              ? mark('type', typeName(translator, label))
              : t('ticket.type', { type: typeName(translator, label), n: percent(confidence) })}
          </Tag>
        ))}
        {urgency === null ? null : (
          <Tag variant={urgencyVariant(urgency.label)}>
            {mark('urgency', urgencyName(translator, urgency.label))}
          </Tag>
        )}
        {sentiment === null ? null : (
          <Tag variant={sentimentVariant(sentiment.label)}>
            {mark('sentiment', sentimentName(translator, sentiment.label))}
          </Tag>
        )}
        {card.topic === null ? null : (
          <Tag>{mark('topic', card.topic.name[translator.language])}</Tag>
        )}
      </Row>
      <Evidence card={card} />
      <Found card={card} />
    </Column>
  );
}

/** The sentences behind type and sentiment; one that speaks for both stands once. */
function Evidence({ card }: Props) {
  const translator = useTranslator();
  const { t } = translator;
  const felt = card.sentiment?.evidence ?? null;
  return (
    <>
      {card.evidence === null ? null : (
        <Text testId="evidence">{t('ticket.spoken', { text: card.evidence })}</Text>
      )}
      {card.sentiment === null || felt === null || felt === card.evidence ? null : (
        <Text testId="felt">
          {t('ticket.felt', {
            sentiment: sentimentName(translator, card.sentiment.label),
            text: felt,
          })}
        </Text>
      )}
    </>
  );
}

/** What the message names, and the languages it is written in where there are several. */
function Found({ card }: Props) {
  const translator = useTranslator();
  const { t, of } = translator;
  return (
    <>
      {card.entities.length === 0 ? null : (
        <Row testId="entities">
          {card.entities.map(({ kind, text, value }) => (
            <Tag key={`${kind} ${value ?? text}`}>
              {t('entity.line', { kind: of('entity', kind), text })}
            </Tag>
          ))}
        </Row>
      )}
      {card.languages.length < 2 ? null : (
        <Small testId="languages">
          {t('ticket.languages', {
            list: listed(
              translator,
              card.languages.map(({ language }) => of('language', language)),
            ),
          })}
        </Small>
      )}
    </>
  );
}

export const typeName = ({ of }: Translator, label: string): string => of('type', label);
export const urgencyName = ({ first }: Translator, label: string): string =>
  first([`urgency.${label}`, 'urgency.none']);
export const sentimentName = ({ first }: Translator, label: string): string =>
  first([`sentiment.${label}`, 'sentiment.neutral']);

const urgencyVariant = (label: string) =>
  label === 'now' ? 'error' : label === 'none' ? 'default' : 'warning';
const sentimentVariant = (label: string) =>
  label.endsWith('negative') ? 'warning' : label.endsWith('positive') ? 'success' : 'default';
