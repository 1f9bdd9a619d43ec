/** Multinomial logistic regression by dual coordinate descent, one row (all its classes) at a time. */
import type { Random } from '../random.ts';
import type { Csr } from '../sparse.ts';

export interface SoftmaxDualOptions {
  /** Cost of an error; the penalty is ½‖(w, b)‖² per class. */
  readonly c: number;
  /** Largest violation of optimality that is left, in log-odds. */
  readonly tolerance: number;
  /** Passes over the rows at most. */
  readonly maxPasses: number;
  readonly random: Random;
}

/** Rows this many times in a row at their optimum are left out until the rest has converged. */
const SETTLED = 2;
/** Newton steps on one row at a visit; the next visit goes on from there. */
const STEPS = 2;
/** A step in the logarithm of a probability is cut here. */
const LONGEST = 4;
/** Probability given to the other classes at the start. */
const START = 0.01;

/**
 * Weights per class, the intercept last (`x.cols + 1` numbers); it is penalised too. The dual
 * variables of a row are the probabilities of its classes: w_c = C Σᵢ (1[yᵢ = c] − pᵢc) xᵢ, and a
 * row's own problem is Σ p ln p + ½ C‖x‖² ‖p − p_old‖² − p·s on the simplex. After Yu, Huang, Lin
 * (2011), "Dual coordinate descent methods for logistic regression and maximum entropy models",
 * Machine Learning 85, section 6; here the row's problem is solved by Newton's method on its
 * optimality conditions in ln p, which never leaves the simplex.
 * @param codes class number per row.
 * @param norms Σ v² per row, the intercept's 1 included.
 */
export function softmaxDual(
  x: Csr,
  codes: Int32Array,
  classes: number,
  norms: Float64Array,
  { c, tolerance, maxPasses, random }: SoftmaxDualOptions,
): Float64Array[] {
  const { rows: n, cols } = x;
  const k = classes;
  /** All classes of a column together; the intercepts come last. */
  const table = new Float64Array((cols + 1) * k);
  const chance = new Float64Array(n * k);
  const log = new Float64Array(n * k);
  const calm = new Uint8Array(n);
  const score = new Float64Array(k);
  const moved = new Float64Array(k);
  const goal = new Float64Array(k);
  const { read, add } = k === 3 ? threeWide(x, table) : wide(x, k, table);
  const most = 1 - (k - 1) * START;
  for (let i = 0; i < n; i++) {
    for (let q = 0; q < k; q++) {
      const p = q === codes[i]! ? most : START;
      chance[i * k + q] = p;
      log[i * k + q] = Math.log(p);
      moved[q] = c * ((q === codes[i]! ? 1 : 0) - p);
    }
    add(i, moved);
  }
  const index = random.permutation(n);
  let active = n;
  let inner = Math.max(tolerance, 0.3);
  for (let pass = 0; pass < maxPasses; pass++) {
    if (pass > 0) random.shuffle(index, active);
    const whole = active === n;
    let worst = 0;
    for (let s = 0; s < active; s++) {
      const i = index[s]!;
      read(i, score);
      const own = i * k;
      let high = Number.NEGATIVE_INFINITY;
      let low = Number.POSITIVE_INFINITY;
      for (let q = 0; q < k; q++) {
        const gap = log[own + q]! - score[q]!;
        if (gap > high) high = gap;
        if (gap < low) low = gap;
      }
      const now = high - low;
      if (now > worst) worst = now;
      if (now < inner) {
        if (++calm[i]! >= SETTLED) {
          calm[i] = 0;
          active--;
          index[s] = index[active]!;
          index[active] = i;
          s--;
        }
        continue;
      }
      calm[i] = 0;
      const a = c * norms[i]!;
      let lambda = 0;
      for (let q = 0; q < k; q++) {
        goal[q] = score[q]! + a * chance[own + q]!;
        moved[q] = chance[own + q]!;
      }
      for (let step = 0; step < STEPS; step++) {
        let surplus = -1;
        let pull = 0;
        let weight = 0;
        for (let q = 0; q < k; q++) {
          const p = moved[q]!;
          const residual = log[own + q]! + a * p - goal[q]! + lambda;
          const share = p / (1 + a * p);
          surplus += p;
          pull += share * residual;
          weight += share;
        }
        const shift = (surplus - pull) / weight;
        lambda += shift;
        let largest = 0;
        for (let q = 0; q < k; q++) {
          const p = moved[q]!;
          const residual = log[own + q]! + a * p - goal[q]! + lambda;
          let step1 = -residual / (1 + a * p);
          if (step1 > LONGEST) step1 = LONGEST;
          else if (step1 < -LONGEST) step1 = -LONGEST;
          if (Math.abs(step1) > largest) largest = Math.abs(step1);
          log[own + q] = log[own + q]! + step1;
          moved[q] = Math.exp(log[own + q]!);
        }
        if (largest < 0.1 * inner) break;
      }
      let total = 0;
      for (let q = 0; q < k; q++) total += moved[q]!;
      const logTotal = Math.log(total);
      for (let q = 0; q < k; q++) {
        const p = moved[q]! / total;
        log[own + q] = log[own + q]! - logTotal;
        moved[q] = c * (chance[own + q]! - p);
        chance[own + q] = p;
      }
      add(i, moved);
    }
    if (worst < inner || active === 0) {
      if (whole && worst <= tolerance) break;
      active = n;
      inner = Math.max(tolerance, inner * 0.3);
    }
  }
  return Array.from({ length: k }, (_, q) =>
    Float64Array.from({ length: cols + 1 }, (_, j) => table[j * k + q]!),
  );
}

