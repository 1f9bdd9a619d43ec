/** How well the built-in model reads a domain it was not trained on: one domain of our text left out at a time. */
import { FEEDBACK_TYPES } from '../../src/core/record.ts';
import { macroF1 } from '../../src/ml/metrics.ts';
import { applyIsotonic, fitIsotonic } from '../../src/ml/preprocess/isotonic.ts';
import type { PhraseList } from '../../src/ml/text/phrase-book.ts';
import { FeedbackModel, type FeedbackReading } from '../../src/models/feedback-model.ts';
import { fitState, type Prepared, type Settings } from './fit.ts';

type Language = 'en' | 'zh';

export interface HeldOut {
  readonly row: Prepared;
  readonly reading: FeedbackReading;
}

/** Every message of a domain, read by a model that has seen nothing of that domain. */
export function heldOut(
  rows: readonly Prepared[],
  phrases: PhraseList,
  settings: Settings,
): HeldOut[] {
  const domains = [...new Set(rows.map((r) => r.domain))].filter((d) => d !== 'banking77');
  return domains.flatMap((domain) => {
    const others = rows.filter((r) => r.domain !== domain);
    const gates = { sentiment: 0, urgency: 0 };
    const model = new FeedbackModel({ ...fitState(others, phrases, settings), gates });
    return rows
      .filter((r) => r.domain === domain)
      .map((row) => ({ row, reading: model.weigh(row.features) }));
  });
}

const SIDES = ['negative', 'neutral', 'positive'] as const;
const sideOf = (level: number): (typeof SIDES)[number] =>
  level < 0 ? 'negative' : level > 0 ? 'positive' : 'neutral';

/** An answer, how sure the model was of it, and whether it was right. */
type Sure = readonly [chance: number, right: boolean];

/** What the chances of held-out messages were worth, and from which on they are right half the time. */
export function gatesOf(answers: readonly HeldOut[]) {
  const sentiment = answers.flatMap(({ row, reading }): Sure[] => {
    if (row.sentiment === null || reading.known === 0) return [];
    const [a = 0, b = 0, c = 0, d = 0, e = 0] = reading.sentiment;
    const chances = [a + b, c, d + e];
    const best = Math.max(...chances);
    return [[best, SIDES[chances.indexOf(best)] === sideOf(row.sentiment)]];
  });
  const urgency = answers.flatMap(({ row, reading }): Sure[] => {
    if (row.urgency === null || reading.known === 0) return [];
    const best = Math.max(...reading.urgency);
    return [[best, 3 - reading.urgency.indexOf(best) === row.urgency]];
  });
  return { sentiment: gateOf(sentiment), urgency: gateOf(urgency) };
}

const HALF = 0.5;
const share = (list: readonly Sure[]): number =>
  Number((list.filter(([, right]) => right).length / Math.max(1, list.length)).toFixed(3));

/** Isotonic regression of right or wrong on the chance; the gate is where it passes one half. */
function gateOf(list: readonly Sure[]) {
  const curve = fitIsotonic(
    list.map(([chance]) => chance),
    list.map(([, right]) => (right ? 1 : 0)),
  );
  const gate = Number(
    Math.min(
      ...list.flatMap(([chance]) => (applyIsotonic(curve, chance) >= HALF ? chance : [])),
    ).toFixed(3),
  );
  const answered = list.filter(([chance]) => chance >= gate);
  return {
    gate,
    right_of_all: share(list),
    answered: Number((answered.length / list.length).toFixed(3)),
    right_of_answered: share(answered),
    right_of_abstained: share(list.filter(([chance]) => chance < gate)),
  };
}

/** Macro-F1 per language: the mean over types, the five moods, the four urgencies. */
export function judge(answers: readonly HeldOut[]) {
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
