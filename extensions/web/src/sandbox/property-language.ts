/** Labels of properties and options in the page's language; a label that somebody changed in the CRM stands as it is. */
import { useMemo } from 'react';
import { spaced, type WordTable } from '../page-language.ts';
import { PROPERTY_LABELS } from './generated/property-labels.ts';
import { useSandboxLanguage } from './language.ts';

/** The CRM's own options that the pages show, by property and value. */
const STANDARD: Readonly<Record<string, WordTable>> = {
  industry: {
    COMPUTER_SOFTWARE: ['Computer software', '计算机软件'],
    FINANCIAL_SERVICES: ['Financial services', '金融服务'],
    HOSPITAL_HEALTH_CARE: ['Hospital and health care', '医疗健康'],
    MACHINERY: ['Machinery', '机械'],
    EDUCATION_MANAGEMENT: ['Education', '教育'],
    RETAIL: ['Retail', '零售'],
    LEGAL_SERVICES: ['Legal services', '法律服务'],
    ARCHITECTURE_PLANNING: ['Architecture and planning', '建筑与规划'],
    HOSPITALITY: ['Hospitality', '酒店餐饮'],
    LOGISTICS_AND_SUPPLY_CHAIN: ['Logistics and supply chain', '物流与供应链'],
  },
};
const BOOL: WordTable = { true: ['Yes', '是'], false: ['No', '否'] };

export interface HeldProperty {
  readonly name: string;
  readonly label: string;
  readonly type: string;
  readonly options: readonly { readonly label: string; readonly value: string }[];
}

/** What the CRM calls the options of its properties, by property and value. */
export type HeldOptions = Readonly<Record<string, Readonly<Record<string, string>>>>;

export function propertyLabel({ name, label }: Pick<HeldProperty, 'name' | 'label'>, zh: boolean) {
  const own = PROPERTY_LABELS[name]?.label;
  return zh && own?.[0] === label ? spaced(own[1]) : label;
}

/** One option or several with `;` between; `held` is the CRM's label of one. */
export function optionLabels(
  name: string,
  values: string,
  zh: boolean,
  held: (value: string) => string | undefined,
): string {
  const one = (value: string): string => {
    const label = held(value);
    const known = (PROPERTY_LABELS[name]?.options ?? STANDARD[name])?.[value] ?? BOOL[value];
    if (known === undefined) return label ?? value;
    // A CRM calls an option by its value where it has no label for it.
    const changed = label !== undefined && label !== known[0] && label !== value;
    return changed ? label : zh ? spaced(known[1]) : known[0];
  };
  return values
    .split(';')
    .map(one)
    .join(zh ? '、' : ', ');
}

export interface PropertyLanguage {
  label(property: Pick<HeldProperty, 'name' | 'label'>): string;
  /** A dash for nothing. */
  option(name: string, value: string | null | undefined, held: HeldOptions): string;
  /** The value as a reader takes it: a label, a time, or as it stands. */
  value(property: HeldProperty, value: string): string;
}

export function usePropertyLanguage(): PropertyLanguage {
  const { zh } = useSandboxLanguage();
  return useMemo(() => {
    const time = new Intl.DateTimeFormat(zh ? 'zh-CN' : 'en', {
      dateStyle: 'medium',
      timeStyle: 'short',
    });
    return {
      label: (property) => propertyLabel(property, zh),
      option: (name, value, held) =>
        value ? optionLabels(name, value, zh, (one) => held[name]?.[one]) : '—',
      value: ({ name, type, options }, value) => {
        if (type === 'datetime' && !Number.isNaN(Date.parse(value)))
          return time.format(new Date(value));
        if (type !== 'bool' && type !== 'enumeration') return value;
        return optionLabels(name, value, zh, (one) => options.find((o) => o.value === one)?.label);
      },
    };
  }, [zh]);
}
