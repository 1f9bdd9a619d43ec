/** One section per connected account: state, counts, queue, last event and error, runs, models. */
import { Alert, Card, Group, Loader, Stack, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import { Completeness } from './Completeness.tsx';
import { ago, useConsoleLanguage } from './language.ts';
import { Models } from './Models.tsx';
import { Notices } from './Notices.tsx';
import { Results } from './Results.tsx';
import { Runs } from './Runs.tsx';
import { Settings } from './Settings.tsx';
import { readStatus, type TenantStatus } from './status.ts';

const POLL_MS = 2000;

export function Overview() {
  const { t } = useConsoleLanguage();
  const { data, error } = useQuery({
    queryKey: ['status'],
    queryFn: readStatus,
    refetchInterval: POLL_MS,
  });
  useEffect(() => {
    document.title = t('title');
  }, [t]);
  return (
    <Stack gap="lg">
      <Title order={1} size="h2">
        {t('overview')}
      </Title>
      {error ? (
        <Alert color="red" title={t('unreachable')} role="alert">
          {t('unreachable.body')}
        </Alert>
      ) : null}
      {data === undefined && !error ? <Loader aria-label={t('loading')} role="status" /> : null}
      {data?.length === 0 ? <Alert title={t('none')}>{t('none.body')}</Alert> : null}
      {data?.map((tenant) => (
        <Tenant key={tenant.id} tenant={tenant} />
      ))}
    </Stack>
  );
}

function Tenant({ tenant }: { readonly tenant: TenantStatus }) {
  const { t, word, locale } = useConsoleLanguage();
  const { contacts, queue, lastEventAt, lastError } = tenant;
  const ready = tenant.state === 'ready';
  return (
    <Card withBorder padding="lg" component="section" aria-labelledby={`tenant-${tenant.id}`}>
      <Stack gap="lg">
        <Group justify="space-between">
          <Group gap="sm" align="baseline">
            <Title order={2} size="h3" id={`tenant-${tenant.id}`}>
              {tenant.name ?? tenant.id}
            </Title>
            <Text c="dimmed" size="sm">
              {tenant.host} · {tenant.id}
            </Text>
          </Group>
          <span className={ready ? 'console-state console-state--ready' : 'console-state'}>
            {word('state.', tenant.state)}
          </span>
        </Group>
        <Notices host={tenant.host} notices={tenant.notices ?? []} />
        <Figures
          title={t('contacts')}
          figures={[
            [t('crm'), contacts.crm],
            [t('stored'), contacts.stored],
            [t('scored'), contacts.scored],
            [t('written'), contacts.written],
          ]}
        />
        <Figures
          title={t('queue')}
          figures={[
            [t('waiting'), queue.waiting],
            [t('active'), queue.active],
            [t('failed'), queue.failed],
            [t('dirty'), queue.dirty],
          ]}
        />
        <div className="console-facts">
          <div>
            <Title order={3} size="h5">
              {t('events')}
            </Title>
            <Text size="sm">{lastEventAt === null ? t('never') : ago(locale, lastEventAt)}</Text>
          </div>
          <div>
            <Title order={3} size="h5">
              {t('error')}
            </Title>
            <Text size="sm">{lastError ?? t('noError')}</Text>
          </div>
        </div>
        <Completeness certificates={tenant.completeness ?? []} />
        <Models model={tenant.model ?? null} />
        <Results tenantId={tenant.id} />
        <Settings tenantId={tenant.id} />
        <Runs runs={tenant.runs ?? []} />
      </Stack>
    </Card>
  );
}

interface FiguresProps {
  readonly title: string;
  readonly figures: readonly (readonly [string, number | null])[];
}

function Figures({ title, figures }: FiguresProps) {
  const { t, locale } = useConsoleLanguage();
  const format = new Intl.NumberFormat(locale);
  return (
    <div>
      <Title order={3} size="h5" mb={6}>
        {title}
      </Title>
      <dl className="console-figures">
        {figures.map(([label, value]) => (
          <div key={label} className="console-figure">
            <dt>{label}</dt>
            <dd>{value === null ? t('unknown') : format.format(value)}</dd>
          </div>
        ))}
      </dl>
    </div>
  );
}
