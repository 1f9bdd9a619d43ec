/** The hours an answer may take, one field per row of the account's own table. */
import { Flex, Heading, NumberInput } from '@hubspot/ui-extensions';
import type { SettingsValues } from '../generated/settings-contract.ts';
import type { PageWords } from '../SettingsPage.tsx';
import type { FieldOf } from './SettingsForm.tsx';

interface Props {
  readonly due: SettingsValues['due'];
  readonly field: FieldOf;
  readonly words: PageWords;
  readonly onChange: (due: SettingsValues['due']) => void;
}

export function DueTimes({ due, field, words, onChange }: Props) {
  const { t, word } = words;
  return (
    <Flex direction="column" gap="md" testId="due">
      <Heading>{t('form.due')}</Heading>
      {due.map((row, i) => {
        const { type, urgency, hours, calendar = false } = row;
        const label = t(calendar ? 'due.row.calendar' : 'due.row', {
          type: word('type', type),
          urgency: word('urgency', urgency),
        });
        return (
          <NumberInput
            key={`${type} ${urgency}`}
            {...field({ text: label }, `service.due.${i}`)}
            min={0}
            max={8760}
            {...(hours === null ? {} : { value: hours })}
            onChange={(next) =>
              onChange(due.map((r, j) => (j === i ? { ...r, hours: hoursOf(next) } : r)))
            }
          />
        );
      })}
    </Flex>
  );
}

/** An emptied field is no due time. */
const hoursOf = (typed: number | undefined): number | null =>
  typed === undefined || Number.isNaN(typed) ? null : typed;
