/** The inner loops of Lloyd's algorithm on a chunk of rows; run by any thread. */
import type { Kernel } from '../parallel.ts';
import { assignEight, trackEight } from './lloyd-eight.ts';
import {
  CHUNK_ROWS,
  gap,
  halfNorms,
  INERTIA,
  type LloydData,
  NO_LABEL,
  relabel,
  TRACK,
} from './lloyd-rows.ts';

/**
 * Keeps the distance between a row's nearest and second nearest centre (Hamerly 2010, "Making
 * k-means even faster"), stored with the drift so far so that skipped rows need no update.
 */
export function lloydChunk(data: LloydData, chunk: number): void {
  if (data.phase[0] === INERTIA) measure(data, chunk);
  else if (data.d !== 8) track(data, chunk);
  else if (data.phase[0] === TRACK) trackEight(data, chunk);
  else assignEight(data, chunk);
}

export const LLOYD: Kernel<LloydData> = {
  module: import.meta.url,
  name: lloydChunk.name,
  run: lloydChunk,
};

function track(data: LloydData, chunk: number): void {
  const { x, d, k, origin, centres, labels, slack, drift } = data;
  const half = halfNorms(data);
  const row = new Float64Array(d);
  const last = Math.min(data.n, (chunk + 1) * CHUNK_ROWS);
  const widest = drift[k]!;
  let moved = 0;
  for (let i = chunk * CHUNK_ROWS; i < last; i++) {
    const was = labels[i]!;
    if (was !== NO_LABEL && slack[i]! > drift[was]! + widest) continue;
    const at = i * d;
    let square = 0;
    for (let j = 0; j < d; j++) {
      const value = x[at + j]! - origin[j]!;
      row[j] = value;
      square += value * value;
    }
    let nearest = Number.POSITIVE_INFINITY;
    let second = Number.POSITIVE_INFINITY;
    let own = 0;
    for (let c = 0, w = 0; c < k; c++, w += d) {
      let dot = 0;
      for (let j = 0; j < d; j++) dot += row[j]! * centres[w + j]!;
      const value = half[c]! - dot;
      if (value < nearest) {
        second = nearest;
        nearest = value;
        own = c;
      } else if (value < second) second = value;
    }
    slack[i] = gap(nearest, second, square, drift[own]! + widest);
    if (was === own) continue;
    moved++;
    relabel(data, chunk, i, own);
  }
  data.moved[chunk] = moved;
}

function measure(data: LloydData, chunk: number): void {
  const { x, d, origin, centres, labels } = data;
  const last = Math.min(data.n, (chunk + 1) * CHUNK_ROWS);
  let sum = 0;
  for (let i = chunk * CHUNK_ROWS; i < last; i++) {
    const at = i * d;
    const w = labels[i]! * d;
    for (let j = 0; j < d; j++) {
      const off = x[at + j]! - origin[j]! - centres[w + j]!;
      sum += off * off;
    }
  }
  data.inertia[chunk] = sum;
}
