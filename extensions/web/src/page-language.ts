/** The language of a page: `?lang=zh-cn` gives Chinese, anything else English. */
import { useEffect, useMemo } from 'react';
import { useSearchParams } from 'react-router';

export interface PageLanguage<Key extends string> {
  readonly zh: boolean;
  /** What the page hands a card as `context.user.locale`, and Intl. */
  readonly locale: 'en' | 'zh-cn';
  t(key: Key, params?: Readonly<Record<string, string | number>>): string;
  /** The string of this key where there is one, else the value as it stands. */
  word(prefix: string, value: string | null | undefined): string;
  /** The same path in the same language. */
  to(path: string): string;
}

/** Chinese text with a space between Han and Latin letters or digits. */
export const spaced = (text: string): string =>
  text
    .replace(/(\p{Script=Han})([A-Za-z0-9])/gu, '$1 $2')
    .replace(/([A-Za-z0-9])(\p{Script=Han})/gu, '$1 $2');

/** Sentences by key, English and Chinese side by side; `{x}` is filled in. */
export type WordTable<Key extends string = string> = Readonly<
  Record<Key, readonly [en: string, zh: string]>
>;

/** `table` is the same object at each call. */
export function usePageLanguage<Key extends string>(table: WordTable<Key>): PageLanguage<Key> {
  const [search] = useSearchParams();
  const zh = /^zh(-(cn|sg|hans))?$/i.test(search.get('lang') ?? '');
  useEffect(() => {
    document.documentElement.lang = zh ? 'zh-CN' : 'en';
  }, [zh]);
  return useMemo(() => {
    const said = ([en, chinese]: readonly [string, string]) => (zh ? chinese : en);
    const polish = zh ? spaced : (text: string) => text;
    return {
      zh,
      locale: zh ? 'zh-cn' : 'en',
      t: (key, params = {}) =>
        polish(
          said(table[key]).replace(/\{(\w+)\}/g, (_, name: string) => String(params[name] ?? '')),
        ),
      word: (prefix, value) => {
        const pair = (table as Partial<WordTable>)[`${prefix}${value}`];
        return value ? (pair === undefined ? value : said(pair)) : '—';
      },
      to: (path) => (zh ? `${path}?lang=zh-cn` : path),
    };
  }, [zh, table]);
}
