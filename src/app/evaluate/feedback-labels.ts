/** The user's labels in the built-in model's words: `--map`, and how answers fold onto what is there. */
import { RapportError } from '../../core/errors.ts';
import { FEEDBACK_TYPES, SENTIMENTS, URGENCIES } from '../../core/record.ts';

export type Question = 'type' | 'sentiment' | 'urgency';
export const OWN_LABELS: Readonly<Record<Question, readonly string[]>> = {
  type: FEEDBACK_TYPES,
  sentiment: SENTIMENTS,
  urgency: URGENCIES,
};
/** Sentiment labels of coarser scales. */
export const SIDES = ['negative', 'neutral', 'positive'] as const;

/** `"bug report=problem,rating=praise"`; `*` stands for every label not named. */
export function parseMap(text: string | undefined): ReadonlyMap<string, string> {
  const map = new Map<string, string>();
  for (const part of (text ?? '').split(',').filter((p) => p.trim() !== '')) {
    const at = part.lastIndexOf('=');
    const [from, to] = [part.slice(0, at).trim(), part.slice(at + 1).trim()];
    if (at < 1 || from === '' || to === '')
      throw new RapportError(
        'config_invalid',
        `--map "${text}": write it as "their label=our label", with commas between.`,
      );
    map.set(from, to);
  }
  return map;
}

export interface Folded {
  /** Labels in our words; `null` where the row is left out. */
  readonly labels: readonly (string | null)[];
  /** Our labels that occur. */
  readonly own: readonly string[];
  /** The one label that stands for "none of these", if the data has one. */
  readonly rest: string | null;
}

/**
 * Labels as mapped. One the map does not name is left out if the map names others and at least two
 * of our labels remain; otherwise it counts as the rest ("none of these").
 * @throws RapportError config_invalid when nothing of ours occurs, or two labels would be the rest.
 */
export function foldLabels(
  labels: readonly string[],
  map: ReadonlyMap<string, string>,
  question: Question,
): Folded {
  const ours = new Set([...OWN_LABELS[question], ...(question === 'sentiment' ? SIDES : [])]);
  const mapped = labels.map((label) => map.get(label) ?? (ours.has(label) ? label : map.get('*')));
  const own = [...new Set(mapped)].filter((l): l is string => l !== undefined && ours.has(l));
  const named = new Set(mapped.filter((l) => l !== undefined && !ours.has(l)));
  const unnamed = new Set(labels.filter((_, i) => mapped[i] === undefined));
  const asRest = map.size === 0 || own.length < 2;
  const rests = new Set([...named, ...(asRest ? unnamed : [])]);
  if (own.length === 0 || (rests.size > 1 && !(asRest && named.size === 0 && map.size > 0)))
    throw new RapportError(
      'config_invalid',
      `Labels ${[...new Set(labels)].slice(0, 6).join(', ')} are not ${[...ours].join(', ')}; say with --map "theirs=ours,…" which is which ("*=…" for all others).`,
    );
  const rest = rests.size === 0 ? null : rests.size === 1 ? ([...rests][0] ?? null) : 'other';
  return {
    labels: mapped.map(
      (label, i) => label ?? (asRest && unnamed.has(labels[i] ?? '') ? rest : null),
    ),
    own: own.sort(),
    rest,
  };
}
