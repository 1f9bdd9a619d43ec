/** The form for a topic's two names, used to rename one and to put a proposal on the list. */
import { Button, Group, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useConsoleLanguage } from './language.ts';
import { type Names, problemOf } from './topics.ts';

interface Props {
  readonly label: string;
  readonly names: Names;
  readonly submit: string;
  readonly pending: boolean;
  readonly onSubmit: (names: Names) => void;
  readonly onCancel: () => void;
}

const FIELDS = ['nameEn', 'nameZh'] as const;

/** The first field has the focus; Escape cancels. */
export function TopicNames({ label, names, submit, pending, onSubmit, onCancel }: Props) {
  const { t } = useConsoleLanguage();
  const [typed, setTyped] = useState(names);
  const problem = (field: keyof Names): string | null => {
    const found = problemOf(typed[field]);
    return found === null ? null : t(`topics.${found}`);
  };
  const send = (event: FormEvent) => {
    event.preventDefault();
    onSubmit({ nameEn: typed.nameEn.trim(), nameZh: typed.nameZh.trim() });
  };
  return (
    <form
      className="console-names"
      aria-label={label}
      onSubmit={send}
      onKeyDown={({ key }) => (key === 'Escape' ? onCancel() : undefined)}
    >
      {FIELDS.map((field) => (
        <TextInput
          key={field}
          label={t(`topics.${field}`)}
          value={typed[field]}
          onChange={({ currentTarget: { value } }) => setTyped({ ...typed, [field]: value })}
          error={problem(field)}
          autoFocus={field === 'nameEn'}
        />
      ))}
      <Group gap="sm">
        <Button
          type="submit"
          size="xs"
          loading={pending}
          disabled={FIELDS.some((field) => problemOf(typed[field]) !== null)}
        >
          {submit}
        </Button>
        <Button type="button" size="xs" variant="default" onClick={onCancel}>
          {t('topics.cancel')}
        </Button>
      </Group>
    </form>
  );
}
