/** Customer text as features, each with the place that gave rise to it. */

import { type PhraseBook, unitsOf } from '../ml/text/phrase-book.ts';
import { foldForLookup } from '../ml/text/plain.ts';
import { type Span, sentencesOf } from '../ml/text/sentences.ts';
import { cuesOf } from './feedback-cues.ts';
import { formsOf } from './feedback-forms.ts';

/** One feature where it occurs; a feature's value is the sum over its places. */
export interface Occurrence {
  readonly name: string;
  readonly value: number;
  /** UTF-16 positions in the text: `[start, end)`. */
  readonly start: number;
  readonly end: number;
  readonly sentence: number;
}

export interface FeedbackFeatures {
  readonly sentences: readonly Span[];
  readonly occurrences: readonly Occurrence[];
}

/** A cue said three times says no more than twice. */
const MOST_PER_CUE = 2;
const STRONG = 2.6;
const SHORT_UNITS = 6;
const LONG_UNITS = 40;

interface Draft {
  name: string;
  value: number;
  start: number;
  end: number;
  sentence: number;
}

/**
 * `valence+` and `valence-` (scaled down together in long texts), `cue:…` with their scope,
 * `form:…` per sentence, and words, word pairs and Chinese character 1–2-grams as `w:…`
 * (presence; the model weighs them).
 */
export function feedbackFeatures(text: string, book: PhraseBook): FeedbackFeatures {
  const sentences = sentencesOf(text);
  const drafts: Draft[] = [];
  let mood = 0;
  let units = 0;
  const grams = new Map<string, Draft>();
  sentences.forEach((span, sentence) => {
    const at = span.start;
    const read = unitsOf(span.text);
    units += read.length;
    for (const cue of cuesOf(read, book)) {
      const place = { start: at + cue.start, end: at + cue.end, sentence };
      const valence = cue.valence * cue.weight;
      if (valence !== 0) {
        mood += Math.abs(valence);
        drafts.push({
          name: valence > 0 ? 'valence+' : 'valence-',
          value: Math.abs(valence),
          ...place,
        });
        if (Math.abs(cue.valence) >= STRONG)
          drafts.push({
            name: cue.valence > 0 ? 'cue:strong+' : 'cue:strong-',
            value: 1,
            ...place,
          });
      }
      for (const name of cue.names)
        drafts.push({ name: `cue:${name}`, value: cue.weight, ...place });
    }
    for (const [name, from, to] of formsOf(foldForLookup(span.text)))
      drafts.push({ name: `form:${name}`, value: 1, start: at + from, end: at + to, sentence });
    read.forEach((unit, i) => {
      if (unit.kind === 'mark') return;
      const word = /^\d/.test(unit.text) ? '#' : unit.text;
      const place = { value: 1, start: at + unit.start, end: at + unit.end, sentence };
      if (!grams.has(word)) grams.set(word, { name: `w:${word}`, ...place });
      const next = read[i + 1];
      if (next?.kind !== unit.kind) return;
      const pair = unit.kind === 'han' ? unit.text + next.text : `${word} ${next.text}`;
      if (!grams.has(pair)) grams.set(pair, { name: `w:${pair}`, ...place, end: at + next.end });
    });
  });
  const totals = new Map<string, number>();
  for (const { name, value } of drafts) totals.set(name, (totals.get(name) ?? 0) + value);
  const calm = 1 / Math.sqrt(1 + mood / 3);
  for (const draft of drafts) {
    const total = totals.get(draft.name) ?? 0;
    if (draft.name.startsWith('valence')) draft.value *= calm;
    else if (total > MOST_PER_CUE) draft.value *= MOST_PER_CUE / total;
  }
  const whole = { value: 1, start: 0, end: 0, sentence: -1 };
  const shape: Draft[] = [];
  if (units <= SHORT_UNITS) shape.push({ name: 'shape:short', ...whole });
  if (units > LONG_UNITS) shape.push({ name: 'shape:long', ...whole });
  if (mood === 0) shape.push({ name: 'shape:flat', ...whole });
  return { sentences, occurrences: [...drafts, ...shape, ...grams.values()] };
}
