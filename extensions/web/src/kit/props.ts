/** Shared parts of the kit's props: SDK names and sizes → our class names. */
import type { ReactNode } from 'react';

export interface WithChildren {
  readonly children?: ReactNode;
  readonly testId?: string;
}

/** Joins the class names that apply: `cls('uie-tag', open && 'uie-tag--open')`. */
export const cls = (...names: readonly (string | false | null | undefined)[]): string =>
  names.filter(Boolean).join(' ');

/** The reader's language, as the page declares it; for the few words the kit says itself. */
export const say = (en: string, zh: string): string =>
  typeof document !== 'undefined' && document.documentElement.lang.startsWith('zh') ? zh : en;
