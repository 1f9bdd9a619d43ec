/** What this person has told us: type, urgency and sentiment of their latest messages. */
import { Heading, Tag, Text } from '@hubspot/ui-extensions';
import type { CardFeedback } from '../generated/card-contract.ts';
import { ago } from '../lib/format.ts';
import { useTranslator } from '../lib/language.ts';
import type { Key } from '../lib/translate.ts';
import type { AnyCard, CardLife } from '../lib/use-card.ts';
import { CorrectType } from './CorrectType.tsx';
import { Column, Row, Small } from './layout.tsx';

const SHOWN = 3;

interface Props {
  readonly feedback: readonly CardFeedback[];
  /** Where corrections are taken; without it the list is only read. */
  readonly life?: CardLife<AnyCard> | undefined;
  readonly title?: Key;
}

export function FeedbackList({ feedback, life, title = 'feedback.title' }: Props) {
  const translator = useTranslator();
  if (feedback.length === 0) return null;
  return (
    <Column gap="sm" testId="feedback">
      <Heading>{translator.t(title)}</Heading>
      {feedback.slice(0, SHOWN).map((item) => (
        <Message key={`${item.source}:${item.id}`} item={item} life={life} />
      ))}
    </Column>
  );
}

function Message({ item, life }: Omit<Props, 'feedback'> & { item: CardFeedback }) {
  const translator = useTranslator();
  const { t, first, of } = translator;
  const unknown = item.language === 'other' ? 'feedback.unread' : 'feedback.unsorted';
  const urgent = item.urgency !== null && item.urgency !== 'none';
  const mood = item.sentiment ?? '';
  return (
    <Column>
      <Text format={{ fontWeight: 'demibold' }} truncate={{ tooltipText: item.title }}>
        {item.title}
      </Text>
      <Row>
        {item.type === null ? (
          <Tag>{t(unknown)}</Tag>
        ) : (
          <Tag variant="info">{of('type', item.type)}</Tag>
        )}
        {urgent ? (
          <Tag variant={item.urgency === 'now' ? 'error' : 'warning'}>
            {first([`urgency.${item.urgency}`, 'urgency.this_week'])}
          </Tag>
        ) : null}
        {item.sentiment === null ? null : (
          <Tag
            variant={
              mood.endsWith('negative')
                ? 'warning'
                : mood.endsWith('positive')
                  ? 'success'
                  : 'default'
            }
          >
            {first([`sentiment.${item.sentiment}`, 'sentiment.neutral'])}
          </Tag>
        )}
        {item.open ? <Tag>{t('feedback.open')}</Tag> : null}
        <Small inline>{ago(translator, item.at)}</Small>
      </Row>
      {life === undefined ? null : <CorrectType item={item} life={life} />}
    </Column>
  );
}
