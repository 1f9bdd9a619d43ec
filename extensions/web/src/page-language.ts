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

type Table<Key extends string> = Readonly<Record<Key, string>>;

export function usePageLanguage<Key extends string>(
  en: Table<Key>,
  zhTable: Table<Key>,
): PageLanguage<Key> {
  const [search] = useSearchParams();
  const zh = /^zh(-(cn|sg|hans))?$/i.test(search.get('lang') ?? '');
  useEffect(() => {
    document.documentElement.lang = zh ? 'zh-CN' : 'en';
  }, [zh]);
  return useMemo(() => {
    const table: Table<Key> = zh ? zhTable : en;
    const polish = zh ? spaced : (text: string) => text;
    return {
      zh,
      locale: zh ? 'zh-cn' : 'en',
      t: (key, params = {}) =>
        polish(table[key].replace(/\{(\w+)\}/g, (_, name: string) => String(params[name] ?? ''))),
      word: (prefix, value) =>
        value ? ((table as Record<string, string>)[`${prefix}${value}`] ?? value) : '—',
      to: (path) => (zh ? `${path}?lang=zh-cn` : path),
    };
  }, [zh, en, zhTable]);
}
