/** A reader's language: strings filled in, and numbers, money and times in that reader's form. */
import type { actions } from '../words/actions.ts';
import type { common } from '../words/common.ts';
import type { company } from '../words/company.ts';
import type { contact } from '../words/contact.ts';
import type { contactReasons } from '../words/contact-reasons.ts';
import type { contactStates } from '../words/contact-states.ts';
import type { deal } from '../words/deal.ts';
import type { messages } from '../words/messages.ts';
import type { panels } from '../words/panels.ts';
import type { people } from '../words/people.ts';
import type { reach } from '../words/reach.ts';
import type { reachReasons } from '../words/reach-reasons.ts';
import type { ticket } from '../words/ticket.ts';

export type Params = Readonly<Record<string, string | number>>;
/**
 * Sentences by key, `English|Chinese`; `{x}` is filled in, `{n;call;calls}` chosen by number. In
 * groups, so that the bundle has each prefix once: `{ why: { title: … } }` is `why.title`, and
 * `{ not_now: { '': … } }` is `not_now`.
 */
export type Words = Readonly<Record<string, string | Readonly<Record<string, string>>>>;

type InGroup<Group extends string, Name extends string> = Name extends ''
  ? Group
  : `${Group}.${Name}`;
type KeysOf<Table extends Words> = {
  [Name in keyof Table & string]: Table[Name] extends string
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
  | KeysOf<typeof panels>
  | KeysOf<typeof people>
  | KeysOf<typeof reach>
  | KeysOf<typeof reachReasons>
  | KeysOf<typeof ticket>;

/** Every sentence of the tables, both languages, by its whole key. */
export function sentences(tables: readonly Words[]): Readonly<Record<string, string>> {
  const all: Record<string, string> = {};
  for (const [group, words] of tables.flatMap((table) => Object.entries(table)))
    if (typeof words === 'string') all[group] = words;
    else
      for (const [name, said] of Object.entries(words))
        all[name === '' ? group : `${group}.${name}`] = said;
  return all;
}

/** Groups with a sentence for codes that this version does not know. */
type WithOther = Key extends infer Any
  ? Any extends `${infer Group}.other`
    ? Group
    : never
  : never;

export interface Translator {
  readonly language: 'en' | 'zh';
  /** BCP 47 tag for Intl. */
  readonly locale: string;
  t(key: Key, params?: Params): string;
  /** Chinese text with a space between Han and Latin letters or digits; English as it is. */
  space(text: string): string;
  /** The sentence of a code, or the general one of its group. */
  of(group: WithOther, code: string | undefined, params?: Params): string;
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
  const side = language === 'zh' ? 1 : 0;
  const said = (key: string) => (key in words ? String(words[key]).split('|')[side] : undefined);
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
        .replace(/\{(\w+);(\w+);(\w+)\}/g, (_, name: string, single, many) =>
          one(params[name]) ? single : many,
        )
        .replace(/\{(\w+)\}/g, (_, name: string) => String(params[name] ?? ''))
        .trim(),
    );
  const first = (keys: readonly string[], params: Params = {}) =>
    fill(keys.map(said).find((text) => text !== undefined) ?? '', params);
  return {
    language,
    locale:
      language === 'zh' ? 'zh-CN' : /^en\b/.test(userLocale ?? '') ? (userLocale as string) : 'en',
    space,
    t: (key, params = {}) => fill(said(key) ?? key, params),
    of: (group, code, params) => first([`${group}.${code}`, `${group}.other`], params),
    first,
  };
}
