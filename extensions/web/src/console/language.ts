/** The console's words in the page's language. */
import { type PageLanguage, spaced, usePageLanguage } from '../page-language.ts';
import { completeness } from './words/completeness.ts';
import { models } from './words/models.ts';
import { notices } from './words/notices.ts';
import { overview } from './words/overview.ts';
import { results } from './words/results.ts';
import { runs } from './words/runs.ts';
import { service } from './words/service.ts';
import { settings } from './words/settings.ts';
import { topics } from './words/topics.ts';

const words = {
  ...overview,
  ...completeness,
  ...models,
  ...notices,
  ...results,
  ...runs,
  ...service,
  ...settings,
  ...topics,
};

export type ConsoleKey = keyof typeof words;

export type ConsoleLanguage = PageLanguage<ConsoleKey>;
export const useConsoleLanguage = (): ConsoleLanguage => usePageLanguage(words);

const UNITS = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
  ['second', 1000],
] as const;

/** "42 seconds ago". */
export function ago(locale: string, at: string): string {
  const elapsedMs = Date.parse(at) - Date.now();
  const format = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' });
  for (const [unit, size] of UNITS) {
    if (Math.abs(elapsedMs) >= size)
      return spaced(format.format(Math.round(elapsedMs / size), unit));
  }
  return format.format(0, 'second');
}
