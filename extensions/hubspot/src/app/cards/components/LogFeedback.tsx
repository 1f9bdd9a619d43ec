/** "Log feedback": what somebody said becomes a note, headed by what it is about. */
import type { ContactCard } from '../generated/card-contract.ts';
import { created, noteOf } from '../lib/compose.ts';
import { createActivity, readText } from '../lib/fetch-card.ts';
import { useTranslator } from '../lib/language.ts';
import type { Shown } from './Shell.tsx';
import { TextForm } from './TextForm.tsx';
import { Window } from './Window.tsx';

export function LogFeedback({ card, life: { record } }: Shown<ContactCard>) {
  const translator = useTranslator();
  const { t } = translator;
  const save = async (text: string) => {
    const note = noteOf(translator, card.contact.name, text, await readText(record, text));
    const state = await createActivity(record, note);
    return `${note.subject} · ${created(translator, { kind: 'note', state })}`;
  };
  return (
    <Window
      id="log"
      modal
      title={t('log')}
      content={<TextForm id="log" label={t('log.text')} button={t('note.create')} onSend={save} />}
    />
  );
}
