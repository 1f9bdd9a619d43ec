/** What an admin may change of an account: a form with the server's limits, and who changed what. */
import {
  Alert,
  Button,
  Checkbox,
  Group,
  Loader,
  NumberInput,
  Stack,
  Switch,
  Text,
  Title,
} from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { Figures } from './Figures.tsx';
import { ago, useConsoleLanguage } from './language.ts';
import {
  changeOf,
  type Draft,
  draftOf,
  type Settings as Held,
  LIMITS,
  NUMBER_FIELDS,
  problemsOf,
  readSettings,
  type SettingsAnswer,
  saveSettings,
} from './settings.ts';

const DAYS = ['1', '2', '3', '4', '5', '6', '7'] as const;
const FIELDS = ['age', 'gender', 'location'] as const;

export function Settings({ tenantId }: { readonly tenantId: string }) {
  const { t } = useConsoleLanguage();
  const { data, error } = useQuery({
    queryKey: ['settings', tenantId],
    queryFn: () => readSettings(tenantId),
  });
  return (
    <div>
      <Title order={3} size="h5" mb={6}>
        {t('settings')}
      </Title>
      {error ? <Text size="sm">{t('unreachable')}</Text> : null}
      {data === undefined && !error ? (
        <Loader size="sm" aria-label={t('loading')} role="status" />
      ) : null}
      {data === undefined ? null : (
        <Form key={JSON.stringify(data.settings)} tenantId={tenantId} held={data.settings} />
      )}
      {data === undefined ? null : <Changes audit={data.audit} />}
    </div>
  );
}

function Form({ tenantId, held }: { readonly tenantId: string; readonly held: Held }) {
  const { t, word } = useConsoleLanguage();
  const client = useQueryClient();
  const [draft, setDraft] = useState<Draft>(draftOf(held));
  const save = useMutation({
    mutationFn: () => saveSettings(tenantId, changeOf(held, draft)),
    onSuccess: () => client.invalidateQueries({ queryKey: ['settings', tenantId] }),
  });
  const problems = problemsOf(draft);
  const changed = Object.keys(changeOf(held, draft)).length > 0;
  const set = <K extends keyof Draft>(field: K, value: Draft[K]): void =>
    setDraft((before) => ({ ...before, [field]: value }));
  const error = (field: keyof Draft): string | null => {
    const problem = problems[field];
    if (problem === undefined) return null;
    const [least, most] = field in LIMITS ? LIMITS[field as keyof typeof LIMITS] : [0, 0];
    return t(`settings.problem.${problem}`, { least, most });
  };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        save.mutate();
      }}
    >
      <Stack gap="md">
        <div className="console-facts">
          {NUMBER_FIELDS.map((field) => (
            <NumberInput
              key={field}
              label={word('settings.', field)}
              value={draft[field]}
              onChange={(value) => set(field, value === '' ? '' : Number(value))}
              error={error(field)}
              allowDecimal={field.endsWith('Percent')}
              hideControls
            />
          ))}
        </div>
        <Checkbox.Group
          label={t('settings.businessDays')}
          value={[...draft.businessDays]}
          onChange={(value) => set('businessDays', value)}
          error={error('businessDays')}
        >
          <Group gap="md" mt={6}>
            {DAYS.map((day) => (
              <Checkbox key={day} value={day} label={word('day.', day)} />
            ))}
          </Group>
        </Checkbox.Group>
        <Checkbox.Group
          label={t('settings.demographics')}
          description={t('settings.demographics.note')}
          value={[...draft.demographics]}
          onChange={(value) => set('demographics', value)}
        >
          <Group gap="md" mt={6}>
            {FIELDS.map((field) => (
              <Checkbox key={field} value={field} label={word('demographic.', field)} />
            ))}
          </Group>
        </Checkbox.Group>
        <Switch
          label={t('settings.optional')}
          checked={draft.optional}
          onChange={(event) => set('optional', event.currentTarget.checked)}
        />
        {save.error === null ? null : (
          <Alert color="red" role="alert" title={t('settings.refused')}>
            {save.error.message}
          </Alert>
        )}
        <Group gap="md">
          <Button
            type="submit"
            loading={save.isPending}
            disabled={!changed || Object.keys(problems).length > 0}
          >
            {t('settings.save')}
          </Button>
          <Text size="sm" c="dimmed" role="status">
            {save.isSuccess && !changed ? t('settings.saved') : t('settings.effect')}
          </Text>
        </Group>
      </Stack>
    </form>
  );
}

function Changes({ audit }: { readonly audit: SettingsAnswer['audit'] }) {
  const { t, locale } = useConsoleLanguage();
  if (audit.length === 0) return null;
  return (
    <>
      <Title order={4} size="h6" mt={12} mb={6}>
        {t('settings.changes')}
      </Title>
      <Figures
        label={t('settings.changes')}
        heads={[t('settings.when'), t('settings.who'), t('settings.what')]}
        rows={audit.map(({ at, actor, action, detail }) => [
          ago(locale, at),
          actor,
          `${action.replace('settings.', '')} ${JSON.stringify(detail)}`,
        ])}
      />
    </>
  );
}
