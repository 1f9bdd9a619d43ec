/** Which language each sentence of a text is written in. */
import { detectLanguage, type Language } from '../language.ts';
import { type Span, sentencesOf } from '../sentences.ts';

export interface LanguageSpan extends Span {
  readonly language: Language;
}

/** Fewer letters than this say nothing by themselves. */
const FEWEST_LETTERS = 4;

/**
 * Every sentence with its language. A sentence of a word or two ("OK.", an order number) has that
 * of the whole text, because alone it would be a guess.
 */
export function sentenceLanguages(text: string): LanguageSpan[] {
  const whole = detectLanguage(text);
  return sentencesOf(text).map((span) => {
    const han = span.text.match(/\p{Script=Han}/gu)?.length ?? 0;
    const letters = span.text.match(/\p{L}/gu)?.length ?? 0;
    const enough = letters >= FEWEST_LETTERS || han >= 2;
    const own = enough ? detectLanguage(span.text) : whole;
    // One writing system per text: undecidable Chinese counts as simplified unless the text says more.
    const language = own === 'zh_hans' && whole === 'zh_hant' ? 'zh_hant' : own;
    return { ...span, language };
  });
}
