/** What an admin may set; only what differs is sent, and every field that cannot be taken says so. */
import {
  ButtonRow,
  Flex,
  Form,
  Heading,
  LoadingButton,
  NumberInput,
  TextArea,
  Toggle,
  ToggleGroup,
} from '@hubspot/ui-extensions';
import { useState } from 'react';
import { changeOf, type Draft } from '../lib/change.ts';
import type { Key } from '../lib/strings.ts';
import type { SettingsLife } from '../lib/use-settings.ts';
import type { PageWords } from '../SettingsPage.tsx';
import { DueTimes } from './DueTimes.tsx';

interface Props {
  readonly values: Draft;
  readonly life: SettingsLife;
  readonly words: PageWords;
}

const DAYS = ['1', '2', '3', '4', '5', '6', '7'] as const;
const DEMOGRAPHICS = ['age', 'gender', 'location'] as const;

export function SettingsForm({ values, life, words }: Props) {
  const { t } = words;
  const [draft, setDraft] = useState(values);
  const set = (part: Partial<Draft>) => setDraft((d) => ({ ...d, ...part }));
  const locked = life.page?.mayChange !== true;
  const field = fieldOf(life, words, locked);
  return (
    <Form
      preventDefault
      onSubmit={() => {
        if (!locked) life.save(changeOf(values, draft));
      }}
    >
      <Flex direction="column" gap="md" testId="form">
        <Heading>{t('form.reach')}</Heading>
        <NumberInput
          {...field('form.touches', 'reach.touchesPerWeek')}
          min={1}
          max={50}
          value={draft.touchesPerWeek}
          onChange={(n) => set({ touchesPerWeek: n ?? Number.NaN })}
        />
        {(['businessHours', 'quietHours'] as const).map((name) => {
          const word = name === 'businessHours' ? 'business' : 'quiet';
          return (
            <Flex direction="column" gap="md" key={name}>
              <NumberInput
                {...field(`form.${word}.from`, `reach.${name}`)}
                description={t(`form.${word}.help`)}
                min={0}
                max={24}
                value={draft[name].fromHour}
                onChange={(n) => set({ [name]: { ...draft[name], fromHour: n ?? Number.NaN } })}
              />
              <NumberInput
                {...field(`form.${word}.to`, `reach.${name}`)}
                min={0}
                max={24}
                value={draft[name].toHour}
                onChange={(n) => set({ [name]: { ...draft[name], toHour: n ?? Number.NaN } })}
              />
            </Flex>
          );
        })}
        <ToggleGroup
          toggleType="checkboxList"
          name="days"
          label={t('form.days')}
          options={DAYS.map((day) => ({
            value: day,
            label: t(`day.${day}`),
            readonly: locked,
          }))}
          value={draft.businessDays.map(String)}
          onChange={(days) => set({ businessDays: [...days].map(Number).sort() })}
        />
        <Heading>{t('form.learning')}</Heading>
        <NumberInput
          {...field('form.holdout', 'holdout.share')}
          description={t('form.holdout.help')}
          min={0}
          max={50}
          value={percentOf(draft.holdoutShare)}
          onChange={(n) => set({ holdoutShare: shareOf(n) })}
        />
        <NumberInput
          {...field('form.exploration', 'reach.explorationShare')}
          description={t('form.exploration.help')}
          min={0}
          max={10}
          value={percentOf(draft.explorationShare)}
          onChange={(n) => set({ explorationShare: shareOf(n) })}
        />
        <ToggleGroup
          toggleType="checkboxList"
          name="demographics"
          label={t('form.demographics')}
          options={DEMOGRAPHICS.map((name) => ({
            value: name,
            label: t(`demographics.${name}`),
            readonly: locked,
          }))}
          value={[...draft.demographics]}
          onChange={(names) => set({ demographics: DEMOGRAPHICS.filter((n) => names.includes(n)) })}
        />
        <NumberInput
          {...field('form.retrain', 'models.retrainEveryDays')}
          min={1}
          max={90}
          value={draft.retrainEveryDays}
          onChange={(n) => set({ retrainEveryDays: n ?? Number.NaN })}
        />
        <DueTimes due={draft.due} field={field} words={words} onChange={(due) => set({ due })} />
        <NumberInput
          {...field('form.gate', 'service.replies')}
          min={0}
          max={100}
          value={percentOf(draft.replies.gate)}
          onChange={(n) => set({ replies: { ...draft.replies, gate: shareOf(n) } })}
        />
        <Heading>{t('form.writing')}</Heading>
        {(
          [
            ['writing', 'form.write'],
            ['optionalProperties', 'form.optional'],
            ['autoFreeze', 'form.freeze'],
            ['overdueTasks', 'form.tasks'],
          ] as const
        ).map(([name, label]) => (
          <Toggle
            key={name}
            name={name}
            label={t(label)}
            checked={draft[name]}
            readonly={locked}
            onChange={(on) => set({ [name]: on })}
          />
        ))}
        <Heading>{t('form.people')}</Heading>
        {(
          [
            ['viewers', 'cards.viewers'],
            ['editors', 'access.editors'],
          ] as const
        ).map(([name, path]) => (
          <TextArea
            key={name}
            {...field(`form.${name}`, path)}
            description={t(`form.${name}.help`)}
            rows={3}
            value={draft[name].join('\n')}
            onChange={(text) => set({ [name]: linesOf(text) })}
          />
        ))}
        <ButtonRow>
          <LoadingButton
            testId="save"
            type="submit"
            variant="primary"
            loading={life.busy === 'save'}
            disabled={locked}
          >
            {t('save')}
          </LoadingButton>
        </ButtonRow>
      </Flex>
    </Form>
  );
}

const linesOf = (text: string): string[] =>
  text
    .split('\n')
    .map((line) => line.trim().toLowerCase())
    .filter((line) => line !== '');

const percentOf = (share: number): number => Math.round(share * 1000) / 10;
const shareOf = (percent: number | undefined): number =>
  percent === undefined ? Number.NaN : Math.round(percent * 10) / 1000;

export type FieldOf = (
  label: Key | { readonly text: string },
  path: string,
) => {
  readonly label: string;
  readonly name: string;
  readonly readOnly: boolean;
  readonly error: boolean;
  readonly validationMessage?: string;
};

/** Label, name and complaint of a field; a problem below `path` is the field's own. */
function fieldOf(life: SettingsLife, { t }: PageWords, locked: boolean): FieldOf {
  return (label, path) => {
    const text = typeof label === 'string' ? t(label) : label.text;
    const problem = life.problems.find((p) => p.path === path || p.path.startsWith(`${path}.`));
    const shown = { label: text, name: `${path} ${text}`, readOnly: locked };
    if (problem === undefined) return { ...shown, error: false };
    const known = ['too_big', 'too_small', 'hours_order', 'invalid_type'] as const;
    const code = known.find((k) => k === problem.code) ?? 'other';
    return { ...shown, error: true, validationMessage: t(`problem.${code}`) };
  };
}
