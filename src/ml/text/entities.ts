/** Named entities of customer messages, English and Chinese, with their places. */
import type { Catalogue } from './catalogue.ts';
import type { Entity } from './entity.ts';
import { namedEntities } from './entity-names.ts';
import { PATTERNS } from './entity-patterns.ts';
import { cut, foldWidth } from './plain.ts';
import { MAX_READ } from './sentences.ts';
import { tagWords } from './tagging.ts';

const URL = /\b(?:https?:\/\/|www\.)[^\s<>"'，。]{1,500}/gi;

/**
 * Entities of the first 5,000 characters, in order and without overlap. What is known by its form
 * comes first, then products of the catalogue, then names; web addresses are passed over.
 */
export function findEntities(text: string, catalogue?: Catalogue): Entity[] {
  const read = cut(text, MAX_READ);
  const plain = foldWidth(read);
  const taken = new Uint8Array(plain.length);
  for (const { 0: url, index } of plain.matchAll(URL)) taken.fill(1, index, index + url.length);
  const found: Entity[] = [];
  const claim = (candidates: Iterable<Entity>): void => {
    for (const candidate of candidates) {
      if (taken.subarray(candidate.start, candidate.end).includes(1)) continue;
      taken.fill(1, candidate.start, candidate.end);
      found.push(candidate);
    }
  };
  for (const pattern of PATTERNS) claim(pattern(plain));
  if (catalogue !== undefined) claim(catalogue.find(plain));
  claim(namedEntities(plain, tagWords(read)));
  return found.sort((a, b) => a.start - b.start);
}
