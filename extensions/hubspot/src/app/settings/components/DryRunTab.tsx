/** What would be written, record by record; approving it, holding it, and undoing what was written. */
import {
  Alert,
  Button,
  ButtonRow,
  Flex,
  Heading,
  LoadingButton,
  Table,
  TableBody,
  TableCell,
  TableHead,
  TableHeader,
  TableRow,
  Text,
} from '@hubspot/ui-extensions';
import { useState } from 'react';
import type { DryRun } from '../generated/settings-contract.ts';
import type { SettingsLife } from '../lib/use-settings.ts';
import type { PageWords } from '../SettingsPage.tsx';
import { DifferenceList } from './DifferenceList.tsx';
import { Said } from './Said.tsx';

interface Props {
  readonly life: SettingsLife;
  readonly words: PageWords;
}

export function DryRunTab({ life, words }: Props) {
  const { t } = words;
  const dryRun = life.page?.dryRun ?? null;
  if (dryRun === null) return null;
  return (
    <Flex direction="column" gap="lg" testId="writes">
      <Flex direction="column" gap="sm">
        <Heading>{t('writes.title')}</Heading>
        <Text>{situation(dryRun, words)}</Text>
        <Said life={life} only={['approve', 'hold', 'release', 'undo']} words={words} />
        {life.page?.mayChange ? <Decide dryRun={dryRun} life={life} words={words} /> : null}
        {dryRun.planned === 0 ? null : <DifferenceList key={life.edition} words={words} />}
      </Flex>
      <Runs dryRun={dryRun} life={life} words={words} />
    </Flex>
  );
}

function situation({ writing, planned, sending }: DryRun, { t, count }: PageWords): string {
  if (sending > 0) return t('writes.sending');
  if (writing) return t('writes.on', { n: count(planned) });
  return planned === 0 ? t('writes.none') : t('writes.waiting', { n: count(planned) });
}

function Decide({ dryRun, life, words }: Props & { readonly dryRun: DryRun }) {
  const { t } = words;
  return (
    <Flex direction="column" gap="xs">
      <ButtonRow>
        {dryRun.writing ? (
          <LoadingButton
            testId="hold"
            variant="secondary"
            loading={life.busy === 'hold'}
            onClick={() => life.act('hold')}
          >
            {t('writes.hold')}
          </LoadingButton>
        ) : (
          <LoadingButton
            testId="approve"
            variant="primary"
            loading={life.busy === 'approve'}
            onClick={() => life.act('approve')}
          >
            {t('writes.approve')}
          </LoadingButton>
        )}
        <LoadingButton
          testId="release"
          variant="secondary"
          loading={life.busy === 'release'}
          onClick={() => life.act('release')}
        >
          {t('writes.release')}
        </LoadingButton>
      </ButtonRow>
      <Text variant="microcopy">{t('writes.release.help')}</Text>
    </Flex>
  );
}

function Runs({ dryRun, life, words }: Props & { readonly dryRun: DryRun }) {
  const { t, count, time } = words;
  const [asked, setAsked] = useState<number | null>(null);
  const zone = life.page?.account?.timeZone ?? 'UTC';
  const mayChange = life.page?.mayChange === true;
  const doomed = dryRun.runs.find((r) => r.run === asked);
  return (
    <Flex direction="column" gap="sm" testId="runs">
      <Heading>{t('runs.title')}</Heading>
      {dryRun.runs.length === 0 ? <Text>{t('runs.none')}</Text> : null}
      {doomed === undefined ? null : (
        <Alert variant="warning" title={t('runs.ask', { when: time(doomed.at, zone) })}>
          <Text>{t('runs.ask.body')}</Text>
          <ButtonRow>
            <Button
              testId="undo-sure"
              variant="destructive"
              size="sm"
              onClick={() => {
                setAsked(null);
                life.act('undo', { run: doomed.run });
              }}
            >
              {t('runs.undo.sure')}
            </Button>
            <Button variant="secondary" size="sm" onClick={() => setAsked(null)}>
              {t('runs.keep')}
            </Button>
          </ButtonRow>
        </Alert>
      )}
      {dryRun.runs.length === 0 ? null : (
        <Table density="compact">
          <TableHead>
            <TableRow>
              <TableHeader>{t('runs.when')}</TableHeader>
              <TableHeader align="right">{t('runs.records')}</TableHeader>
              <TableHeader align="right">{t('runs.properties')}</TableHeader>
              <TableHeader align="right">{t('runs.undo')}</TableHeader>
            </TableRow>
          </TableHead>
          <TableBody>
            {dryRun.runs.map(({ run, at, records, properties }) => (
              <TableRow key={run}>
                <TableCell>{time(at, zone)}</TableCell>
                <TableCell align="right">{count(records)}</TableCell>
                <TableCell align="right">{count(properties)}</TableCell>
                <TableCell align="right">
                  <Button
                    testId={`undo-${run}`}
                    variant="secondary"
                    size="xs"
                    disabled={!mayChange || life.busy !== null}
                    onClick={() => setAsked(run)}
                  >
                    {t('runs.undo')}
                  </Button>
                </TableCell>
              </TableRow>
            ))}
          </TableBody>
        </Table>
      )}
    </Flex>
  );
}
