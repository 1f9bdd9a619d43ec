/** Forms: Form, Input, SearchInput, TextArea, NumberInput, Select, MultiSelect. */
import { type FormEvent, type ReactNode, useId } from 'react';
import { cls, type WithChildren } from './props.ts';

interface FormProps extends WithChildren {
  readonly onSubmit?: (event: { readonly targetValue: Record<string, string> }) => void;
}
export function Form({ onSubmit, children, testId }: FormProps) {
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const targetValue: Record<string, string> = {};
    for (const [name, value] of new FormData(event.currentTarget))
      targetValue[name] = String(value);
    onSubmit?.({ targetValue });
  };
  return (
    <form className="uie-form" onSubmit={submit} data-testid={testId}>
      {children}
    </form>
  );
}

export interface FieldProps {
  readonly label?: string;
  readonly name?: string;
  readonly description?: string;
  readonly placeholder?: string;
  readonly required?: boolean;
  readonly readOnly?: boolean;
  readonly error?: boolean;
  readonly validationMessage?: string;
  readonly testId?: string;
}

interface Wiring {
  readonly id: string;
  readonly className: string;
  readonly name: string | undefined;
  readonly required: boolean | undefined;
  readonly 'aria-invalid': boolean;
  readonly 'aria-describedby': string | undefined;
  readonly 'data-testid': string | undefined;
}

/** Label, description and validation message around one control. */
function Field({
  children,
  ...field
}: FieldProps & { readonly children: (wiring: Wiring) => ReactNode }) {
  const id = useId();
  const note = field.validationMessage ?? field.description;
  return (
    <div className={cls('uie-field', field.error && 'uie-field--error')}>
      {field.label ? (
        <label htmlFor={id}>
          {field.label}
          {field.required ? <span aria-hidden="true"> *</span> : null}
        </label>
      ) : null}
      {children({
        id,
        className: 'uie-input',
        name: field.name,
        required: field.required,
        'aria-invalid': field.error === true,
        'aria-describedby': note ? `${id}-note` : undefined,
        'data-testid': field.testId,
      })}
      {note ? (
        <p className="uie-field__note" id={`${id}-note`}>
          {note}
        </p>
      ) : null}
    </div>
  );
}

interface ValueProps<Value> extends FieldProps {
  readonly value?: Value;
  readonly defaultValue?: Value;
  readonly onChange?: (value: Value) => void;
  readonly onInput?: (value: Value) => void;
}

interface InputProps extends ValueProps<string> {
  readonly type?: string;
}
export function Input({
  type = 'text',
  value,
  defaultValue,
  onChange,
  onInput,
  ...field
}: InputProps) {
  return (
    <Field {...field}>
      {(wiring) => (
        <input
          {...wiring}
          type={type}
          defaultValue={value ?? defaultValue}
          placeholder={field.placeholder}
          readOnly={field.readOnly}
          onInput={(event) => onInput?.(event.currentTarget.value)}
          onChange={(event) => onChange?.(event.currentTarget.value)}
        />
      )}
    </Field>
  );
}

export const SearchInput = (props: InputProps) => <Input {...props} type="search" />;

interface TextAreaProps extends ValueProps<string> {
  readonly rows?: number;
  readonly maxLength?: number;
}
export function TextArea({
  value,
  defaultValue,
  onChange,
  onInput,
  rows = 4,
  maxLength,
  ...field
}: TextAreaProps) {
  return (
    <Field {...field}>
      {(wiring) => (
        <textarea
          {...wiring}
          rows={rows}
          maxLength={maxLength}
          defaultValue={value ?? defaultValue}
          placeholder={field.placeholder}
          readOnly={field.readOnly}
          onInput={(event) => onInput?.(event.currentTarget.value)}
          onChange={(event) => onChange?.(event.currentTarget.value)}
        />
      )}
    </Field>
  );
}

interface NumberProps extends ValueProps<number> {
  readonly min?: number;
  readonly max?: number;
  readonly precision?: number;
}
export function NumberInput({
  value,
  defaultValue,
  onChange,
  onInput,
  min,
  max,
  precision,
  ...field
}: NumberProps) {
  return (
    <Field {...field}>
      {(wiring) => (
        <input
          {...wiring}
          type="number"
          min={min}
          max={max}
          step={precision === undefined ? 'any' : 10 ** -precision}
          defaultValue={value ?? defaultValue}
          readOnly={field.readOnly}
          onInput={(event) => onInput?.(event.currentTarget.valueAsNumber)}
          onChange={(event) => onChange?.(event.currentTarget.valueAsNumber)}
        />
      )}
    </Field>
  );
}

type OptionValue = string | number | boolean;
interface Option {
  readonly label: string;
  readonly value: OptionValue;
}
interface SelectProps extends ValueProps<OptionValue> {
  readonly options: readonly Option[];
}

export function Select({ options, value, defaultValue, onChange, ...field }: SelectProps) {
  const original = (text: string) => options.find((option) => String(option.value) === text)?.value;
  return (
    <Field {...field}>
      {(wiring) => (
        <select
          {...wiring}
          disabled={field.readOnly}
          {...(value === undefined
            ? { defaultValue: String(defaultValue ?? '') || undefined }
            : { value: String(value) })}
          onChange={(event) => onChange?.(original(event.currentTarget.value) ?? '')}
        >
          {field.placeholder ? <option value="">{field.placeholder}</option> : null}
          {options.map((option) => (
            <option key={String(option.value)} value={String(option.value)}>
              {option.label}
            </option>
          ))}
        </select>
      )}
    </Field>
  );
}

interface MultiSelectProps extends ValueProps<readonly OptionValue[]> {
  readonly options: readonly Option[];
}
export function MultiSelect({ options, value = [], onChange, ...field }: MultiSelectProps) {
  return (
    <Field {...field}>
      {(wiring) => (
        <select
          {...wiring}
          multiple
          value={value.map(String)}
          onChange={(event) => {
            const chosen = new Set([...event.currentTarget.selectedOptions].map((o) => o.value));
            onChange?.(options.map((o) => o.value).filter((v) => chosen.has(String(v))));
          }}
        >
          {options.map((option) => (
            <option key={String(option.value)} value={String(option.value)}>
              {option.label}
            </option>
          ))}
        </select>
      )}
    </Field>
  );
}
