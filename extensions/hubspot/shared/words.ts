/** A reader's language for a page: sentences filled in, numbers and times in that reader's form. */

export type Params = Readonly<Record<string, string | number>>;
type Table = Readonly<Record<string, string>>;

export interface Words<Key extends string = string> {
  readonly language: 'en' | 'zh';
  t(key: Key, params?: Params): string;
  /** The sentence of a code, or the code itself where there is none. */
  word(prefix: string, code: string): string;
  count(n: number): string;
  /** "Nov 24, 10:15" in the given zone. */
  time(at: string, timeZone: string): string;
}

/** Simplified Chinese readers get Chinese; everyone else English until there are strings for them. */
export const languageOf = (locale: string | undefined): 'en' | 'zh' =>
  /^zh([-_](cn|sg|hans.*))?$/i.test(locale ?? '') ? 'zh' : 'en';

/** Whole percent, without the sign. */
export const percent = (share: number): number => Math.round(share * 100);

export function createWords<Key extends string>(
  tables: Readonly<Record<'en' | 'zh', Readonly<Record<Key, string>>>>,
  userLocale: string | undefined,
): Words<Key> {
  const language = languageOf(userLocale);
  const locale = language === 'zh' ? 'zh-CN' : 'en';
  const table: Table = tables[language];
  const space = (text: string) =>
    language === 'en'
      ? text
      : text
          .replace(/(\p{Script=Han})([A-Za-z0-9€$£¥])/gu, '$1 $2')
          .replace(/([A-Za-z0-9%])(\p{Script=Han})/gu, '$1 $2');
  const fill = (template: string, params: Params) =>
    space(template.replace(/\{(\w+)\}/g, (_, name: string) => String(params[name] ?? '')));
  return {
    language,
    t: (key, params = {}) => fill(table[key] ?? key, params),
    word: (prefix, code) => table[`${prefix}.${code}`] ?? code,
    count: (n) => new Intl.NumberFormat(locale).format(n),
    time(at, timeZone) {
      const shape = {
        month: 'short',
        day: 'numeric',
        hour: '2-digit',
        minute: '2-digit',
        hourCycle: 'h23',
      } as const;
      const zoned = { ...shape, timeZone };
      try {
        return space(new Intl.DateTimeFormat(locale, zoned).format(new Date(at)));
      } catch {
        return space(new Intl.DateTimeFormat(locale, shape).format(new Date(at)));
      }
    },
  };
}
