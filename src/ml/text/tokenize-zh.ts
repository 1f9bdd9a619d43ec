/** Chinese text to words: full-width forms folded, traditional folded to simplified, jieba segmentation. */
import { Jieba } from '@node-rs/jieba';
import { dict } from '@node-rs/jieba/dict.js';
import { foldTraditional } from './han-variants.ts';

let segmenter: Jieba | undefined;

/** Runs of Han characters of a text, in simplified form. */
export function hanRuns(text: string): string[] {
  return foldTraditional(text.normalize('NFKC')).match(/\p{Script=Han}+/gu) ?? [];
}

/** Words of the given Han runs, in order. */
export function tokenizeChinese(runs: readonly string[]): string[] {
  segmenter ??= Jieba.withDict(dict);
  const words: string[] = [];
  for (const run of runs) words.push(...segmenter.cut(run, true));
  return words;
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
