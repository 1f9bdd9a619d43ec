/** `rapport evaluate segments`: groups of similar rows in the user's own table. */
import { writeFile } from 'node:fs/promises';
import { Command, Option } from 'commander';
import { RapportError } from '../../core/errors.ts';
import { Dbscan } from '../../ml/cluster/dbscan.ts';
import { inertiaAroundMeans } from '../../ml/cluster/inertia.ts';
import { KMeans, type KMeansFit } from '../../ml/cluster/kmeans.ts';
import { sampleRows } from '../../ml/cluster/kmeans-runs.ts';
import { searchK } from '../../ml/cluster/kmeans-search.ts';
import { MiniBatchKMeans } from '../../ml/cluster/minibatch-kmeans.ts';
import { silhouette } from '../../ml/cluster/silhouette.ts';
import { bootstrapStability } from '../../ml/cluster/stability.ts';
import { Pca } from '../../ml/decompose/pca.ts';
import type { Matrix } from '../../ml/matrix.ts';
import { sharedDoubles } from '../../ml/parallel.ts';
import { fitScaler } from '../../ml/preprocess/scaler.ts';
import { numberOption, onUserData } from './config-error.ts';
import { progress, type Reported, report } from './report.ts';
import { readTable, type Table } from './table.ts';

export interface SegmentsOptions extends Reported {
  readonly data: string;
  readonly columns: string;
  readonly scale: 'z' | 'none';
  readonly components?: string;
  readonly k: string;
  readonly nInit: string;
  readonly method: 'kmeans' | 'minibatch' | 'dbscan';
  readonly eps: string;
  readonly minSamples: string;
  readonly seed: string;
  readonly labelsOut?: string;
}

/** What every method answers; `stability` is null where clusters are not drawn from random starts. */
interface Segments {
  readonly k: number;
  readonly inertia: number;
  readonly silhouette: number;
  readonly stability: number | null;
  readonly labels: ArrayLike<number>;
  readonly extra?: object;
}

/** Rows the silhouette and the stability of a given k look at. */
const SILHOUETTE_ROWS = 10_000;

export function segmentsCommand(): Command {
  return new Command('segments')
    .description('groups of similar rows, and whether they are real')
    .requiredOption('--data <file>', '.csv or .jsonl, also .gz')
    .requiredOption('--columns <names>', 'numeric columns, separated by commas')
    .addOption(
      new Option('--scale <how>', 'standard deviations, or as they are')
        .choices(['z', 'none'])
        .default('z'),
    )
    .option('--components <n>', 'group by the first principal components, after scaling')
    .option('--k <n>', 'number of groups, or auto (2 to 10)', 'auto')
    .option('--n-init <n>', 'starts, of which the best is kept', '10')
    .addOption(
      new Option('--method <name>', 'how groups are found')
        .choices(['kmeans', 'minibatch', 'dbscan'])
        .default('kmeans'),
    )
    .option('--eps <distance>', 'dbscan: radius, after scaling', '0.5')
    .option('--min-samples <n>', 'dbscan: rows within the radius that make a core', '5')
    .option('--seed <n>', 'of every random choice', '1')
    .option('--labels-out <file>', 'writes the group of every row (.csv)')
    .option('--json', 'one JSON object')
    .action(async (options: SegmentsOptions) => report(await evaluateSegments(options), options));
}

export async function evaluateSegments(options: SegmentsOptions): Promise<object> {
  const table = await readTable(options.data);
  const columns = options.columns.split(',').map((name) => name.trim());
  const { x, pca } = projected(scaled(table, columns, options.scale), columns, options);
  progress(`${x.rows} rows, ${columns.length} columns`);
  const begun = performance.now();
  const { labels, extra, ...found } = onUserData(options.data, () =>
    options.method === 'dbscan' ? byDensity(x, options) : byCentres(x, options),
  );
  const fitS = (performance.now() - begun) / 1000;
  if (options.labelsOut !== undefined) await writeLabels(options.labelsOut, labels);
  const sizes = new Array<number>(found.k).fill(0);
  let noise = 0;
  for (let i = 0; i < labels.length; i++) {
    const label = labels[i] ?? -1;
    if (label < 0) noise++;
    else sizes[label] = (sizes[label] ?? 0) + 1;
  }
  return { method: options.method, n: x.rows, ...found, sizes, noise, pca, fit_s: fitS, ...extra };
}

