/** Every kind of record: whether all of it is here, and which properties are read and written. */
import {
  Accordion,
  Flex,
  Heading,
  StatusTag,
  Table,
  TableBody,
  TableCell,
  TableHead,
  TableHeader,
  TableRow,
  Text,
} from '@hubspot/ui-extensions';
import type { PageObject } from '../generated/settings-contract.ts';
import type { PageWords } from '../SettingsPage.tsx';

interface Props {
  readonly objects: readonly PageObject[];
  readonly zone: string;
  readonly words: PageWords;
}

export function Objects({ objects, zone, words }: Props) {
  const { t, word, count, time } = words;
  const number = (n: number | null) => (n === null ? '–' : count(n));
  return (
    <Flex direction="column" gap="sm" testId="objects">
      <Heading>{t('objects.title')}</Heading>
      <Table density="compact">
        <TableHead>
          <TableRow>
            <TableHeader>{t('objects.kind')}</TableHeader>
            <TableHeader align="right">{t('objects.crm')}</TableHeader>
            <TableHeader align="right">{t('objects.stored')}</TableHeader>
            <TableHeader>{t('objects.state')}</TableHeader>
            <TableHeader>{t('objects.checked')}</TableHeader>
          </TableRow>
        </TableHead>
        <TableBody>
          {objects.map((object) => (
            <TableRow key={object.kind}>
              <TableCell>{word('kind', object.kind)}</TableCell>
              <TableCell align="right">{number(object.crm)}</TableCell>
              <TableCell align="right">{number(object.stored)}</TableCell>
              <TableCell>
                <Complete complete={object.complete} words={words} />
              </TableCell>
              <TableCell>
                {object.checkedAt === null ? '–' : time(object.checkedAt, zone)}
              </TableCell>
            </TableRow>
          ))}
        </TableBody>
      </Table>
      <Accordion title={t('objects.more')} size="sm">
        <Flex direction="column" gap="sm">
          {objects.map((object) => (
            <Properties key={object.kind} object={object} zone={zone} words={words} />
          ))}
        </Flex>
      </Accordion>
    </Flex>
  );
}

function Complete({ complete, words: { t } }: Pick<PageObject, 'complete'> & Pick<Props, 'words'>) {
  if (complete === null) return <StatusTag hollow>{t('complete.unknown')}</StatusTag>;
  return complete ? (
    <StatusTag variant="success">{t('complete.yes')}</StatusTag>
  ) : (
    <StatusTag variant="warning">{t('complete.no')}</StatusTag>
  );
}

function Properties({
  object: { kind, reads, writes, lastGap },
  zone,
  words,
}: Omit<Props, 'objects'> & { readonly object: PageObject }) {
  const { t, word, time, count, language } = words;
  const labels = writes.map((p) => (language === 'zh' ? p.labelZh : p.label));
  return (
    <Flex direction="column" gap="flush">
      <Text format={{ fontWeight: 'bold' }}>{word('kind', kind)}</Text>
      <Text variant="microcopy">{t('objects.reads', { names: reads.join(', ') })}</Text>
      {labels.length === 0 ? null : (
        <Text variant="microcopy">{t('objects.writes', { names: labels.join(', ') })}</Text>
      )}
      {lastGap === null ? null : (
        <Text variant="microcopy">
          {t('objects.gap', {
            when: time(lastGap.at, zone),
            missing: count(lastGap.missing),
            surplus: count(lastGap.surplus),
          })}
        </Text>
      )}
    </Flex>
  );
}
