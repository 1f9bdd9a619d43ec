/** The dry run's differences: record, property, value now, value then; more on demand. */
import {
  Alert,
  Button,
  Flex,
  Heading,
  Link,
  LoadingSpinner,
  Table,
  TableBody,
  TableCell,
  TableHead,
  TableHeader,
  TableRow,
} from '@hubspot/ui-extensions';
import { useCallback, useEffect, useState } from 'react';
import type { Differences } from '../generated/settings-contract.ts';
import { fetchDifferences } from '../lib/fetch-settings.ts';
import type { PageWords } from '../SettingsPage.tsx';

export function DifferenceList({ words }: { readonly words: PageWords }) {
  const { t, word, language } = words;
  const [records, setRecords] = useState<Differences['records']>([]);
  const [next, setNext] = useState<number | null>(null);
  const [phase, setPhase] = useState<'loading' | 'shown' | 'failed'>('loading');

  const load = useCallback((before: number | null) => {
    setPhase('loading');
    fetchDifferences(before).then(
      (page) => {
        setRecords((known) => (before === null ? page.records : [...known, ...page.records]));
        setNext(page.next);
        setPhase('shown');
      },
      () => setPhase('failed'),
    );
  }, []);
  useEffect(() => load(null), [load]);

  if (phase === 'failed')
    return (
      <Alert variant="error" title={t('writes.failed')}>
        <Button size="sm" onClick={() => load(next)}>
          {t('retry')}
        </Button>
      </Alert>
    );
  if (records.length === 0) return <LoadingSpinner label={t('loading')} />;
  const value = (text: string | null) => text ?? t('writes.empty');
  return (
    <Flex direction="column" gap="sm" align="start" testId="differences">
      <Heading>{t('writes.changes')}</Heading>
      <Table density="compact">
        <TableHead>
          <TableRow>
            <TableHeader>{t('writes.record')}</TableHeader>
            <TableHeader>{t('writes.property')}</TableHeader>
            <TableHeader>{t('writes.old')}</TableHeader>
            <TableHeader>{t('writes.new')}</TableHeader>
          </TableRow>
        </TableHead>
        <TableBody>
          {records.flatMap(({ write, kind, id, name, url, changes }) =>
            changes.map((change, i) => (
              <TableRow key={`${write} ${change.property}`}>
                <TableCell>
                  {i > 0 ? (
                    ''
                  ) : (
                    <Link href={{ url, external: true }}>
                      {name || `${word('kind', kind)} ${id}`}
                    </Link>
                  )}
                </TableCell>
                <TableCell>{language === 'zh' ? change.labelZh : change.label}</TableCell>
                <TableCell>{value(change.old)}</TableCell>
                <TableCell>{value(change.new)}</TableCell>
              </TableRow>
            )),
          )}
        </TableBody>
      </Table>
      {next === null ? null : (
        <Button
          testId="more"
          size="sm"
          variant="secondary"
          disabled={phase === 'loading'}
          onClick={() => load(next)}
        >
          {t('writes.more')}
        </Button>
      )}
    </Flex>
  );
}
