/** How well the built-in model reads a domain it was not trained on: one domain of our text left out at a time. */
import { FEEDBACK_TYPES } from '../../src/core/record.ts';
import { macroF1 } from '../../src/ml/metrics.ts';
import type { PhraseList } from '../../src/ml/text/phrase-book.ts';
import { FeedbackModel } from '../../src/models/feedback-model.ts';
import { fitState, type Prepared, type Settings } from './fit.ts';

type Language = 'en' | 'zh';

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
    if (process.env['CONFUSION']) {
      const table = Array.from({ length: 4 }, () => [0, 0, 0, 0]);
      for (const { row, reading } of urgency) table[row.urgency!]![3 - top(reading.urgency)]!++;
      console.log(language, 'urgency', JSON.stringify(table));
      const t5 = Array.from({ length: 5 }, () => [0, 0, 0, 0, 0]);
      for (const { row, reading } of sentiment) t5[row.sentiment! + 2]![top(reading.sentiment)]!++;
      console.log(language, 'sentiment', JSON.stringify(t5));
      for (const type of FEEDBACK_TYPES)
        for (const th of [0.3, 0.35, 0.4, 0.45, 0.5, 0.55, 0.6]) {
          const known = own.filter(({ row }) => row.types !== null);
          const tp = known.filter(
            ({ row, reading }) => row.types!.includes(type) && reading.chances[type] >= th,
          ).length;
          const a = known.filter(({ row }) => row.types!.includes(type)).length;
          const b = known.filter(({ reading }) => reading.chances[type] >= th).length;
          console.log(language, type, th, ((2 * tp) / (a + b)).toFixed(3));
        }
    }
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
  return { summary: { en: round(figures('en')), zh: round(figures('zh')) } };
}
