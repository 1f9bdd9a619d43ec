/** A question behind a quiet button, answered by one of a few more; says when the answer was kept. */
import { Button, ButtonRow } from '@hubspot/ui-extensions';
import { useState } from 'react';
import { useTranslator } from '../lib/language.ts';
import type { Key } from '../lib/translate.ts';
import { Column, Small } from './layout.tsx';

interface Props {
  readonly id: string;
  /** The quiet button; without one it asks at once. */
  readonly open?: Key | undefined;
  readonly ask: Key;
  readonly saved: Key;
  readonly choices: readonly { readonly value: string; readonly label: string }[];
  /** Rejects when the answer could not be kept. */
  readonly onChoose: (value: string) => Promise<void>;
}

export function Choose({ id, open, ask, saved, choices, onChoose }: Props) {
  const { t } = useTranslator();
  const [step, setStep] = useState<'closed' | 'open' | 'saving' | 'saved' | 'failed'>(
    open === undefined ? 'open' : 'closed',
  );
  const choose = (value: string) => {
    setStep('saving');
    onChoose(value).then(
      () => setStep('saved'),
      () => setStep('failed'),
    );
  };
  if (step === 'saved') return <Small>{t(saved)}</Small>;
  if (open !== undefined && step === 'closed')
    return (
      <Column align="start">
        <Button testId={id} size="xs" variant="secondary" onClick={() => setStep('open')}>
          {t(open)}
        </Button>
      </Column>
    );
  return (
    <Column>
      <Small>{t(step === 'failed' ? 'save.failed' : ask)}</Small>
      <ButtonRow>
        {choices.map(({ value, label }) => (
          <Button
            key={value}
            testId={`${id}-${value}`}
            size="xs"
            variant="secondary"
            disabled={step === 'saving'}
            onClick={() => choose(value)}
          >
            {label}
          </Button>
        ))}
      </ButtonRow>
    </Column>
  );
}
