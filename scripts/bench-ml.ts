/**
 * Our methods beside scikit-learn's: the same work on the same data, alternating, one process per run.
 * Usage: npm run bench:ml -- --datasets DIR [--peer sklearn --peers DIR] [--only svm] [--rep 5] [--out FILE]
 * The folders may also be given as RAPPORT_BENCH_DATASETS and RAPPORT_BENCH_PEERS.
 */
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { cpus } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import type { BenchCase, BenchRun } from './bench-ml/case.ts';
import { type Row, renderTable, withTable } from './bench-ml/table.ts';

/** Files of `bench-ml/` that export `cases`. */
const FILES = ['text', 'tables', 'clusters', 'others'] as const;
const ROOT = process.cwd();
const PYTHON = process.env['RAPPORT_BENCH_PYTHON'] ?? '/usr/bin/python3';

type Measured = BenchRun & { readonly peakRssMb: number };

/** File and cases; a run loads its own file only, so that it carries no other case's memory. */
async function casesOf(files: readonly string[]): Promise<{ file: string; bench: BenchCase }[]> {
  const found: { file: string; bench: BenchCase }[] = [];
  for (const file of files) {
    const url = new URL(`./bench-ml/${file}.js`, import.meta.url);
    if (!existsSync(url)) continue;
    const { cases } = (await import(url.href)) as { cases: readonly BenchCase[] };
    found.push(...cases.map((bench) => ({ file, bench })));
  }
  return found;
}

function run(command: string, args: readonly string[], cwd: string): Promise<string> {
  return new Promise((done, failed) => {
    const child = spawn(command, args, { cwd, stdio: ['ignore', 'pipe', 'inherit'] });
    let out = '';
    child.stdout.on('data', (chunk: Buffer) => {
      out += chunk.toString('utf8');
    });
    child.on('error', failed);
    child.on('exit', (code) =>
      code === 0 ? done(out) : failed(new Error(`${command} ${args.join(' ')} ended with ${code}`)),
    );
  });
}

const lastLine = (out: string): Record<string, unknown> =>
  JSON.parse(out.trim().split('\n').at(-1) ?? '{}') as Record<string, unknown>;

async function runOurs(name: string, file: string, datasets: string): Promise<Measured> {
  const self = fileURLToPath(import.meta.url);
  const out = await run(
    process.execPath,
    [self, '--run', name, '--file', file, '--datasets', datasets],
    ROOT,
  );
  return lastLine(out) as unknown as Measured;
}

async function runPeer(
  peer: NonNullable<BenchCase['peer']>,
  datasets: string,
  peers: string,
): Promise<Measured> {
  const script = existsSync(join(peers, peer.script))
    ? join(peers, peer.script)
    : resolve(ROOT, peer.script);
  const args = peer.args.map((arg) => arg.replace('$DATA', datasets));
  const line = lastLine(await run(PYTHON, [script, ...args], peers));
  return { ...peer.read(line), peakRssMb: Number(line['peak_rss_mb'] ?? Number.NaN) };
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const half = sorted.length >> 1;
  return sorted.length % 2 === 1
    ? (sorted[half] ?? Number.NaN)
    : ((sorted[half - 1] ?? Number.NaN) + (sorted[half] ?? Number.NaN)) / 2;
}

/** Median seconds and memory; quality is that of the last run, the same in every run. */
const summary = (runs: readonly Measured[]): Measured => ({
  seconds: median(runs.map((r) => r.seconds)),
  quality: runs.at(-1)?.quality ?? {},
  peakRssMb: median(runs.map((r) => r.peakRssMb)),
});

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      run: { type: 'string' },
      file: { type: 'string' },
      peer: { type: 'string' },
      only: { type: 'string' },
      rep: { type: 'string', default: '5' },
      out: { type: 'string', default: join('docs', 'performance.md') },
      datasets: { type: 'string', default: process.env['RAPPORT_BENCH_DATASETS'] ?? '' },
      peers: { type: 'string', default: process.env['RAPPORT_BENCH_PEERS'] ?? '' },
    },
  });
  if (!existsSync(values.datasets)) throw new Error('Say where the data sets are: --datasets DIR.');
  if (values.peer === 'sklearn' && !existsSync(values.peers))
    throw new Error("Say where the peer's scripts are: --peers DIR.");
  const datasets = resolve(values.datasets);
  const cases = await casesOf(values.file === undefined ? FILES : [values.file]);
  if (values.run !== undefined) {
    const chosen = cases.find(({ bench }) => bench.name === values.run)?.bench;
    if (chosen === undefined) throw new Error(`There is no case "${values.run}".`);
    const result = await chosen.ours(datasets);
    const peakRssMb = process.resourceUsage().maxRSS / 1024;
    console.log(JSON.stringify({ ...result, peakRssMb }));
    return;
  }
  const rows: Row[] = [];
  for (const { bench, file } of cases) {
    if (values.only !== undefined && !bench.name.includes(values.only)) continue;
    const ours: Measured[] = [];
    const theirs: Measured[] = [];
    for (let rep = 0; rep < Number(values.rep); rep++) {
      process.stderr.write(`${bench.name}, run ${rep + 1} of ${values.rep}\n`);
      ours.push(await runOurs(bench.name, file, datasets));
      if (bench.peer === undefined || values.peer !== 'sklearn') continue;
      try {
        theirs.push(await runPeer(bench.peer, datasets, resolve(values.peers)));
      } catch (error) {
        // A peer that lacks a package leaves its column empty; ours is still worth knowing.
        process.stderr.write(`${bench.name}: no peer, ${String(error)}\n`);
      }
    }
    rows.push({
      name: bench.name,
      ours: summary(ours),
      ...(theirs.length > 0 ? { peer: summary(theirs) } : {}),
      ...(bench.target === undefined ? {} : { target: bench.target }),
    });
  }
  const table = renderTable(rows);
  const how = `medians of ${values.rep}, alternating with the peer`;
  console.log(`Node ${process.versions.node}, ${cpus().length} cores, ${how}\n\n${table}`);
  if (values.only !== undefined) return;
  const page = resolve(ROOT, values.out);
  await writeFile(page, withTable(await readFile(page, 'utf8'), table));
}

await main();
