/**
 * The peer: the MAP of the mixed logistic model (channel, day part, features × channel,
 * contact × channel) that is TOLD every true variance, as a ridge with scaled columns would find it.
 * Written apart from the product's code.
 */
import { DAY_PARTS } from '../../src/core/channel.ts';
import { SD, type Simulation } from './channel-simulator.ts';

/** Log-odds per contact and channel, the day parts' mean left out. */
export function referenceScores({ features, channels, touches }: Simulation): number[][] {
  const width = channels.length;
  const columns = features[0]?.length ?? 0;
  const p = width + DAY_PARTS.length + columns * width;
  const scales = columnScales(features);
  const rowOf = (contact: number, c: number, part: number): [number, number][] => [
    [c, 1],
    ...(part < 0 ? [] : ([[width + part, 1]] as [number, number][])),
    ...(features[contact] ?? []).flatMap((value, j): [number, number][] => {
      const { mean, sd } = scales[j] ?? { mean: 0, sd: 1 };
      const at = width + DAY_PARTS.length + j * width + c;
      return [[at, (value - mean) / sd]];
    }),
  ];
  const variance = Array.from({ length: p }, (_, j) =>
    j < width ? 100 : j < width + DAY_PARTS.length ? SD.dayPart ** 2 : SD.observable ** 2 / columns,
  );
  const cells = new Map<number, SimTouch[]>();
  for (const touch of touches) {
    const key = touch.contact * width + touch.channel;
    cells.set(key, [...(cells.get(key) ?? []), touch]);
  }
  const w = new Array<number>(p).fill(0);
  const own = new Map<number, number>();
  for (let iteration = 0; iteration < 25; iteration++) {
    const h = Array.from({ length: p }, (_, j) => {
      const row = new Float64Array(p);
      row[j] = 1 / (variance[j] ?? 1);
      return row;
    });
    const g = w.map((value, j) => -value / (variance[j] ?? 1));
    const later: { key: number; gradient: number; curvature: number; cross: Float64Array }[] = [];
    for (const [key, list] of cells) {
      const contact = Math.floor(key / width);
      const b = own.get(key) ?? 0;
      let gradient = -b / SD.personal ** 2;
      let curvature = 1 / SD.personal ** 2;
      const cross = new Float64Array(p);
      for (const touch of list) {
        const x = rowOf(contact, key % width, touch.part);
        const eta = x.reduce((sum, [j, v]) => sum + (w[j] ?? 0) * v, b);
        const mu = 1 / (1 + Math.exp(-eta));
        const weight = mu * (1 - mu);
        gradient += (touch.replied ? 1 : 0) - mu;
        curvature += weight;
        for (const [j, v] of x) {
          g[j] = (g[j] ?? 0) + v * ((touch.replied ? 1 : 0) - mu);
          cross[j] = (cross[j] ?? 0) + weight * v;
          const row = h[j] as Float64Array;
          for (const [k, u] of x) row[k] = (row[k] ?? 0) + weight * v * u;
        }
      }
      const support = [...cross.keys()].filter((j) => cross[j] !== 0);
      for (const j of support) {
        const pull = (cross[j] ?? 0) / curvature;
        g[j] = (g[j] ?? 0) - pull * gradient;
        const row = h[j] as Float64Array;
        for (const k of support) row[k] = (row[k] ?? 0) - pull * (cross[k] ?? 0);
      }
      later.push({ key, gradient, curvature, cross });
    }
    const step = solved(h, g);
    step.forEach((s, j) => {
      w[j] = (w[j] ?? 0) + s;
    });
    for (const { key, gradient, curvature, cross } of later) {
      const shared = cross.reduce((sum, value, j) => sum + value * (step[j] ?? 0), 0);
      own.set(key, (own.get(key) ?? 0) + (gradient - shared) / curvature);
    }
    if (Math.max(...step.map(Math.abs)) < 1e-6) break;
  }
  return features.map((_, contact) =>
    channels.map((_, c) =>
      rowOf(contact, c, -1).reduce(
        (sum, [j, v]) => sum + (w[j] ?? 0) * v,
        own.get(contact * width + c) ?? 0,
      ),
    ),
  );
}
type SimTouch = Simulation['touches'][number];

function columnScales(features: readonly (readonly number[])[]) {
  return (features[0] ?? []).map((_, j) => {
    const column = features.map((row) => row[j] ?? 0);
    const mean = column.reduce((a, b) => a + b, 0) / column.length;
    const squares = column.reduce((sum, v) => sum + (v - mean) ** 2, 0);
    return { mean, sd: Math.sqrt(squares / column.length) || 1 };
  });
}

/** Gaussian elimination; the system is positive definite. */
function solved(rows: Float64Array[], right: readonly number[]): number[] {
  const n = right.length;
  const a = rows.map((row) => Float64Array.from(row));
  const b = [...right];
  for (let k = 0; k < n; k++) {
    const pivot = a[k] as Float64Array;
    for (let i = k + 1; i < n; i++) {
      const row = a[i] as Float64Array;
      const factor = (row[k] ?? 0) / (pivot[k] ?? 1);
      if (factor === 0) continue;
      for (let j = k; j < n; j++) row[j] = (row[j] ?? 0) - factor * (pivot[j] ?? 0);
      b[i] = (b[i] ?? 0) - factor * (b[k] ?? 0);
    }
  }
  for (let k = n - 1; k >= 0; k--) {
    const row = a[k] as Float64Array;
    let sum = b[k] ?? 0;
    for (let j = k + 1; j < n; j++) sum -= (row[j] ?? 0) * (b[j] ?? 0);
    b[k] = sum / (row[k] ?? 1);
  }
  return b;
}
