/** The table of docs/performance.md. */
import type { BenchRun } from './case.ts';

type Measured = BenchRun & { readonly peakRssMb: number };

export interface Row {
  readonly name: string;
  readonly ours: Measured;
  readonly peer?: Measured;
  readonly target?: number;
}

const number = (value: number | undefined): string =>
  value === undefined || !Number.isFinite(value) ? '–' : String(Number(value.toPrecision(4)));

const quality = (measured: Measured | undefined): string =>
  Object.entries(measured?.quality ?? {})
    .map(([name, value]) => `${name} ${number(value)}`)
    .join(', ') || '–';

const HEAD =
  '| Work | ours s | peer s | ours ÷ peer | aim | ours MB | peer MB | ours quality | peer quality |';

/** One line per case, time and memory as ratios of ours to the peer's. */
export function renderTable(rows: readonly Row[]): string {
  const lines = rows.map(({ name, ours, peer, target }) => {
    const cells = [
      name,
      number(ours.seconds),
      number(peer?.seconds),
      peer === undefined ? '–' : number(ours.seconds / peer.seconds),
      target === undefined ? '–' : `≤ ${target}`,
      number(Math.round(ours.peakRssMb)),
      peer === undefined ? '–' : number(Math.round(peer.peakRssMb)),
      quality(ours),
      quality(peer),
    ];
    return `| ${cells.join(' | ')} |`;
  });
  return [HEAD, '|---|---|---|---|---|---|---|---|---|', ...lines].join('\n');
}

/** The page with its table in place of the old one; what stands around it stays. */
export function withTable(page: string, table: string): string {
  const from = page.indexOf(HEAD);
  if (from < 0) throw new Error('The page has no table to put this in the place of.');
  const end = page.indexOf('\n\n', from);
  return page.slice(0, from) + table + (end < 0 ? '\n' : page.slice(end));
}
