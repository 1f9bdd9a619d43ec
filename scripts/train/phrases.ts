/** Reads the lexicon files: `[cue valence]` opens a comma-separated list of phrases. */
import type { PhraseList } from '../../src/ml/text/phrase-book.ts';
import { foldForLookup } from '../../src/ml/text/plain.ts';

/** Phrases of all files; one that stands in several lists keeps its cues and its strongest valence. */
export function parsePhrases(files: readonly string[]): PhraseList {
  const phrases = new Map<string, { valence: number; cues: Set<string> }>();
  for (const file of files) {
    let cue = '';
    let valence = 0;
    for (const line of file.split('\n')) {
      if (line.startsWith('#') || line.trim() === '') continue;
      const heading = /^\[(\w*)\s*([+-]?\d(?:\.\d)?)?\]$/.exec(line.trim());
      if (heading !== null) {
        cue = heading[1] ?? '';
        valence = Number(heading[2] ?? 0);
        continue;
      }
      for (const raw of line.split(',')) {
        const text = foldForLookup(raw.trim()).replace(/\?$/, '');
        if (text === '') continue;
        const known = phrases.get(text) ?? { valence: 0, cues: new Set<string>() };
        if (cue !== '') known.cues.add(cue);
        if (Math.abs(valence) > Math.abs(known.valence)) known.valence = valence;
        phrases.set(text, known);
      }
    }
  }
  return [...phrases].map(([text, { valence, cues }]) => [text, valence, ...cues] as const);
}
