/** The last runs: what they were, when they began, how long they took and what they counted. */
import { Table, Text, Title } from '@mantine/core';
import { useConsoleLanguage } from './language.ts';
import type { TenantStatus } from './status.ts';

interface Props {
  readonly runs: NonNullable<TenantStatus['runs']>;
}

export function Runs({ runs }: Props) {
  const { t, word, locale } = useConsoleLanguage();
  const time = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'medium' });
  const number = new Intl.NumberFormat(locale, { maximumFractionDigits: 1 });
  const took = (from: string, to: string) =>
    `${number.format((Date.parse(to) - Date.parse(from)) / 1000)} s`;
  const counted = (counts: Readonly<Record<string, number>>) =>
    Object.entries(counts)
      .filter(([, n]) => n > 0)
      .map(([name, n]) => `${number.format(n)} ${word('count.', name)}`)
      .join(' · ') || t('nothing');
  return (
    <div>
      <Title order={3} size="h5">
        {t('runs')}
      </Title>
      {runs.length === 0 ? (
        <Text size="sm">{t('noRuns')}</Text>
      ) : (
        <Table.ScrollContainer
          type="native"
          minWidth={520}
          tabIndex={0}
          role="region"
          aria-label={t('runs')}
        >
          <Table>
            <Table.Thead>
              <Table.Tr>
                <Table.Th>{t('run')}</Table.Th>
                <Table.Th>{t('started')}</Table.Th>
                <Table.Th>{t('took')}</Table.Th>
                <Table.Th>{t('counts')}</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {runs.map((run) => (
                <Table.Tr key={`${run.kind}:${run.startedAt}`}>
                  <Table.Td>{word('run.', run.kind)}</Table.Td>
                  <Table.Td>{time.format(new Date(run.startedAt))}</Table.Td>
                  <Table.Td>
                    {run.finishedAt === null ? t('running') : took(run.startedAt, run.finishedAt)}
                  </Table.Td>
                  <Table.Td>{counted(run.counts)}</Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </Table.ScrollContainer>
      )}
    </div>
  );
}
