/** The reader's translator, from the host's context. */
import { useExtensionContext } from '@hubspot/ui-extensions';
import { useMemo } from 'react';
import { createTranslator, type Translator } from './translate.ts';

export function useTranslator(): Translator {
  const { locale } = useExtensionContext<'crm.record.tab'>().user;
  return useMemo(() => createTranslator(locale), [locale]);
}
