/** The topics on an account's list, each with its messages of 90 days, its words, and other names or an end for it. */
import { Alert, Button, Group, Loader, Text, Title } from '@mantine/core';
import { useRef, useState } from 'react';
import { useConsoleLanguage } from './language.ts';
import { TopicNames } from './TopicNames.tsx';
import {
  bySpoken,
  type Decision,
  namesOf,
  type Spoken,
  type Topic,
  type TopicList,
  wordsOf,
} from './topics.ts';
import { useDecision, useTopics } from './use-topics.ts';

const WORDS_SHOWN = 8;

export function Topics({ tenantId }: { readonly tenantId: string }) {
  const { t, locale } = useConsoleLanguage();
  const { data, error, refetch } = useTopics(tenantId);
  const number = new Intl.NumberFormat(locale);
  return (
    <div>
      <Title order={3} size="h5" mb={6}>
        {t('topics.list')}
      </Title>
      {error ? (
        <Alert color="red" role="alert" title={t('topics.unread')}>
          <Button size="xs" variant="default" onClick={() => void refetch()}>
            {t('topics.again')}
          </Button>
        </Alert>
      ) : null}
      {data === undefined && !error ? (
        <Loader size="sm" aria-label={t('loading')} role="status" />
      ) : null}
      {data === undefined ? null : (
        <>
          <Text size="sm" c="dimmed">
            {t('topics.counted', {
              days: data.windowDays,
              cases: number.format(data.none.cases),
              answers: number.format(data.none.answers),
            })}
          </Text>
          <Listed tenantId={tenantId} list={data} />
        </>
      )}
    </div>
  );
}

function Listed({ tenantId, list }: { readonly tenantId: string; readonly list: TopicList }) {
  const { t } = useConsoleLanguage();
  const [open, setOpen] = useState<{ id: string; verb: 'rename' | 'drop' } | null>(null);
  const decision = useDecision(tenantId);
  const shown = useRef<HTMLUListElement>(null);
  return (
    <>
      <ul className="console-topics" ref={shown} tabIndex={-1} aria-label={t('topics.list')}>
        {bySpoken(list.topics).map((topic) => (
          <Row
            key={topic.id}
            topic={topic}
            last={list.topics.length === 1}
            open={open?.id === topic.id ? open.verb : null}
            pending={decision.isPending}
            onOpen={(verb) => {
              decision.reset();
              setOpen(verb === null ? null : { id: topic.id, verb });
            }}
            onDecide={(chosen, back) =>
              decision.mutate(chosen, {
                onSuccess: () => {
                  setOpen(null);
                  (chosen.verb === 'drop' ? shown.current : back)?.focus();
                },
              })
            }
          />
        ))}
      </ul>
      {decision.error === null ? null : (
        <Alert color="red" role="alert" title={t('topics.failed')} mt={8}>
          {decision.error.message}
        </Alert>
      )}
      <Text size="sm" role="status" mt={8}>
        {decision.isSuccess ? t(`topics.done.${decision.variables.verb}`) : ''}
      </Text>
    </>
  );
}

interface RowProps {
  readonly topic: Topic & Spoken;
  readonly last: boolean;
  readonly open: 'rename' | 'drop' | null;
  readonly pending: boolean;
  readonly onOpen: (verb: 'rename' | 'drop' | null) => void;
  /** `back` takes the focus when the form is gone and the row is not. */
  readonly onDecide: (decision: Decision, back: HTMLElement | null) => void;
}

function Row({ topic, last, open, pending, onOpen, onDecide }: RowProps) {
  const { t, zh, locale } = useConsoleLanguage();
  const number = new Intl.NumberFormat(locale);
  const from = useRef<HTMLButtonElement>(null);
  const name = zh ? topic.name.zh : topic.name.en;
  const words = wordsOf(topic, zh);
  const more = words.length - WORDS_SHOWN;
  const shown = words.slice(0, WORDS_SHOWN).join(zh ? '、' : ', ');
  const close = () => {
    onOpen(null);
    from.current?.focus();
  };
  return (
    <li className="console-topic">
      <div className="console-topic__what">
        <Title order={4} size="h6">
          {name}{' '}
          <Text span size="sm" c="dimmed" fw={400} lang={zh ? 'en' : 'zh-CN'}>
            {zh ? topic.name.en : topic.name.zh}
          </Text>
        </Title>
        <Text size="sm" c="dimmed">
          {t('topics.words', {
            words: more > 0 ? shown + t('topics.more', { n: more }) : shown,
          })}
        </Text>
      </div>
      <dl className="console-topic__counts">
        <div>
          <dt>{t('topics.cases')}</dt>
          <dd>{number.format(topic.cases)}</dd>
        </div>
        <div>
          <dt>{t('topics.answers')}</dt>
          <dd>{number.format(topic.answers)}</dd>
        </div>
      </dl>
      <Group gap="xs">
        <Button
          ref={from}
          size="xs"
          variant="default"
          aria-label={t('topics.renameOne', { name })}
          aria-expanded={open === 'rename'}
          onClick={() => onOpen('rename')}
        >
          {t('topics.rename')}
        </Button>
        <Button
          size="xs"
          variant="default"
          aria-label={t('topics.dropOne', { name })}
          aria-expanded={open === 'drop'}
          disabled={last}
          title={last ? t('topics.last') : undefined}
          onClick={() => onOpen('drop')}
        >
          {t('topics.drop')}
        </Button>
      </Group>
      {open === 'rename' ? (
        <TopicNames
          label={t('topics.renameOne', { name })}
          names={namesOf(topic)}
          submit={t('topics.save')}
          pending={pending}
          onSubmit={(names) => onDecide({ verb: 'rename', id: topic.id, names }, from.current)}
          onCancel={close}
        />
      ) : null}
      {open === 'drop' ? (
        <form
          className="console-names"
          aria-label={t('topics.dropOne', { name })}
          onSubmit={(event) => {
            event.preventDefault();
            onDecide({ verb: 'drop', id: topic.id }, null);
          }}
          onKeyDown={({ key }) => (key === 'Escape' ? close() : undefined)}
        >
          <Text size="sm">
            {t('topics.dropAsk', {
              name,
              cases: number.format(topic.cases),
              answers: number.format(topic.answers),
            })}
          </Text>
          <Group gap="sm">
            <Button type="submit" size="xs" color="red" loading={pending}>
              {t('topics.drop')}
            </Button>
            <Button type="button" size="xs" variant="default" autoFocus onClick={close}>
              {t('topics.keep')}
            </Button>
          </Group>
        </form>
      ) : null}
    </li>
  );
}
