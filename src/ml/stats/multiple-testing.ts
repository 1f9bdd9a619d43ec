/** Many tests at once: adjusted p-values by Holm and by Benjamini and Hochberg. */
import { RapportError } from '../../core/errors.ts';

/**
 * Holm (1979), Scandinavian Journal of Statistics 6: reject where the adjusted p is at most α, and
 * the chance of any false rejection is at most α.
 * @throws RapportError invalid_payload for a p outside 0 … 1.
 */
export function holm(p: readonly number[]): number[] {
  const order = ascending(p);
  const adjusted = new Array<number>(p.length);
  let highest = 0;
  order.forEach((i, rank) => {
    highest = Math.max(highest, Math.min(1, (p.length - rank) * p[i]!));
    adjusted[i] = highest;
  });
  return adjusted;
}

/**
 * Benjamini, Hochberg (1995), JRSS B 57: among the tests whose adjusted p is at most α, the
 * expected share of false rejections is at most α.
 * @throws RapportError invalid_payload for a p outside 0 … 1.
 */
export function benjaminiHochberg(p: readonly number[]): number[] {
  const order = ascending(p);
  const adjusted = new Array<number>(p.length);
  let lowest = 1;
  for (let rank = p.length; rank >= 1; rank--) {
    const i = order[rank - 1]!;
    lowest = Math.min(lowest, (p.length * p[i]!) / rank);
    adjusted[i] = lowest;
  }
  return adjusted;
}

function ascending(p: readonly number[]): number[] {
  const bad = p.find((value) => !(value >= 0 && value <= 1));
  if (bad !== undefined) throw new RapportError('invalid_payload', `${bad} is no p-value`);
  return p.map((_, i) => i).sort((a, b) => p[a]! - p[b]!);
}
