/** Product names of a catalogue, found in texts whatever their case, width or script variant. */
import type { Entity } from './entity.ts';
import { foldForLookup } from './plain.ts';

export interface Catalogue {
  /** Longest names first come; a Latin name must stand as a whole word. */
  find(text: string): Entity[];
}

/** Names longer than this are cut off the catalogue; no product is called that. */
const LONGEST = 100;
const LATIN = /[\p{L}\p{N}]/u;
const HAN = /\p{Script=Han}/u;

interface Node {
  readonly next: Map<string, Node>;
  /** The name as the catalogue writes it. */
  name?: string;
}

/** Blank and single-character names are ignored. Finding takes at most 100 steps per character. */
export function createCatalogue(names: readonly string[]): Catalogue {
  const root: Node = { next: new Map() };
  for (const name of names) {
    const folded = foldForLookup(name.trim());
    if (folded.length < 2 || folded.length > LONGEST) continue;
    let node = root;
    for (const c of folded.split('')) {
      const next: Node = node.next.get(c) ?? { next: new Map() };
      node.next.set(c, next);
      node = next;
    }
    node.name ??= name.trim();
  }
  return { find: (text) => find(root, text) };
}

function find(root: Node, text: string): Entity[] {
  const folded = foldForLookup(text);
  const found: Entity[] = [];
  for (let start = 0; start < folded.length; ) {
    const match = inWord(folded, start) ? undefined : longest(root, folded, start);
    if (match === undefined) start++;
    else {
      const { end, name } = match;
      found.push({ kind: 'product', text: text.slice(start, end), start, end, value: name });
      start = end;
    }
  }
  return found;
}

function longest(root: Node, folded: string, start: number) {
  let best: { end: number; name: string } | undefined;
  let node: Node | undefined = root;
  for (let at = start; at < folded.length; at++) {
    node = node.next.get(folded.charAt(at));
    if (node === undefined) break;
    if (node.name !== undefined && !inWord(folded, at + 1)) best = { end: at + 1, name: node.name };
  }
  return best;
}

/** Whether `at` lies between two characters of one Latin word; Han characters stand alone. */
function inWord(text: string, at: number): boolean {
  const [a, b] = [text.charAt(at - 1), text.charAt(at)];
  return LATIN.test(a) && LATIN.test(b) && !HAN.test(a) && !HAN.test(b);
}
