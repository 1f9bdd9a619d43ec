/** A text to write or change, and the one thing that is done with it. */
import { Button, ButtonRow, TextArea } from '@hubspot/ui-extensions';
import { useState } from 'react';
import { useTranslator } from '../lib/language.ts';
import { Column, Small } from './layout.tsx';

interface Props {
  readonly id: string;
  readonly label: string;
  readonly button: string;
  readonly text?: string;
  /** Says what came of it; rejects when it did not work. */
  readonly onSend: (text: string) => Promise<string>;
}

export function TextForm({ id, label, button, text = '', onSend }: Props) {
  const translator = useTranslator();
  const [written, setWritten] = useState(text);
  const [sending, setSending] = useState(false);
  const [said, setSaid] = useState('');
  const send = () => {
    setSending(true);
    onSend(written)
      .then(setSaid, () => setSaid(translator.t('save.failed')))
      .finally(() => setSending(false));
  };
  return (
    <Column>
      <TextArea
        testId={`${id}-text`}
        name={id}
        label={label}
        rows={8}
        value={written}
        onInput={setWritten}
      />
      <ButtonRow>
        <Button
          testId={`${id}-send`}
          variant="primary"
          size="sm"
          disabled={sending || written.trim() === ''}
          onClick={send}
        >
          {button}
        </Button>
      </ButtonRow>
      {said === '' ? null : <Small testId={`${id}-said`}>{said}</Small>}
    </Column>
  );
}
