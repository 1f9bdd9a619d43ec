/** Chinese text to words: full-width forms folded, traditional folded to simplified, jieba segmentation. */
import { foldTraditional } from './han-variants.ts';
import { jieba } from './jieba.ts';
import { readable } from './plain.ts';

/** Runs of Han characters of a text, in simplified form. */
export function hanRuns(text: string): string[] {
  return foldTraditional(readable(text).normalize('NFKC')).match(/\p{Script=Han}+/gu) ?? [];
}

/** Words of the given Han runs, in order. */
export function tokenizeChinese(runs: readonly string[]): string[] {
  const segmenter = jieba();
  // No spread: a run may hold more words than a call takes arguments.
  return runs.flatMap((run) => segmenter.cut(run, true));
}

/** Character n-grams of lengths 1 … `longest` inside each run; they need no dictionary. */
export function characterGrams(runs: readonly string[], longest: number): string[] {
  const grams: string[] = [];
  for (const run of runs) {
    const characters = [...run];
    for (let i = 0; i < characters.length; i++) {
      let gram = '';
      for (let n = 0; n < longest && i + n < characters.length; n++) {
        gram += characters[i + n] ?? '';
        grams.push(gram);
      }
    }
  }
  return grams;
}
