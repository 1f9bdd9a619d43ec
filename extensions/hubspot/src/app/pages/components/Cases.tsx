/** Cases whose answer is due, the most overdue first. */
import {
  Flex,
  Heading,
  Link,
  StatusTag,
  Table,
  TableBody,
  TableCell,
  TableHead,
  TableHeader,
  TableRow,
  Text,
} from '@hubspot/ui-extensions';
import type { TeamCase } from '../generated/team-contract.ts';
import type { PageWords } from '../TeamPage.tsx';

interface Props {
  readonly cases: readonly TeamCase[];
  readonly zone: string;
  readonly words: PageWords;
}

export function Cases({ cases, zone, words }: Props) {
  const { t, time } = words;
  return (
    <Flex direction="column" gap="sm" testId="cases">
      <Heading>{t('cases.title')}</Heading>
      {cases.length === 0 ? (
        <Text>{t('cases.none')}</Text>
      ) : (
        <Table density="compact">
          <TableHead>
            <TableRow>
              <TableHeader>{t('cases.case')}</TableHeader>
              <TableHeader>{t('cases.who')}</TableHeader>
              <TableHeader>{t('cases.about')}</TableHeader>
              <TableHeader>{t('cases.due')}</TableHeader>
            </TableRow>
          </TableHead>
          <TableBody>
            {cases.map((one) => (
              <TableRow key={one.id}>
                <TableCell>
                  <Link href={{ url: one.url, external: true }}>{one.title || one.id}</Link>
                </TableCell>
                <TableCell>{one.contact ?? '–'}</TableCell>
                <TableCell>{about(one, words)}</TableCell>
                <TableCell>
                  <StatusTag variant={one.overdue ? 'danger' : 'warning'}>
                    {t(one.overdue ? 'cases.overdue' : 'cases.open')}
                  </StatusTag>{' '}
                  <Text inline variant="microcopy">
                    {time(one.dueAt, zone)}
                  </Text>
                </TableCell>
              </TableRow>
            ))}
          </TableBody>
        </Table>
      )}
    </Flex>
  );
}

function about({ type, urgency }: TeamCase, { word }: PageWords): string {
  const parts = [
    type === null ? null : word('type', type),
    urgency === null ? null : word('urgency', urgency),
  ].filter((part) => part !== null);
  return parts.length === 0 ? '–' : parts.join(' · ');
}
