/** A reader's language: strings filled in, and numbers, money and times in that reader's form. */
import type { actions } from '../words/actions.ts';
import type { common } from '../words/common.ts';
import type { company } from '../words/company.ts';
import type { contact } from '../words/contact.ts';
import type { contactReasons } from '../words/contact-reasons.ts';
import type { deal } from '../words/deal.ts';
import type { messages } from '../words/messages.ts';
import type { people } from '../words/people.ts';
import type { reach } from '../words/reach.ts';
import type { reachReasons } from '../words/reach-reasons.ts';
import type { ticket } from '../words/ticket.ts';

export type Params = Readonly<Record<string, string | number>>;
/** Sentences by key, English and Chinese side by side; `{x}` is filled in, `{n|call|calls}` chosen by number. */
export type Words = Readonly<Record<string, readonly [en: string, zh: string]>>;
/** Every key there is; a card brings the tables it needs, and its tests show every state in both languages. */
export type Key =
  | keyof typeof actions
  | keyof typeof common
  | keyof typeof company
  | keyof typeof contact
  | keyof typeof contactReasons
  | keyof typeof deal
  | keyof typeof messages
  | keyof typeof people
  | keyof typeof reach
  | keyof typeof reachReasons
  | keyof typeof ticket;

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

export function createTranslator(
  userLocale: string | undefined,
  tables: readonly Words[],
): Translator {
  const language = languageOf(userLocale);
  const words: Words = Object.assign({}, ...tables);
  const said = (key: string) => words[key]?.[language === 'zh' ? 1 : 0];
  const space = (text: string) =>
    language === 'en'
      ? text
      : text
          .replace(/(\p{Script=Han})([A-Za-z0-9€$£¥])/gu, '$1 $2')
          .replace(/([A-Za-z0-9])(\p{Script=Han})/gu, '$1 $2');
  const one = (n: unknown) => new Intl.PluralRules('en').select(Number(n)) === 'one';
  const fill = (template: string, params: Params) =>
    space(
      template
        .replace(/\{(\w+)\|(\w+)\|(\w+)\}/g, (_, name: string, single, many) =>
          one(params[name]) ? single : many,
        )
        .replace(/\{(\w+)\}/g, (_, name: string) => String(params[name] ?? ''))
        .trim(),
    );
  return {
    language,
    locale:
      language === 'zh' ? 'zh-CN' : /^en\b/.test(userLocale ?? '') ? (userLocale as string) : 'en',
    space,
    t: (key, params = {}) => fill(said(key) ?? key, params),
    first: (keys, params = {}) =>
      fill(keys.map(said).find((text) => text !== undefined) ?? '', params),
  };
}
