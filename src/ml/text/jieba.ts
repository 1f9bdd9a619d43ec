/** The one Chinese segmenter of the process; its dictionary is loaded on first use. */
import { Jieba } from '@node-rs/jieba';
import { dict } from '@node-rs/jieba/dict.js';

let loaded: Jieba | undefined;

export function jieba(): Jieba {
  loaded ??= Jieba.withDict(dict);
  return loaded;
}