/** The columns side by side, in shared memory. */
function scaled(table: Table, columns: readonly string[], scale: SegmentsOptions['scale']): Matrix {
  const twice = columns.find((name, j) => columns.indexOf(name) !== j);
  if (twice !== undefined)
    throw new RapportError('config_invalid', `${table.file}: column "${twice}" is named twice.`);
  const cols = columns.length;
  const x: Matrix = { rows: table.rows, cols, data: sharedDoubles(table.rows * cols) };
  columns.forEach((name, j) => {
    table.numbers(name).forEach((value, i) => {
      x.data[i * cols + j] = value;
    });
  });
  if (scale === 'none') return x;
  const { mean, sd } = fitScaler(x, columns);
  for (let i = 0; i < x.data.length; i++) {
    const j = i % cols;
    x.data[i] = ((x.data[i] ?? 0) - (mean[j] ?? 0)) / (sd[j] ?? 1);
  }
  return x;
}

/** The first principal components in place of the columns, and what they are made of; null without. */
function projected(
  x: Matrix,
  columns: readonly string[],
  { components, data }: SegmentsOptions,
): { readonly x: Matrix; readonly pca: object | null } {
  if (components === undefined) return { x, pca: null };
  const wanted = wholeNumber('components', components, 1);
  const model = onUserData(data, () => new Pca({ components: wanted }).fit(x, columns));
  const pca = {
    explained_share: model.explainedRatio,
    loadings: model.components.map((row) =>
      Object.fromEntries(row.map((value, j) => [columns[j] ?? '', value])),
    ),
  };
  return { x: model.transform(x), pca };
}

function byCentres(x: Matrix, options: SegmentsOptions): Segments {
  const seed = wholeNumber('seed', options.seed, 0);
  const starts = wholeNumber('n-init', options.nInit, 1);
  if (options.k === 'auto') {
    if (options.method === 'minibatch')
      throw new RapportError('config_invalid', '--method minibatch needs a number in --k.');
    const { model, labels, best, stable, tried } = searchK(x, {
      starts,
      seed,
      onTried: (t) =>
        progress(
          `k ${t.k}: silhouette ${t.silhouette.toFixed(3)}, stability ${t.stability.toFixed(3)}`,
        ),
    });
    return {
      ...best,
      inertia: model.inertia,
      labels,
      extra: { stable, verdict: verdict(stable), tried },
    };
  }
  const k = wholeNumber('k', options.k, 1);
  const fit: KMeansFit =
    options.method === 'minibatch'
      ? new MiniBatchKMeans({ k, starts: Math.min(starts, 3), seed }).fit(x)
      : new KMeans({ k, starts, seed }).fit(x);
  return {
    k,
    inertia: fit.model.inertia,
    silhouette: sampledSilhouette(x, fit.labels, seed),
    stability: bootstrapStability(x, fit.model.centroids, { seed }),
    labels: fit.labels,
    extra: { iterations: fit.model.iterations },
  };
}

const verdict = (stable: boolean): string =>
  stable
    ? 'the groups come back when the rows are drawn again'
    : 'no number of groups is stable: a convenient cut, not groups that are there';

function byDensity(x: Matrix, options: SegmentsOptions): Segments {
  const eps = numberOption('eps', options.eps, 0, Number.MAX_VALUE);
  if (eps === 0) throw new RapportError('config_invalid', '--eps must be above 0.');
  const minSamples = wholeNumber('min-samples', options.minSamples, 1);
  const { labels, clusters } = new Dbscan({ eps, minSamples }).fit(x);
  return {
    k: clusters,
    inertia: inertiaAroundMeans(x, labels, clusters),
    silhouette: sampledSilhouette(x, labels, wholeNumber('seed', options.seed, 0)),
    stability: null,
    labels,
  };
}

function sampledSilhouette(x: Matrix, labels: ArrayLike<number>, seed: number): number {
  const looked = sampleRows(x, SILHOUETTE_ROWS, seed);
  return silhouette(
    looked.x,
    Int32Array.from(looked.rows, (row) => labels[row] ?? -1),
  );
}

async function writeLabels(file: string, labels: ArrayLike<number>): Promise<void> {
  const text = `row,segment\n${Array.from(labels, (label, i) => `${i + 1},${label}\n`).join('')}`;
  await writeFile(file, text).catch((cause: unknown) => {
    throw new RapportError('config_invalid', `${file}: the file cannot be written.`, { cause });
  });
}

function wholeNumber(name: string, text: string, least: number): number {
  const value = numberOption(name, text, least, 2 ** 31 - 1);
  if (Number.isInteger(value)) return value;
  throw new RapportError('config_invalid', `--${name} must be a whole number, not "${text}".`);
}
