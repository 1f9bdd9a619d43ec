/** The page of topics: per account the list with its counts, and what the account's messages suggest. */
import { Alert, Card, Loader, Stack, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import { useConsoleLanguage } from './language.ts';
import { readStatus, type TenantStatus } from './status.ts';
import { TopicProposals } from './TopicProposals.tsx';
import { Topics } from './Topics.tsx';

export function TopicsPage() {
  const { t } = useConsoleLanguage();
  const { data, error } = useQuery({ queryKey: ['status'], queryFn: readStatus });
  useEffect(() => {
    document.title = `${t('topics')} · ${t('title')}`;
  }, [t]);
  return (
    <Stack gap="lg">
      <div>
        <Title order={1} size="h2">
          {t('topics')}
        </Title>
        <Text c="dimmed" size="sm">
          {t('topics.intro')}
        </Text>
      </div>
      {error ? <Alert color="red" title={t('unreachable')} role="alert" /> : null}
      {data === undefined && !error ? <Loader aria-label={t('loading')} role="status" /> : null}
      {data?.length === 0 ? <Alert title={t('none')}>{t('none.body')}</Alert> : null}
      {data?.map((tenant) => (
        <Account key={tenant.id} tenant={tenant} />
      ))}
    </Stack>
  );
}

function Account({ tenant: { id, name, host } }: { readonly tenant: TenantStatus }) {
  return (
    <Card withBorder padding="lg" component="section" aria-labelledby={`tenant-${id}`}>
      <Stack gap="lg">
        <div>
          <Title order={2} size="h3" id={`tenant-${id}`}>
            {name ?? id}
          </Title>
          <Text c="dimmed" size="sm" className="console-break">
            {host} · {id}
          </Text>
        </div>
        <Topics tenantId={id} />
        <TopicProposals tenantId={id} />
      </Stack>
    </Card>
  );
}
