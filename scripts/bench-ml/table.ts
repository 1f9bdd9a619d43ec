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

/** A markdown page: one line per case, time and memory as ratios of ours to the peer's. */
export function renderTable(rows: readonly Row[], where: string): string {
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
  return [
    '# Performance',
    '',
    `Measured by \`npm run bench:ml -- --peer sklearn\`. ${where} Times are seconds of the work itself; other work on the machine moves them, so trust the ratios.`,
    '',
    '| Work | ours s | peer s | ours ÷ peer | aim | ours MB | peer MB | ours quality | peer quality |',
    '|---|---|---|---|---|---|---|---|---|',
    ...lines,
    '',
  ].join('\n');
}
