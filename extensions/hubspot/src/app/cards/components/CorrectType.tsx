/** "Correct this": one tap says what a message really is, and becomes a label. */
import { Button, ButtonRow, Flex, Text } from '@hubspot/ui-extensions';
import { useState } from 'react';
import type { CardFeedback } from '../generated/card-contract.ts';
import type { Key, Translator } from '../lib/translate.ts';

const TYPES = ['problem', 'suggestion', 'praise', 'question'] as const;
export type FeedbackType = (typeof TYPES)[number];

interface Props {
  readonly item: CardFeedback;
  readonly translator: Translator;
  /** Rejects when the correction could not be saved. */
  readonly onCorrect: (item: CardFeedback, label: FeedbackType) => Promise<void>;
}

export function CorrectType({ item, translator, onCorrect }: Props) {
  const { t } = translator;
  const [step, setStep] = useState<'closed' | 'open' | 'saving' | 'saved' | 'failed'>('closed');
  const choose = (label: FeedbackType) => {
    setStep('saving');
    onCorrect(item, label).then(
      () => setStep('saved'),
      () => setStep('failed'),
    );
  };
  if (step === 'saved') return <Text variant="microcopy">{t('correct.saved')}</Text>;
  if (step === 'closed')
    return (
      <Button
        testId="correct"
        size="extra-small"
        variant="transparent"
        onClick={() => setStep('open')}
      >
        {t('correct.this')}
      </Button>
    );
  return (
    <Flex direction="column" gap="xs">
      {step === 'failed' ? <Text variant="microcopy">{t('correct.failed')}</Text> : null}
      <Text variant="microcopy">{t('correct.it_is')}</Text>
      <ButtonRow>
        {TYPES.filter((type) => type !== item.type).map((type) => (
          <Button
            key={type}
            testId={`correct-${type}`}
            size="extra-small"
            variant="secondary"
            disabled={step === 'saving'}
            onClick={() => choose(type)}
          >
            {t(`type.${type}` satisfies Key)}
          </Button>
        ))}
      </ButtonRow>
    </Flex>
  );
}
