/** A seeded sample of contacts where all of a large portal would only take longer. */
import { createRandom } from '../ml/random.ts';

/** In their order, drawn without replacement; all of them up to `most`. Same seed, same contacts. */
export function contactSample<T>(contacts: readonly T[], most: number, seed: number): readonly T[] {
  if (contacts.length <= most) return contacts;
  const chosen = createRandom(seed).permutation(contacts.length).subarray(0, most).sort();
  return Array.from(chosen).flatMap((i) => contacts[i] ?? []);
}
