/** A fitted text classifier: texts in, labels, calibrated probabilities and reasons out. */

import type { Json } from '../estimator.ts';
import { FittedLinear, type LinearState } from '../linear/linear-model.ts';
import { type ClassCalibration, calibrateClasses } from '../preprocess/class-calibration.ts';
import { FittedTfidf, type TfidfState } from './tfidf.ts';

export interface TextModelState {
  readonly version: number;
  readonly vectorizer: TfidfState;
  readonly model: LinearState;
  /** Absent: the probabilities are taken as they are. */
  readonly calibration?: ClassCalibration;
}

export interface TermEffect {
  readonly term: string;
  readonly effect: number;
}

/** Everything it knows is linear in the terms, so a reason is a term and its effects add up. */
export class FittedTextModel {
  readonly vectorizer: FittedTfidf;
  readonly model: FittedLinear;

  readonly calibration: ClassCalibration;

  constructor(
    vectorizer: FittedTfidf,
    model: FittedLinear,
    calibration: ClassCalibration = { method: 'none', curves: [] },
  ) {
    this.vectorizer = vectorizer;
    this.model = model;
    this.calibration = calibration;
  }

  get classes(): readonly string[] {
    return this.model.classes;
  }

  predict(texts: readonly string[]): string[] {
    const picks = this.model.predict(this.vectorizer.transform(texts));
    return Array.from(picks, (k) => this.classes[k] ?? '');
  }

  predictProba(texts: readonly string[]): number[][] {
    const chances = this.model.predictProba(this.vectorizer.transform(texts));
    return chances.map((row) => calibrateClasses(this.calibration, row));
  }

  /** Score of the class before a calibration curve: base + Σ effects = logit. */
  explain(
    text: string,
    className: string,
  ): { readonly logit: number; readonly base: number; readonly effects: readonly TermEffect[] } {
    const x = this.vectorizer.transform([text]);
    const { logit, base, contributions } = this.model.explain(x, 0, className);
    const effects = contributions.map(({ column, effect }) => ({
      term: this.vectorizer.term(column),
      effect,
    }));
    return { logit, base, effects };
  }

  toJSON(): { readonly [key: string]: Json } {
    const { method, curves } = this.calibration;
    return {
      version: 1,
      vectorizer: this.vectorizer.toJSON(),
      model: this.model.toJSON(),
      calibration: { method, curves: curves as unknown as readonly Json[] },
    };
  }

  static fromJSON(state: TextModelState): FittedTextModel {
    return new FittedTextModel(
      FittedTfidf.fromJSON(state.vectorizer),
      FittedLinear.fromJSON(state.model),
      state.calibration,
    );
  }
}
