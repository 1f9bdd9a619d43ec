/** The contact's own properties, editable; only what changed is sent. */
import { useState } from 'react';
import { Button } from '../kit/actions.tsx';
import { Form, Input, Select } from '../kit/forms.tsx';
import { type SandboxLanguage, useSandboxLanguage } from './language.ts';
import { type ContactRecord, type Definition, editContact } from './page-api.ts';

const FIELDS = [
  'firstname',
  'lastname',
  'email',
  'phone',
  'jobtitle',
  'hs_timezone',
  'lifecyclestage',
  'phone_consent',
  'hs_email_optout',
  'rapport_do_not_score',
] as const;
type Field = (typeof FIELDS)[number];

const PREFIXES: Partial<Readonly<Record<Field, string>>> = { lifecyclestage: 'stage.' };

/** What the field may hold, in the page's language where there is a word for it; `null` for free text. */
function choices({ t, word }: SandboxLanguage, name: Field, definition: Definition | undefined) {
  const unset = { label: t('unset'), value: '' };
  if (definition?.type === 'bool') {
    return [unset, { label: t('yes'), value: 'true' }, { label: t('no'), value: 'false' }];
  }
  if (definition === undefined || definition.options.length === 0) return null;
  const options = definition.options.map(({ label, value }) => {
    const known = word(PREFIXES[name] ?? '', value);
    return { label: known === value ? label : known, value };
  });
  return [unset, ...options];
}

interface Props {
  readonly record: ContactRecord;
  readonly onSaved: () => void;
}

export function PropertiesForm({ record, onSaved }: Props) {
  const language = useSandboxLanguage();
  const { t } = language;
  const [outcome, setOutcome] = useState<string | null>(null);
  const { properties } = record;
  const own = JSON.stringify(FIELDS.map((name) => properties[name] ?? ''));

  const save = async (entered: Record<string, string>) => {
    const changed = Object.entries(entered).filter(
      ([name, value]) => value !== (properties[name] ?? ''),
    );
    try {
      if (changed.length > 0) await editContact(record.id, Object.fromEntries(changed));
      setOutcome(t('saved'));
      onSaved();
    } catch (error) {
      setOutcome(`${t('save.failed')}: ${(error as Error).message}`);
    }
  };

  return (
    <section className="crm-panel">
      <h2>{t('about')}</h2>
      <Form key={own} onSubmit={({ targetValue }) => void save(targetValue)}>
        <div className="crm-fields">
          {FIELDS.map((name) => {
            const definition = [...record.definitions, ...record.scores].find(
              (d) => d.name === name,
            );
            const options = choices(language, name, definition);
            const field = { name, label: t(name), defaultValue: properties[name] ?? '' };
            return options === null ? (
              <Input key={name} {...field} />
            ) : (
              <Select key={name} {...field} options={options} />
            );
          })}
        </div>
        <div className="crm-save">
          <Button variant="primary" type="submit" size="sm">
            {t('save')}
          </Button>
          <span role="status" className="crm-muted">
            {outcome}
          </span>
        </div>
      </Form>
    </section>
  );
}
