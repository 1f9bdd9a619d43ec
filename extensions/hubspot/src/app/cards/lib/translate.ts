/** A reader's language: strings filled in, and numbers, money and times in that reader's form. */
import * as reasons from './reason-strings.ts';
import * as strings from './strings.ts';

export type Params = Readonly<Record<string, string | number>>;
export type Key = strings.StringKey | reasons.ReasonKey;

const TABLES = {
  en: { ...strings.en, ...reasons.en },
  zh: { ...strings.zh, ...reasons.zh },
} as const;

export interface Translator {
  readonly language: 'en' | 'zh';
  /** BCP 47 tag for Intl. */
  readonly locale: string;
  t(key: Key, params?: Params): string;
  /** Chinese text with a space between Han and Latin letters or digits; English as it is. */
  space(text: string): string;
  /** The first of these keys that exists; the last one must. */
  first(keys: readonly [...string[], Key], params?: Params): string;
}

/** Simplified Chinese readers get Chinese; everyone else English until there are strings for them. */
export function languageOf(locale: string | undefined): 'en' | 'zh' {
  const tag = (locale ?? 'en').toLowerCase().replace('_', '-');
  return /^zh(-(cn|sg|hans.*))?$/.test(tag) ? 'zh' : 'en';
}

type Table = Readonly<Record<string, string>>;

/** @param more strings of a card's own, in both languages. */
export function createTranslator(
  userLocale: string | undefined,
  more?: Readonly<Record<'en' | 'zh', Table>>,
): Translator {
  const language = languageOf(userLocale);
  const table: Table = { ...TABLES[language], ...more?.[language] };
  const space = (text: string) =>
    language === 'en'
      ? text
      : text
          .replace(/(\p{Script=Han})([A-Za-z0-9€$£¥])/gu, '$1 $2')
          .replace(/([A-Za-z0-9])(\p{Script=Han})/gu, '$1 $2');
  const fill = (template: string, params: Params) =>
    space(template.replace(/\{(\w+)\}/g, (_, name: string) => String(params[name] ?? '')).trim());
  return {
    language,
    locale:
      language === 'zh' ? 'zh-CN' : /^en\b/.test(userLocale ?? '') ? (userLocale as string) : 'en',
    space,
    t: (key, params = {}) => fill(table[key] ?? key, params),
    first: (keys, params = {}) =>
      fill(keys.map((key) => table[key]).find((text) => text !== undefined) ?? '', params),
  };
}
