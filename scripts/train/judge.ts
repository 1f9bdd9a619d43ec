/** How well the built-in model reads a domain it was not trained on: one domain of our text left out at a time. */
import { FEEDBACK_TYPES } from '../../src/core/record.ts';
import { macroF1 } from '../../src/ml/metrics.ts';
import type { PhraseList } from '../../src/ml/text/phrase-book.ts';
import { FeedbackModel } from '../../src/models/feedback-model.ts';
import { fitState, type Prepared, type Settings } from './fit.ts';

type Language = 'en' | 'zh';

/** Macro-F1 per language: the mean over types, the five moods, the four urgencies. */
export function judge(rows: readonly Prepared[], phrases: PhraseList, settings: Settings) {
  const domains = [...new Set(rows.map((r) => r.domain))].filter((d) => d !== 'banking77');
  const answers = domains.flatMap((domain) => {
    const model = new FeedbackModel(
      fitState(
        rows.filter((r) => r.domain !== domain),
        phrases,
        settings,
      ),
    );
    return rows
      .filter((r) => r.domain === domain)
      .map((row) => ({ row, reading: model.weigh(row.features) }));
  });
  const top = (chances: readonly number[]): number => chances.indexOf(Math.max(...chances));
  const figures = (language: Language) => {
    const own = answers.filter(({ row }) => row.language === language);
    const f1 = FEEDBACK_TYPES.map((type) => {
      const known = own.filter(({ row }) => row.types !== null);
      return macroF1(
        known.map(({ row }) => String(row.types?.includes(type))),
        known.map(({ reading }) => String(reading.chances[type] >= 0.5)),
      );
    });
    const sentiment = own.filter(({ row }) => row.sentiment !== null);
    const urgency = own.filter(({ row }) => row.urgency !== null);
    return {
      types: f1.reduce((a, b) => a + b, 0) / f1.length,
      sentiment: macroF1(
        sentiment.map(({ row }) => String(row.sentiment)),
        sentiment.map(({ reading }) => String(top(reading.sentiment) - 2)),
      ),
      urgency: macroF1(
        urgency.map(({ row }) => String(row.urgency)),
        urgency.map(({ reading }) => String(3 - top(reading.urgency))),
      ),
    };
  };
  const round = (v: Record<string, number>) =>
    Object.fromEntries(Object.entries(v).map(([k, f]) => [k, Number(f.toFixed(3))]));
  return { en: round(figures('en')), zh: round(figures('zh')) };
}
