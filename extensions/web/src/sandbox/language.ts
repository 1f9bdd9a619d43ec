/** The sandbox pages' words in the page's language. */
import { type PageLanguage, usePageLanguage } from '../page-language.ts';
import { words } from './words.ts';

export type PageKey = keyof typeof words;
export type SandboxLanguage = PageLanguage<PageKey>;
export const useSandboxLanguage = (): SandboxLanguage => usePageLanguage(words);

/** "Ana Sousa"; Chinese names are written family name first. */
export function fullName(properties: Readonly<Record<string, string | null>>): string {
  const first = properties['firstname'] ?? '';
  const last = properties['lastname'] ?? '';
  if (/^\p{Script=Han}/u.test(last)) return `${last}${first}`;
  return [first, last].filter(Boolean).join(' ') || (properties['email'] ?? '—');
}
