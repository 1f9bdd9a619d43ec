/** Part-of-speech tags: English by natural's Brill tagger, Chinese by jieba. */
import { createRequire } from 'node:module';
import type BrillPosTagger from 'natural/lib/natural/brill_pos_tagger/lib/Brill_POS_Tagger.js';
import type Lexicon from 'natural/lib/natural/brill_pos_tagger/lib/Lexicon.js';
import type RuleSet from 'natural/lib/natural/brill_pos_tagger/lib/RuleSet.js';
import { foldTraditional } from './han-variants.ts';
import { jieba } from './jieba.ts';
import { foldWidth } from './plain.ts';
import { type Span, sentencesOf } from './sentences.ts';

/** Classes both languages share. */
export type WordClass =
  | 'noun'
  | 'name'
  | 'verb'
  | 'adjective'
  | 'adverb'
  | 'pronoun'
  | 'number'
  | 'function'
  | 'other';

export interface TaggedWord extends Span {
  /** Penn Treebank tag of an English word, ICTCLAS tag of a Chinese one. */
  readonly tag: string;
  readonly wordClass: WordClass;
}

const WORD =
  /\p{Script=Han}{1,500}|[\p{Script=Latin}\p{M}]{1,60}(?:['.&-][\p{Script=Latin}\p{N}]{1,30}){0,4}|\p{Nd}{1,30}(?:[.,:]\p{Nd}{1,10}){0,4}/gu;
const CLITIC = /^(.{1,60})('(?:s|re|ve|ll|d|m)|n't)$/i;
/** The lexicon does not know them. */
const CLITIC_TAGS: ReadonlyMap<string, string> = new Map([
  ["n't", 'RB'],
  ["'s", 'POS'],
  ["'re", 'VBP'],
  ["'ve", 'VBP'],
  ["'m", 'VBP'],
  ["'ll", 'MD'],
  ["'d", 'MD'],
]);

/** Loaded on first use: the lexicon takes some 60 ms and 15 MB. */
let brill: BrillPosTagger | undefined;
function tagger(): BrillPosTagger {
  if (brill !== undefined) return brill;
  const load = createRequire(import.meta.url);
  const folder = 'natural/lib/natural/brill_pos_tagger/lib';
  const EnglishLexicon = load(`${folder}/Lexicon.js`) as typeof Lexicon;
  const EnglishRules = load(`${folder}/RuleSet.js`) as typeof RuleSet;
  const Tagger = load(`${folder}/Brill_POS_Tagger.js`) as typeof BrillPosTagger;
  brill = new Tagger(new EnglishLexicon('EN', 'NN', 'NNP'), new EnglishRules('EN'));
  return brill;
}

/** Words of the first 5,000 characters, in order, with places and tags; punctuation is left out. */
export function tagWords(text: string): TaggedWord[] {
  return sentencesOf(text).flatMap(tagSentence);
}

/** Tags of one sentence; places are those of the text the sentence was cut from. */
export function tagSentence(sentence: Span): TaggedWord[] {
  const plain = foldWidth(sentence.text);
  const found: TaggedWord[] = [];
  let english: { word: string; start: number }[] = [];
  const flush = (): void => {
    found.push(...tagEnglish(english, sentence));
    english = [];
  };
  for (const match of plain.matchAll(WORD)) {
    const [word] = match;
    if (/^\p{Script=Han}/u.test(word)) {
      flush();
      let start = match.index;
      for (const { word: part, tag } of jieba().tag(foldTraditional(word), true)) {
        found.push(place(sentence, start, part.length, tag, chineseClass(tag)));
        start += part.length;
      }
      continue;
    }
    const [, stem, clitic] = CLITIC.exec(word) ?? [];
    if (stem === undefined || clitic === undefined) english.push({ word, start: match.index });
    else
      english.push(
        { word: stem, start: match.index },
        { word: clitic, start: match.index + stem.length },
      );
  }
  flush();
  return found;
}

function tagEnglish(words: readonly { word: string; start: number }[], sentence: Span) {
  if (words.length === 0) return [];
  const { taggedWords } = tagger().tag(words.map(({ word }) => word));
  return words.map(({ word, start }, i) => {
    const tag = CLITIC_TAGS.get(word.toLowerCase()) ?? taggedWords[i]?.tag ?? 'NN';
    return place(sentence, start, word.length, tag, englishClass(tag));
  });
}

function place(
  sentence: Span,
  from: number,
  length: number,
  tag: string,
  wordClass: WordClass,
): TaggedWord {
  const start = sentence.start + from;
  return {
    text: sentence.text.slice(from, from + length),
    start,
    end: start + length,
    tag,
    wordClass,
  };
}

function englishClass(tag: string): WordClass {
  if (tag.startsWith('NNP')) return 'name';
  if (tag.startsWith('NN')) return 'noun';
  if (tag.startsWith('VB') || tag === 'MD') return 'verb';
  if (tag.startsWith('JJ')) return 'adjective';
  if (tag.startsWith('RB') || tag === 'WRB') return 'adverb';
  if (tag.startsWith('PRP') || tag === 'WP') return 'pronoun';
  if (tag === 'CD') return 'number';
  return /^(DT|IN|CC|TO|EX|WDT|PDT|POS|RP)$/.test(tag) ? 'function' : 'other';
}

function chineseClass(tag: string): WordClass {
  if (/^n[rstz]/.test(tag)) return 'name';
  switch (tag[0]) {
    case 'n':
    case 's':
    case 't':
    case 'f':
      return 'noun';
    case 'v':
      return 'verb';
    case 'a':
    case 'b':
    case 'z':
      return 'adjective';
    case 'd':
      return 'adverb';
    case 'r':
      return 'pronoun';
    case 'm':
      return 'number';
    case 'p':
    case 'c':
    case 'u':
    case 'q':
      return 'function';
    default:
      return 'other';
  }
}
