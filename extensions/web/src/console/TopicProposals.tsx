/** What an account's own messages suggest as topics, looked for when asked, each with examples. */
import { Alert, Button, Group, Loader, Text, Title } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { useConsoleLanguage } from './language.ts';
import { TopicNames } from './TopicNames.tsx';
import { type Names, namesOf, type Proposal, type Proposals, readProposals } from './topics.ts';
import { useDecision, useTopics } from './use-topics.ts';

export function TopicProposals({ tenantId }: { readonly tenantId: string }) {
  const { t, locale } = useConsoleLanguage();
  const client = useQueryClient();
  const key = ['topic proposals', tenantId];
  const { data, error, isFetching, refetch } = useQuery({
    queryKey: key,
    queryFn: () => readProposals(tenantId),
    enabled: false,
    retry: false,
  });
  const decision = useDecision(tenantId);
  const [open, setOpen] = useState<string | null>(null);
  const accept = (id: string, names: Names) =>
    decision.mutate(
      { verb: 'accept', id, names },
      {
        onSuccess: () => {
          setOpen(null);
          // Looking again would read every message again.
          client.setQueryData<Proposals>(key, (before) =>
            before === undefined
              ? before
              : { ...before, proposals: before.proposals.filter((p) => p.id !== id) },
          );
        },
      },
    );
  return (
    <div>
      <Title order={3} size="h5" mb={6}>
        {t('topics.suggested')}
      </Title>
      <Text size="sm" c="dimmed" mb={8}>
        {t('topics.suggested.note')}
      </Text>
      <Group gap="md">
        <Button loading={isFetching} onClick={() => void refetch()}>
          {t('topics.look')}
        </Button>
        {isFetching ? (
          <Loader size="sm" role="status" aria-label={t('topics.looking')} />
        ) : (
          <Text size="sm" role="status">
            {decision.isSuccess ? t('topics.done.accept') : ''}
          </Text>
        )}
      </Group>
      {error === null || isFetching ? null : (
        <Alert color="red" role="alert" title={t('topics.unread')} mt={8}>
          {error.message}
        </Alert>
      )}
      {decision.error === null ? null : (
        <Alert color="red" role="alert" title={t('topics.failed')} mt={8}>
          {decision.error.message}
        </Alert>
      )}
      {data?.proposals.length === 0 && !decision.isSuccess ? (
        <Text size="sm" mt={8}>
          {t('topics.nothing', { n: new Intl.NumberFormat(locale).format(data.messages) })}
        </Text>
      ) : null}
      <ul className="console-topics">
        {data?.proposals.map((proposal) => (
          <Row
            key={proposal.id}
            tenantId={tenantId}
            proposal={proposal}
            open={open === proposal.id}
            pending={decision.isPending}
            onOpen={(is) => {
              decision.reset();
              setOpen(is ? proposal.id : null);
            }}
            onAccept={(names) => accept(proposal.id, names)}
          />
        ))}
      </ul>
    </div>
  );
}

interface RowProps {
  readonly tenantId: string;
  readonly proposal: Proposal;
  readonly open: boolean;
  readonly pending: boolean;
  readonly onOpen: (open: boolean) => void;
  readonly onAccept: (names: Names) => void;
}

function Row({ tenantId, proposal, open, pending, onOpen, onAccept }: RowProps) {
  const { t, zh, word, locale } = useConsoleLanguage();
  const { data: list } = useTopics(tenantId);
  const from = useRef<HTMLButtonElement>(null);
  const { language, messages, of, coveredBy, examples } = proposal;
  const number = new Intl.NumberFormat(locale);
  const covering = list?.topics.find((topic) => topic.id === coveredBy)?.name;
  const name = proposal.name[language];
  const lang = language === 'zh' ? 'zh-CN' : 'en';
  return (
    <li className="console-topic">
      <div className="console-topic__what">
        <Title order={4} size="h6" lang={lang}>
          {name}
        </Title>
        <Text size="sm">
          {t('topics.found', {
            n: number.format(messages),
            of: number.format(of),
            language: word('topics.in.', language),
          })}{' '}
          ·{' '}
          {coveredBy === null
            ? t('topics.new')
            : t('topics.covered', { name: covering?.[zh ? 'zh' : 'en'] ?? coveredBy })}
        </Text>
        <Text size="sm" c="dimmed">
          {t('topics.words', { words: proposal.words[language].join(zh ? '、' : ', ') })}
        </Text>
        <details className="console-examples">
          <summary>{t('topics.examples')}</summary>
          <ul>
            {examples.map((example) => (
              <li key={example.id} lang={lang}>
                {example.text}
              </li>
            ))}
          </ul>
        </details>
      </div>
      <Button
        ref={from}
        size="xs"
        variant="default"
        aria-label={t('topics.acceptOne', { name })}
        aria-expanded={open}
        onClick={() => onOpen(true)}
      >
        {t('topics.accept')}
      </Button>
      {open ? (
        <TopicNames
          label={t('topics.acceptOne', { name })}
          names={namesOf(proposal)}
          submit={t('topics.accept')}
          pending={pending}
          onSubmit={onAccept}
          onCancel={() => {
            onOpen(false);
            from.current?.focus();
          }}
        />
      ) : null}
    </li>
  );
}
