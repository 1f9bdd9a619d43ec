/** "Correct this": says what a message really is, field by field; each change is a label. */
import { Accordion, Button, Form, Select } from '@hubspot/ui-extensions';
import { useState } from 'react';
import type { TicketCard } from '../generated/card-contract.ts';
import { type CorrectedField, sendCorrection } from '../lib/fetch-card.ts';
import { useTranslator } from '../lib/language.ts';
import type { Translator } from '../lib/translate.ts';
import { Column, Small } from './layout.tsx';
import { sentimentName, typeName, urgencyName } from './MessageTags.tsx';
import type { Shown } from './Shell.tsx';

const FIELDS = ['type', 'sentiment', 'urgency', 'topic'] as const satisfies CorrectedField[];
const TYPES = ['problem', 'suggestion', 'praise', 'question'];
const SENTIMENTS = ['very_negative', 'negative', 'neutral', 'positive', 'very_positive'];
const URGENCIES = ['now', 'today', 'this_week', 'none'];

type Chosen = Readonly<Partial<Record<CorrectedField, string>>>;

const held = (card: TicketCard): Readonly<Record<CorrectedField, string>> => ({
  type: card.types[0]?.label ?? '',
  sentiment: card.sentiment?.label ?? '',
  urgency: card.urgency?.label ?? '',
  topic: card.topic?.id ?? '',
});

function choices(card: TicketCard, translator: Translator) {
  const named = (labels: readonly string[], name: (t: Translator, label: string) => string) =>
    labels.map((value) => ({ value, label: name(translator, value) }));
  return {
    type: named(TYPES, typeName),
    sentiment: named(SENTIMENTS, sentimentName),
    urgency: named(URGENCIES, urgencyName),
    topic: card.topics.map(({ id, name }) => ({ value: id, label: name[translator.language] })),
  };
}

export function CorrectTicket({ card, life }: Shown<TicketCard>) {
  const translator = useTranslator();
  const { t } = translator;
  const [chosen, setChosen] = useState<Chosen>({});
  const [step, setStep] = useState<'idle' | 'saving' | 'saved' | 'failed'>('idle');
  const now = held(card);
  const options = choices(card, translator);
  const save = async () => {
    const changed = FIELDS.filter((f) => chosen[f] !== undefined && chosen[f] !== now[f]);
    if (changed.length === 0 || step === 'saving') return;
    setStep('saving');
    const item = { source: 'ticket', id: card.ticket.id } as const;
    try {
      for (const field of changed)
        await sendCorrection(life.record, item, field, chosen[field] ?? '');
      setStep('saved');
      life.follow();
    } catch {
      setStep('failed');
    }
  };
  return (
    <Accordion title={t('correct.title')} size="sm" testId="correct">
      <Form onSubmit={() => void save()} preventDefault>
        <Column gap="sm">
          {FIELDS.filter((field) => options[field].length > 0).map((field) => (
            <Select
              key={field}
              testId={`correct-${field}`}
              name={field}
              label={t(`correct.${field}`)}
              placeholder={t('correct.unknown')}
              options={options[field]}
              value={chosen[field] ?? now[field]}
              onChange={(value) => setChosen({ ...chosen, [field]: String(value) })}
            />
          ))}
          <Button type="submit" variant="secondary" size="sm" disabled={step === 'saving'}>
            {t('correct.save')}
          </Button>
          {step === 'saved' || step === 'failed' ? (
            <Small testId="correct-said">
              {t(step === 'saved' ? 'correct.saved' : 'save.failed')}
            </Small>
          ) : null}
        </Column>
      </Form>
    </Accordion>
  );
}
