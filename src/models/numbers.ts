/** Rounding for stored parameters: what is stored is what is used, so reasons stay exact. */

/** To `digits` significant digits. */
export const significant = (value: number, digits = 9): number => Number(value.toPrecision(digits));
export const significantAll = (values: ArrayLike<number>, digits = 9): number[] =>
  Array.from(values, (value) => significant(value, digits));
