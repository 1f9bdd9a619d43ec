/** What was trained, on how much, and how it does beside its baseline. */
import { Table, Text, Title } from '@mantine/core';
import { ago, useConsoleLanguage } from './language.ts';
import {
  beatsBaseline,
  correctionsOf,
  type ModelRow,
  modelRows,
  type TenantStatus,
} from './status.ts';

interface Props {
  readonly model: TenantStatus['model'] | null;
}

export function Models({ model }: Props) {
  const { t, locale } = useConsoleLanguage();
  const number = new Intl.NumberFormat(locale);
  const figure = (row: ModelRow, value: number) =>
    t(row.measure, {
      value: row.measure === 'accuracy' ? Math.round(value * 100) : value.toFixed(3),
    });
  return (
    <div>
      <Title order={3} size="h5">
        {t('models')}
      </Title>
      {model ? (
        <>
          <Text size="sm" c="dimmed" mb={6} className="console-break">
            {t('version', { version: model.version, when: ago(locale, model.trainedAt) })}
          </Text>
          {correctionsOf(model.report) === null ? null : (
            <Text size="sm" mb={6}>
              {t('corrections', { ...correctionsOf(model.report) })}
            </Text>
          )}
          <Table.ScrollContainer
            type="native"
            minWidth={520}
            tabIndex={0}
            role="region"
            aria-label={t('models')}
          >
            <Table>
              <Table.Thead>
                <Table.Tr>
                  <Table.Th>{t('model')}</Table.Th>
                  <Table.Th>{t('n')}</Table.Th>
                  <Table.Th>{t('measure')}</Table.Th>
                  <Table.Th>{t('baseline')}</Table.Th>
                </Table.Tr>
              </Table.Thead>
              <Table.Tbody>
                {modelRows(model.report).map((row) =>
                  typeof row === 'string' ? (
                    <Table.Tr key={row}>
                      <Table.Td>{t(`model.${row}`)}</Table.Td>
                      <Table.Td colSpan={3}>{t('tooLittle')}</Table.Td>
                    </Table.Tr>
                  ) : (
                    <Table.Tr key={row.name}>
                      <Table.Td>{t(`model.${row.name}`)}</Table.Td>
                      <Table.Td>{row.n === null ? '—' : number.format(row.n)}</Table.Td>
                      <Table.Td>
                        {figure(row, row.value)}
                        {beatsBaseline(row) ? null : ` · ${t('notBetter')}`}
                      </Table.Td>
                      <Table.Td>{figure(row, row.baseline)}</Table.Td>
                    </Table.Tr>
                  ),
                )}
              </Table.Tbody>
            </Table>
          </Table.ScrollContainer>
        </>
      ) : (
        <Text size="sm">{t('noModel')}</Text>
      )}
    </div>
  );
}
