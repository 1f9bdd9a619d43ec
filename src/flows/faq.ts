/** The tenant's answers, as a table of outside form: checked, stored, listed. */
import { z } from 'zod';
import { RapportError } from '../core/errors.ts';
import { detectLanguage } from '../ml/text/language.ts';
import type { FaqEntry } from '../ports/service-store.ts';
import type { TenantContext } from './context.ts';

const MAX_ENTRIES = 5_000;

const rowSchema = z.object({
  id: z.string().trim().max(60).optional(),
  language: z.enum(['en', 'zh', '']).optional(),
  question: z.string().trim().min(2).max(500),
  answer: z.string().trim().min(2).max(4_000),
  keywords: z.string().trim().max(500).optional(),
});
export const faqSchema = z.array(rowSchema).max(MAX_ENTRIES);
export interface ImportedFaq {
  readonly entries: number;
  /** Rows per language. */
  readonly languages: Readonly<Record<'en' | 'zh', number>>;
}
export type FaqRow = z.infer<typeof rowSchema>;

/**
 * Replaces everything held. Rows of one id are one entry in several languages; without an id each
 * row is an entry of its own, without a language it is that of the answer.
 * @throws RapportError invalid_payload naming the row that cannot be used.
 */
export async function importFaq(
  { store, tenant }: Pick<TenantContext, 'store' | 'tenant'>,
  rows: readonly FaqRow[],
): Promise<ImportedFaq> {
  const entries = rows.map((row, i): FaqEntry => {
    const found = detectLanguage(row.answer);
    const language = row.language || (found === 'en' ? 'en' : found === 'other' ? null : 'zh');
    if (language === null) throw bad(i, 'is in neither English nor Chinese; give its language');
    const { question, answer, keywords = '' } = row;
    return { id: row.id || `row-${i + 1}`, language, question, answer, keywords };
  });
  const seen = new Set<string>();
  entries.forEach(({ id, language }, i) => {
    if (seen.has(`${language} ${id}`)) throw bad(i, `repeats "${id}" in ${language}`);
    seen.add(`${language} ${id}`);
  });
  await store.faq.replace(tenant.id, entries);
  const of = (language: string) => entries.filter((e) => e.language === language).length;
  return {
    entries: new Set(entries.map((e) => e.id)).size,
    languages: { en: of('en'), zh: of('zh') },
  };
}

const bad = (i: number, what: string): RapportError =>
  new RapportError('invalid_payload', `Row ${i + 1} of the FAQ ${what}.`);
