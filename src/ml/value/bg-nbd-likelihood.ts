/** How likely purchase histories are under BG/NBD, and in which direction they become likelier. */
import { logGamma } from '../stats/distributions.ts';
import { digamma } from './special-functions.ts';

/** One entry per customer; times in one unit of the caller's choice, counted from the first purchase. */
export interface PurchaseHistories {
  /** x: days with a purchase after the first one. */
  readonly repeats: Float64Array;
  /** t_x: when the last of them was; 0 without one. */
  readonly lastAt: Float64Array;
  /** T: how long the customer has been observed, at least t_x. */
  readonly age: Float64Array;
}

/** Customers alike in everything the likelihood reads, counted once; times are numbers of `times`. */
interface Groups {
  readonly times: Float64Array;
  readonly x: Float64Array;
  readonly tx: Int32Array;
  readonly t: Int32Array;
  readonly count: Float64Array;
  /** How many customers have exactly x repeats, by x. */
  readonly byRepeats: ReadonlyMap<number, number>;
}

function group({ repeats, lastAt, age }: PurchaseHistories): Groups {
  const numbers = new Map<number, number>();
  const numberOf = (time: number): number => {
    const number = numbers.get(time) ?? numbers.size;
    if (number === numbers.size) numbers.set(time, number);
    return number;
  };
  const n = repeats.length;
  const t = Int32Array.from(age, numberOf);
  const tx = Int32Array.from(lastAt, numberOf);
  const places = new Map<number, number>();
  const byRepeats = new Map<number, number>();
  const x = new Float64Array(n);
  const count = new Float64Array(n);
  let size = 0;
  for (let i = 0; i < n; i++) {
    const r = repeats[i]!;
    byRepeats.set(r, (byRepeats.get(r) ?? 0) + 1);
    const key = (r * numbers.size + tx[i]!) * numbers.size + t[i]!;
    const place = places.get(key) ?? size;
    count[place] = count[place]! + 1;
    if (place < size) continue;
    places.set(key, size);
    x[size] = r;
    tx[size] = tx[i]!;
    t[size++] = t[i]!;
  }
  return {
    times: Float64Array.from(numbers.keys()),
    x: x.subarray(0, size),
    tx: tx.subarray(0, size),
    t: t.subarray(0, size),
    count: count.subarray(0, size),
    byRepeats,
  };
}

/** Negative log-likelihood and gradient in (ln r, ln α, ln a, ln b), the paper's eq. 6 and its appendix. */
export function likelihood(histories: PurchaseHistories) {
  const { times, x, tx, t, count, byRepeats } = group(histories);
  const logAt = new Float64Array(times.length);
  const oneOver = new Float64Array(times.length);
  return (p: Float64Array, gradient: Float64Array): number => {
    const r = Math.exp(p[0]!);
    const alpha = Math.exp(p[1]!);
    const a = Math.exp(p[2]!);
    const b = Math.exp(p[3]!);
    let value = 0;
    let dr = 0;
    let dAlpha = 0;
    let da = 0;
    let db = 0;
    const at0 = logGamma(a + b) - logGamma(b) - logGamma(r) + r * p[1]!;
    const psiR = digamma(r);
    const psiB = digamma(b);
    const psiAb0 = digamma(a + b);
    for (const [repeats, n] of byRepeats) {
      value +=
        n * (at0 + logGamma(r + repeats) + logGamma(b + repeats) - logGamma(a + b + repeats));
      const psiAb = digamma(a + b + repeats);
      dr += n * (digamma(r + repeats) - psiR + p[1]!);
      da += n * (psiAb0 - psiAb);
      db += n * (psiAb0 + digamma(b + repeats) - psiB - psiAb);
      dAlpha += (n * r) / alpha;
    }
    for (let k = 0; k < times.length; k++) {
      logAt[k] = Math.log(alpha + times[k]!);
      oneOver[k] = 1 / (alpha + times[k]!);
    }
    for (let i = 0; i < x.length; i++) {
      const n = count[i]!;
      const repeats = x[i]!;
      const logT = logAt[t[i]!]!;
      const alive = -(r + repeats) * logT;
      value += n * alive;
      if (repeats === 0) {
        dr -= n * logT;
        dAlpha -= n * r * oneOver[t[i]!]!;
        continue;
      }
      const logTx = logAt[tx[i]!]!;
      // Odds of having left after the last purchase against being alive.
      const odds = (a / (b + repeats - 1)) * Math.exp((r + repeats) * (logT - logTx));
      const gone = odds === Number.POSITIVE_INFINITY ? 1 : odds / (1 + odds);
      value +=
        n *
        (odds === Number.POSITIVE_INFINITY
          ? p[2]! - Math.log(b + repeats - 1) + (r + repeats) * (logT - logTx)
          : Math.log1p(odds));
      dr -= n * ((1 - gone) * logT + gone * logTx);
      dAlpha -= n * (r + repeats) * ((1 - gone) * oneOver[t[i]!]! + gone * oneOver[tx[i]!]!);
      da += (n * gone) / a;
      db -= (n * gone) / (b + repeats - 1);
    }
    gradient[0] = -dr * r;
    gradient[1] = -dAlpha * alpha;
    gradient[2] = -da * a;
    gradient[3] = -db * b;
    return Number.isFinite(value) ? -value : Number.POSITIVE_INFINITY;
  };
}
