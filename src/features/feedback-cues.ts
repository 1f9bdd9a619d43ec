/** What the words of a sentence say about the writer's mood and intent, read within their scope. */
import type { PhraseBook, Unit } from '../ml/text/phrase-book.ts';

/** One phrase as it stands in a sentence; positions are those of the sentence. */
export interface Cue {
  readonly start: number;
  readonly end: number;
  /** Valence after negation, strength and contrast. */
  readonly valence: number;
  /** Names of cues; negated ones start with `not_`. */
  readonly names: readonly string[];
  /** Share of its clause in the sentence: what follows a "but" counts for more. */
  readonly weight: number;
}

/** How far a negation or an intensifier reaches: words, or Chinese characters. */
const NEGATION_REACH = { word: 4, han: 5 } as const;
const STRENGTH_REACH = { word: 2, han: 3 } as const;
/** A negated praise is milder than a blame, a negated blame is faint praise (Taboada et al. 2011). */
const NEGATED_PRAISE = -0.8;
const NEGATED_BLAME = -0.4;
const INTENSIFIED = 1.4;
const DIMINISHED = 0.7;
const AFTER_CONTRAST = 1.3;
const BEFORE_CONTRAST = 0.6;
const CONCEDED = 0.6;
/** Cues that state a wish or a question hold under a negation too ("I can't wait", "could you not"). */
const UNNEGATED = new Set(
  'wish suggest add ask help now today week norush down danger security thanks past neutral'.split(
    ' ',
  ),
);
const SCOPES = new Set(['negator', 'intensifier', 'diminisher', 'contrast', 'concede', 'plain']);
const CLAUSE_END = /^[,;:.!?\n，；：。！？…]$/;

/** Every cue of one sentence, in order. */
export function cuesOf(units: readonly Unit[], book: PhraseBook): Cue[] {
  const cues: (Cue & { clause: number })[] = [];
  let negated = 0;
  let strength = 1;
  let strengthLeft = 0;
  let clause = 0;
  let conceded = false;
  let contrastAt = -1;
  for (let i = 0; i < units.length; ) {
    const unit = units[i]!;
    if (unit.kind === 'mark') {
      if (CLAUSE_END.test(unit.text)) {
        negated = 0;
        strengthLeft = 0;
        conceded = false;
        clause++;
      }
      i++;
      continue;
    }
    const match = book.at(units, i);
    const length = match?.units ?? 1;
    const end = units[i + length - 1]!.end;
    if (match !== null) {
      const { phrase } = match;
      const names = phrase.cues.filter((name) => !SCOPES.has(name));
      if (phrase.valence !== 0 || names.length > 0) {
        const flip = phrase.valence > 0 ? NEGATED_PRAISE : NEGATED_BLAME;
        const scaled = phrase.valence * (strengthLeft > 0 ? strength : 1);
        cues.push({
          start: unit.start,
          end,
          valence: negated > 0 ? scaled * flip : scaled,
          names:
            negated > 0 ? names.map((name) => (UNNEGATED.has(name) ? name : `not_${name}`)) : names,
          weight: conceded ? CONCEDED : 1,
          clause,
        });
      }
      if (phrase.cues.includes('contrast') && i > 0) {
        contrastAt = cues.length;
        negated = 0;
      }
      if (phrase.cues.includes('concede')) conceded = true;
    }
    negated = Math.max(0, negated - length);
    strengthLeft = Math.max(0, strengthLeft - length);
    if (match?.phrase.cues.includes('negator') === true) negated = NEGATION_REACH[unit.kind];
    if (match?.phrase.cues.includes('intensifier') === true) {
      strength = INTENSIFIED;
      strengthLeft = STRENGTH_REACH[unit.kind];
    } else if (match?.phrase.cues.includes('diminisher') === true) {
      strength = DIMINISHED;
      strengthLeft = STRENGTH_REACH[unit.kind];
    }
    i += length;
  }
  if (contrastAt < 0) return cues;
  return cues.map((cue, k) => ({
    ...cue,
    weight: cue.weight * (k < contrastAt ? BEFORE_CONTRAST : AFTER_CONTRAST),
  }));
}
