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
