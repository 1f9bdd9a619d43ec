/** What this person has told us: type, urgency and sentiment of their latest messages. */
import { Flex, Heading, Tag, Text } from '@hubspot/ui-extensions';
import type { CardFeedback } from '../generated/card-contract.ts';
import { ago } from '../lib/format.ts';
import type { Translator } from '../lib/translate.ts';
import { CorrectType } from './CorrectType.tsx';

const SHOWN = 3;

interface Props {
  readonly feedback: readonly CardFeedback[];
  readonly translator: Translator;
  readonly onCorrect: (item: CardFeedback, label: string) => Promise<void>;
}

export function FeedbackList({ feedback, translator, onCorrect }: Props) {
  if (feedback.length === 0) return null;
  return (
    <Flex direction="column" gap="sm" testId="feedback">
      <Heading>{translator.t('feedback.title')}</Heading>
      {feedback.slice(0, SHOWN).map((item) => (
        <Message
          key={`${item.source}:${item.id}`}
          item={item}
          translator={translator}
          onCorrect={onCorrect}
        />
      ))}
    </Flex>
  );
}

function Message({
  item,
  translator,
  onCorrect,
}: Omit<Props, 'feedback'> & { item: CardFeedback }) {
  const { t, first } = translator;
  const unknown = item.language === 'other' ? 'feedback.unread' : 'feedback.unsorted';
  const urgent = item.urgency !== null && item.urgency !== 'none';
  const negative = item.sentiment?.endsWith('negative') ?? false;
  const positive = item.sentiment?.endsWith('positive') ?? false;
  return (
    <Flex direction="column" gap="xs">
      <Text format={{ fontWeight: 'demibold' }} truncate={{ tooltipText: item.title }}>
        {item.title}
      </Text>
      <Flex direction="row" gap="xs" align="center" wrap="wrap">
        {item.type === null ? (
          <Tag>{t(unknown)}</Tag>
        ) : (
          <Tag variant="info">{first([`type.${item.type}`, 'type.other'])}</Tag>
        )}
        {urgent ? (
          <Tag variant={item.urgency === 'now' ? 'error' : 'warning'}>
            {first([`urgency.${item.urgency}`, 'urgency.this_week'])}
          </Tag>
        ) : null}
        {item.sentiment === null ? null : (
          <Tag variant={negative ? 'warning' : positive ? 'success' : 'default'}>
            {first([`sentiment.${item.sentiment}`, 'sentiment.neutral'])}
          </Tag>
        )}
        {item.open ? <Tag>{t('feedback.open')}</Tag> : null}
        <Text variant="microcopy" inline>
          {ago(translator, item.at)}
        </Text>
      </Flex>
      <CorrectType item={item} translator={translator} onCorrect={onCorrect} />
    </Flex>
  );
}
