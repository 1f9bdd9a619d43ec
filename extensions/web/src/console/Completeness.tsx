/** The certificates: per object what the CRM has, what is here, whether they are the same, and the last gap. */
import { Table, Text, Title } from '@mantine/core';
import { useConsoleLanguage } from './language.ts';
import type { TenantStatus } from './status.ts';

interface Props {
  readonly certificates: NonNullable<TenantStatus['completeness']>;
}

export function Completeness({ certificates }: Props) {
  const { t, word, locale } = useConsoleLanguage();
  const time = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short' });
  const number = new Intl.NumberFormat(locale);
  const count = (n: number | null) => (n === null ? t('unknown') : number.format(n));
  const when = (at: string) => time.format(new Date(at));
  const said = (complete: boolean | null) =>
    complete === null ? 'complete.unknown' : complete ? 'complete.yes' : 'complete.no';
  return (
    <div>
      <Title order={3} size="h5">
        {t('completeness')}
      </Title>
      {certificates.length === 0 ? (
        <Text size="sm">{t('complete.none')}</Text>
      ) : (
        <Table.ScrollContainer
          type="native"
          minWidth={620}
          tabIndex={0}
          role="region"
          aria-label={t('completeness')}
        >
          <Table>
            <Table.Thead>
              <Table.Tr>
                <Table.Th>{t('object')}</Table.Th>
                <Table.Th>{t('crm')}</Table.Th>
                <Table.Th>{t('stored')}</Table.Th>
                <Table.Th>{t('complete')}</Table.Th>
                <Table.Th>{t('checksum')}</Table.Th>
                <Table.Th>{t('compared')}</Table.Th>
                <Table.Th>{t('lastGap')}</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {certificates.map(({ kind, crm, stored, complete, checksum, checkedAt, lastGap }) => (
                <Table.Tr key={kind}>
                  <Table.Td>{word('object.', kind)}</Table.Td>
                  <Table.Td>{count(crm)}</Table.Td>
                  <Table.Td>{count(stored)}</Table.Td>
                  <Table.Td>{t(said(complete))}</Table.Td>
                  <Table.Td className="console-checksum">{checksum?.slice(0, 12) ?? '–'}</Table.Td>
                  <Table.Td>{checkedAt === null ? t('never') : when(checkedAt)}</Table.Td>
                  <Table.Td>
                    {lastGap === null
                      ? t('noGap')
                      : `${when(lastGap.at)} · −${number.format(lastGap.missing)} +${number.format(lastGap.surplus)}`}
                  </Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </Table.ScrollContainer>
      )}
    </div>
  );
}
