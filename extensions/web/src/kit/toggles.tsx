/** Toggles: Toggle, Checkbox, RadioButton, ToggleGroup. */
import { useId, useState } from 'react';
import type { FieldProps } from './forms.tsx';
import { cls, type WithChildren } from './props.ts';

interface ToggleProps {
  readonly label: string;
  readonly name?: string;
  readonly checked?: boolean;
  readonly initialIsChecked?: boolean;
  readonly readonly?: boolean;
  readonly labelDisplay?: 'inline' | 'top' | 'hidden';
  readonly onChange?: (checked: boolean) => void;
}
export function Toggle({
  label,
  name,
  checked,
  initialIsChecked = false,
  labelDisplay = 'inline',
  onChange,
  ...rest
}: ToggleProps) {
  const [own, setOwn] = useState(initialIsChecked);
  const on = checked ?? own;
  return (
    <label className={`uie-toggle uie-toggle--${labelDisplay}`}>
      <input
        type="checkbox"
        role="switch"
        aria-checked={on}
        name={name}
        checked={on}
        disabled={rest.readonly}
        onChange={() => {
          setOwn(!on);
          onChange?.(!on);
        }}
      />
      <span className={cls(labelDisplay === 'hidden' && 'uie-hidden')}>{label}</span>
    </label>
  );
}

interface CheckboxProps extends WithChildren {
  readonly name?: string;
  readonly value?: string;
  readonly checked?: boolean;
  readonly initialIsChecked?: boolean;
  readonly readonly?: boolean;
  readonly description?: string;
  readonly 'aria-label'?: string;
  readonly onChange?: (checked: boolean, value: string) => void;
}

function Choice({
  kind,
  checked,
  initialIsChecked = false,
  onChange,
  value = '',
  description,
  children,
  ...rest
}: CheckboxProps & { readonly kind: 'checkbox' | 'radio' }) {
  const [own, setOwn] = useState(initialIsChecked);
  return (
    <label className="uie-choice">
      <input
        type={kind}
        name={rest.name}
        value={value}
        checked={checked ?? own}
        disabled={rest.readonly}
        aria-label={rest['aria-label']}
        onChange={(event) => {
          setOwn(event.currentTarget.checked);
          onChange?.(event.currentTarget.checked, value);
        }}
      />
      <span>
        {children}
        {description ? <span className="uie-field__note">{description}</span> : null}
      </span>
    </label>
  );
}
export const Checkbox = (props: CheckboxProps) => <Choice {...props} kind="checkbox" />;
export const RadioButton = (props: CheckboxProps) => <Choice {...props} kind="radio" />;

interface GroupProps extends FieldProps {
  readonly toggleType?: 'checkboxList' | 'radioButtonList';
  readonly options: readonly {
    readonly label: string;
    readonly value: string;
    readonly initialIsChecked?: boolean;
    readonly description?: string;
  }[];
  readonly value?: string | readonly string[];
  readonly inline?: boolean;
  readonly onChange?: (value: string | readonly string[]) => void;
}
export function ToggleGroup({
  toggleType = 'checkboxList',
  label,
  options,
  inline,
  value,
  onChange,
  ...field
}: GroupProps) {
  const fallback = useId();
  const first = options.filter((o) => o.initialIsChecked).map((o) => o.value);
  const [own, setOwn] = useState<readonly string[]>(first);
  const chosen = value === undefined ? own : typeof value === 'string' ? [value] : value;
  const single = toggleType === 'radioButtonList';
  const choose = (option: string, on: boolean) => {
    const next = single ? [option] : on ? [...chosen, option] : chosen.filter((v) => v !== option);
    setOwn(next);
    onChange?.(single ? option : next);
  };
  return (
    <fieldset
      className={cls('uie-group', inline && 'uie-group--inline')}
      data-testid={field.testId}
    >
      <legend>{label}</legend>
      {options.map((option) => (
        <Choice
          key={option.value}
          kind={single ? 'radio' : 'checkbox'}
          name={field.name ?? fallback}
          value={option.value}
          checked={chosen.includes(option.value)}
          {...(option.description === undefined ? {} : { description: option.description })}
          onChange={(on) => choose(option.value, on)}
        >
          {option.label}
        </Choice>
      ))}
      {field.validationMessage ? (
        <p className="uie-field__note">{field.validationMessage}</p>
      ) : null}
    </fieldset>
  );
}
