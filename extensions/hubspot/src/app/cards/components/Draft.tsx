/** "Draft email": a message to this person, to change and copy. */
import { Text, useExtensionActions } from '@hubspot/ui-extensions';
import type { CardDraft, ContactCard } from '../generated/card-contract.ts';
import { channelName } from '../lib/describe.ts';
import { fetchDraft } from '../lib/fetch-card.ts';
import { useTranslator } from '../lib/language.ts';
import { useFetched } from './Fetched.tsx';
import { Small } from './layout.tsx';
import type { Shown } from './Shell.tsx';
import { TextForm } from './TextForm.tsx';
import { Window } from './Window.tsx';

export function Draft({ card, life }: Shown<ContactCard>) {
  const translator = useTranslator();
  const [open, content] = useFetched(
    () => fetchDraft(life.record),
    (draft) => <Drafted {...draft} />,
  );
  const channel = channelName(translator, card.reach?.written ?? '');
  return (
    <Window
      id="draft"
      variant="primary"
      title={translator.t('draft', { channel })}
      onOpen={open}
      content={content}
    />
  );
}

function Drafted({ text, from, blanks }: CardDraft) {
  const { t } = useTranslator();
  const { copyTextToClipboard } = useExtensionActions<'crm.record.tab'>();
  if (text === null) return <Text>{t('draft.none')}</Text>;
  return (
    <>
      <Small>
        {from === null ? t('draft.begun') : t('draft.from', { title: from })}
        {blanks === 0 ? '' : ` · ${t('draft.blanks', { n: blanks })}`}
      </Small>
      <TextForm
        id="draft"
        label={t('draft.text')}
        button={t('draft.copy')}
        text={text}
        onSend={async (written) => {
          await copyTextToClipboard(written);
          return t('draft.copied');
        }}
      />
    </>
  );
}
