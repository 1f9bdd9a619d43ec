/** The reader's translator: made once by a card from the host's context, used by everything in it. */
import { useExtensionContext } from '@hubspot/ui-extensions';
import { createContext, useContext, useMemo } from 'react';
import { createTranslator, type Translator, type Words } from './translate.ts';

const Reader = createContext(createTranslator('en', []));
export const ReaderProvider = Reader.Provider;
export const useTranslator = (): Translator => useContext(Reader);

/** @param tables a constant of the card, so that the translator is made once. */
export function useReader(tables: readonly Words[]): Translator {
  const { locale } = useExtensionContext<'crm.record.tab'>().user;
  return useMemo(() => createTranslator(locale, tables), [locale, tables]);
}
