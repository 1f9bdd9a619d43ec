/** The reader's translator, from the host's context. */
import { useExtensionContext } from '@hubspot/ui-extensions';
import { useMemo } from 'react';
import { createTranslator, type Translator, type Words } from './translate.ts';

/** @param tables a constant of the card, so that the translator is made once. */
export function useTranslator(tables: readonly Words[]): Translator {
  const { locale } = useExtensionContext<'crm.record.tab'>().user;
  return useMemo(() => createTranslator(locale, tables), [locale, tables]);
}
