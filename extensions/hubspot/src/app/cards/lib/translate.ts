/** A reader's language: strings filled in, and numbers, money and times in that reader's form. */
import type { actions } from '../words/actions.ts';
import type { common } from '../words/common.ts';
import type { company } from '../words/company.ts';
import type { contact } from '../words/contact.ts';
import type { contactReasons } from '../words/contact-reasons.ts';
import type { contactStates } from '../words/contact-states.ts';
import type { deal } from '../words/deal.ts';
import type { messages } from '../words/messages.ts';
import type { people } from '../words/people.ts';
import type { reach } from '../words/reach.ts';
import type { reachReasons } from '../words/reach-reasons.ts';
import type { ticket } from '../words/ticket.ts';

export type Params = Readonly<Record<string, string | number>>;
type Said = readonly [en: string, zh: string];
/**
 * Sentences by key, English and Chinese side by side; `{x}` is filled in, `{n|call|calls}` chosen by
 * number. In groups, so that the bundle has each prefix once: `{ why: { title: … } }` is `why.title`,
 * and `{ not_now: { '': … } }` is `not_now`.
 */
export type Words = Readonly<Record<string, Said | Readonly<Record<string, Said>>>>;

type InGroup<Group extends string, Name extends string> = Name extends ''
  ? Group
  : `${Group}.${Name}`;
type KeysOf<Table extends Words> = {
  [Name in keyof Table & string]: Table[Name] extends Said
    ? Name
    : InGroup<Name, keyof Table[Name] & string>;
}[keyof Table & string];
/** Every key there is; a card brings the tables it needs, and its tests show every state in both languages. */
export type Key =
  | KeysOf<typeof actions>
  | KeysOf<typeof common>
  | KeysOf<typeof company>
  | KeysOf<typeof contact>
  | KeysOf<typeof contactReasons>
  | KeysOf<typeof contactStates>
  | KeysOf<typeof deal>
  | KeysOf<typeof messages>
  | KeysOf<typeof people>
  | KeysOf<typeof reach>
  | KeysOf<typeof reachReasons>
  | KeysOf<typeof ticket>;

/** Every sentence of the tables by its whole key. */
export function sentences(tables: readonly Words[]): Readonly<Record<string, Said>> {
  const all: Record<string, Said> = {};
  for (const [group, words] of tables.flatMap((table) => Object.entries(table)))
    if (isSaid(words)) all[group] = words;
    else
      for (const name in words) all[name === '' ? group : `${group}.${name}`] = words[name] as Said;
  return all;
}

const isSaid = (words: Words[string]): words is Said => Array.isArray(words);

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
  const words = sentences(tables);
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