/** A row's scores from the table, and a row's change added to it. */
interface TableAccess {
  read(i: number, score: Float64Array): void;
  add(i: number, change: Float64Array): void;
}

function wide({ cols, indptr, indices, values }: Csr, k: number, table: Float64Array): TableAccess {
  const base = cols * k;
  return {
    read: (i, score) => {
      for (let q = 0; q < k; q++) score[q] = table[base + q]!;
      for (let at = indptr[i]!; at < indptr[i + 1]!; at++) {
        const j = indices[at]! * k;
        const v = values[at]!;
        for (let q = 0; q < k; q++) score[q] = score[q]! + v * table[j + q]!;
      }
    },
    add: (i, change) => {
      for (let q = 0; q < k; q++) table[base + q] = table[base + q]! + change[q]!;
      for (let at = indptr[i]!; at < indptr[i + 1]!; at++) {
        const j = indices[at]! * k;
        const v = values[at]!;
        for (let q = 0; q < k; q++) table[j + q] = table[j + q]! + v * change[q]!;
      }
    },
  };
}

/** {@link wide} for three classes, such as a sentiment, in a third of the time. */
function threeWide({ cols, indptr, indices, values }: Csr, table: Float64Array): TableAccess {
  const base = cols * 3;
  return {
    read: (i, score) => {
      let a = table[base]!;
      let b = table[base + 1]!;
      let c = table[base + 2]!;
      const to = indptr[i + 1]!;
      for (let at = indptr[i]!; at < to; at++) {
        const j = indices[at]! * 3;
        const v = values[at]!;
        a += v * table[j]!;
        b += v * table[j + 1]!;
        c += v * table[j + 2]!;
      }
      score[0] = a;
      score[1] = b;
      score[2] = c;
    },
    add: (i, change) => {
      const [a, b, c] = [change[0]!, change[1]!, change[2]!];
      table[base] = table[base]! + a;
      table[base + 1] = table[base + 1]! + b;
      table[base + 2] = table[base + 2]! + c;
      const to = indptr[i + 1]!;
      for (let at = indptr[i]!; at < to; at++) {
        const j = indices[at]! * 3;
        const v = values[at]!;
        table[j] = table[j]! + v * a;
        table[j + 1] = table[j + 1]! + v * b;
        table[j + 2] = table[j + 2]! + v * c;
      }
    },
  };
}
