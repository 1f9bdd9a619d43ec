/** Features on one scale: logarithms of amounts and times, standard deviations from the portal's mean. */
import { RapportError } from '../core/errors.ts';
import type { Past } from './past.ts';
import { type Feature, featureNamed } from './registry.ts';
import { namesHash } from './vector.ts';

/** Plain data; the order is that of `names`. */
export interface Standard {
  readonly names: readonly string[];
  readonly hash: string;
  readonly mean: readonly number[];
  readonly sd: readonly number[];
}

/** Days that stand for "never", so that never and long ago lie close together. */
const NEVER_DAYS = 1095;

/** The value on its natural scale: ln(1 + x) but for shares and points; `null` = not known. */
function natural({ unit, of }: Feature, past: Past): number | null {
  const value = of(past);
  if (unit === 'days') return Math.log1p(Math.min(NEVER_DAYS, value ?? NEVER_DAYS));
  if (value === null || unit === 'share' || unit === 'points') return value;
  return Math.log1p(value);
}

/** Back from the natural scale, for people to read. */
export const readable = (name: string, value: number): number => {
  const { unit } = featureNamed(name);
  return unit === 'share' || unit === 'points' ? value : Math.expm1(value);
};

const shorten = (value: number): number => Number(value.toPrecision(9));

/** Mean and deviation over the contacts for whom a feature is known; 1 where it does not vary. */
export function fitStandard(names: readonly string[], pasts: readonly Past[]): Standard {
  const mean: number[] = [];
  const sd: number[] = [];
  for (const name of names) {
    const feature = featureNamed(name);
    const known = pasts.map((past) => natural(feature, past)).filter((v) => v !== null);
    const centre = known.length === 0 ? 0 : known.reduce((s, v) => s + v, 0) / known.length;
    const squares = known.reduce((s, v) => s + (v - centre) ** 2, 0);
    const spread = Math.sqrt(squares / Math.max(1, known.length));
    mean.push(shorten(centre));
    sd.push(spread > 1e-12 * Math.max(1, Math.abs(centre)) ? shorten(spread) : 1);
  }
  return { names: [...names], hash: namesHash(names), mean, sd };
}

/** Standard deviations from the mean; what is not known lies at the mean. */
export function standardise(standard: Standard, past: Past): number[] {
  return standard.names.map((name, j) => {
    const value = natural(featureNamed(name), past);
    return value === null ? 0 : (value - (standard.mean[j] ?? 0)) / (standard.sd[j] ?? 1);
  });
}

/** @throws RapportError invalid_payload when a stored scale was fitted on other features. */
export function requireSame(standard: Standard, names: readonly string[]): void {
  if (standard.hash !== namesHash(names))
    throw new RapportError('invalid_payload', 'the model was fitted on other features');
}
