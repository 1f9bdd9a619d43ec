/** A reply to copy, with its source and how sure it is; or why a person is needed. */
import { Button, Heading, Text, Tile, useExtensionActions } from '@hubspot/ui-extensions';
import { useState } from 'react';
import type { CardReply } from '../generated/card-contract.ts';
import type { RecordRef } from '../lib/fetch-card.ts';
import { percent } from '../lib/format.ts';
import { useTranslator } from '../lib/language.ts';
import { Column, Small } from './layout.tsx';
import { RecordLink } from './RecordLink.tsx';

interface Props {
  readonly reply: CardReply | null;
  readonly here: RecordRef;
}

export function ReplyDraft({ reply, here }: Props) {
  const translator = useTranslator();
  const { t, first } = translator;
  if (reply === null) return null;
  if (reply.text === null)
    return (
      <Column testId="reply">
        <Heading>{t('reply.person')}</Heading>
        <Text>{first([`reply.${reply.reason}`, 'reply.not_sure'])}</Text>
      </Column>
    );
  return (
    <Column align="start" testId="reply">
      <Heading>{t(reply.kind === 'ask' ? 'reply.ask.title' : 'reply.title')}</Heading>
      <Tile compact>
        {paragraphs(reply.text).map(({ at, line }) => (
          <Text key={at}>{line}</Text>
        ))}
      </Tile>
      <Basis reply={reply} here={here} />
      <Copy text={reply.text} />
    </Column>
  );
}

/** The lines of a text, each with where it begins. */
const paragraphs = (text: string) =>
  [...text.matchAll(/[^\n]+/g)].map(({ 0: line, index }) => ({ at: index, line }));

function Basis({ reply, here }: Props & { readonly reply: CardReply }) {
  const translator = useTranslator();
  const { t } = translator;
  const { source, confidence, blanks } = reply;
  const name = t(source === null ? 'reply.source.none' : `reply.source.${source.kind as 'faq'}`, {
    title: source?.title ?? '',
  });
  return (
    <Small>
      {source?.kind === 'case' ? (
        <RecordLink to={{ kind: 'ticket', id: source.id }} here={here}>
          {name}
        </RecordLink>
      ) : (
        name
      )}
      {` · ${t('reply.sure', { n: percent(confidence) })}`}
      {blanks === 0 ? '' : ` · ${t('reply.blanks', { n: blanks })}`}
    </Small>
  );
}

function Copy({ text }: { readonly text: string }) {
  const { t } = useTranslator();
  const { copyTextToClipboard } = useExtensionActions<'crm.record.tab'>();
  const [said, setSaid] = useState<'copied' | 'copy.failed' | null>(null);
  const copy = () =>
    void Promise.resolve(copyTextToClipboard(text)).then(
      () => setSaid('copied'),
      () => setSaid('copy.failed'),
    );
  return (
    <>
      <Button testId="copy" variant="secondary" size="sm" onClick={copy}>
        {t('reply.copy')}
      </Button>
      {said === null ? null : <Small testId="copy-said">{t(`reply.${said}`)}</Small>}
    </>
  );
}
