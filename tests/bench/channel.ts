/**
 * Channel choice against a known truth: writes simulated touches as files, runs
 * `rapport evaluate channel` on them as a user would, and compares its recommendations with the
 * truth and with a peer that is told the true variances.
 * `--unknown 0.1` leaves the features of one contact in ten empty; the peer is still told them.
 * With `--keep` the files stay, and runs that the folder already holds are not made again.
 * Usage: npm run bench:channel [-- --medians 3,8,20 --seeds 5 --contacts 5000 --day-part shared --insight 0 --unknown 0 --keep dir] [--json]
 */
import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs, promisify } from 'node:util';
import { parse } from 'csv-parse/sync';
import { stringify } from 'csv-stringify/sync';
import { DAY_PARTS, type DayPart } from '../../src/core/channel.ts';
import { sigmoid } from '../../src/ml/linear/logistic-regression.ts';
import { referenceScores } from './channel-reference.ts';
import { type Simulation, simulate } from './channel-simulator.ts';

const run = promisify(execFile);
const { values: options } = parseArgs({
  options: {
    medians: { type: 'string', default: '3,8,20' },
    seeds: { type: 'string', default: '5' },
    contacts: { type: 'string', default: '5000' },
    'day-part': { type: 'string', default: 'shared' },
    insight: { type: 'string', default: '0' },
    unknown: { type: 'string', default: '0' },
    keep: { type: 'string' },
    json: { type: 'boolean', default: false },
  },
});

interface Answer {
  readonly log_loss: number;
  readonly auc: number;
  readonly ece: number;
  readonly fit_s: number;
  readonly evidence: Readonly<Record<string, number>>;
  readonly spread: Readonly<Record<string, number>>;
  readonly recommended: { readonly dr: { estimate: number; ci_low: number; ci_high: number } };
}
interface Recommendation {
  readonly contact_id: string;
  readonly channel: string;
  readonly day_part: DayPart;
  readonly chance: string;
  readonly low: string;
  readonly high: string;
  readonly evidence: string;
}

async function main(): Promise<void> {
  const root = options.keep ?? (await mkdtemp(join(tmpdir(), 'rapport-channel-')));
  const rows: Row[] = [];
  try {
    for (const median of options.medians.split(',').map(Number))
      for (let seed = 1; seed <= Number(options.seeds); seed++) {
        rows.push(await once(median, seed, join(root, folderOf(median, seed))));
        if (!options.json) print(rows.at(-1) as Row);
      }
  } finally {
    if (options.keep === undefined) await rm(root, { recursive: true, force: true });
  }
  if (options.json) console.log(JSON.stringify(rows));
  else for (const median of new Set(rows.map((r) => r.median))) printMean(median, rows);
}

type Row = Awaited<ReturnType<typeof oneRun>>;

/** Runs of other options never share a folder. */
const folderOf = (median: number, seed: number): string =>
  `contacts-${options.contacts}-${options['day-part']}-insight-${options.insight}-unknown-${options.unknown}-median-${median}-seed-${seed}`;

async function once(median: number, seed: number, folder: string): Promise<Row> {
  const file = join(folder, 'row.json');
  const known = await readFile(file, 'utf8').catch(() => null);
  if (known !== null) return JSON.parse(known) as Row;
  process.stderr.write(`median ${median}, seed ${seed} …\n`);
  const row = await oneRun(median, seed, folder);
  await writeFile(file, JSON.stringify(row));
  return row;
}

async function oneRun(median: number, seed: number, folder: string) {
  const sim = simulate({
    contacts: Number(options.contacts),
    median,
    seed,
    dayPart: options['day-part'] === 'personal' ? 'personal' : 'shared',
    insight: Number(options.insight),
  });
  await writeFiles(sim, folder);
  const recs = join(folder, 'recs.csv');
  const files = ['--data', join(folder, 'touches.csv'), '--contacts', join(folder, 'contacts.csv')];
  const { stdout } = await run(process.execPath, [
    'bin/rapport.mjs',
    'evaluate',
    'channel',
    ...files,
    '--recommendations-out',
    recs,
    '--json',
  ]);
  const answer = JSON.parse(stdout) as Answer;
  const advice = parse(await readFile(recs), { columns: true }) as Recommendation[];
  return { median, seed, touches: sim.touches.length, ...compare(sim, advice), ...answer };
}

async function writeFiles(sim: Simulation, folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  const id = (contact: number): string => `c${contact + 1}`;
  const touches = sim.touches.map((t) => ({
    contact_id: id(t.contact),
    touched_at: t.at.toISOString().slice(0, 19),
    channel: sim.channels[t.channel],
    rep_id: `rep${t.rep}`,
    replied: t.replied ? 1 : 0,
  }));
  const contacts = sim.features.map((row, i) => {
    const facts: Record<string, string> = { contact_id: id(i) };
    const known = (i % 100) + 1 > 100 * Number(options.unknown);
    sim.numeric.forEach((name, j) => {
      facts[name] = known ? (row[j] ?? 0).toFixed(4) : '';
    });
    let at = sim.numeric.length;
    for (const { name, levels } of sim.named) {
      facts[name] = (known ? levels.find((_, l) => row[at + l] === 1) : undefined) ?? '';
      at += levels.length;
    }
    return facts;
  });
  const truth = sim.truth.flatMap((channels, i) =>
    channels.flatMap((parts, c) =>
      parts.map((logit, d) => ({
        contact_id: id(i),
        channel: sim.channels[c],
        day_part: DAY_PARTS[d],
        chance: sigmoid(logit),
      })),
    ),
  );
  await writeFile(join(folder, 'touches.csv'), stringify(touches, { header: true }));
  await writeFile(join(folder, 'contacts.csv'), stringify(contacts, { header: true }));
  await writeFile(join(folder, 'truth.csv'), stringify(truth, { header: true }));
}

/** Everything a truth can say of the recommendations; regret is a mean over contacts. */
function compare(sim: Simulation, advice: readonly Recommendation[]) {
  const chance = sim.truth.map((channels) =>
    channels.map((parts) => parts.reduce((sum, l) => sum + sigmoid(l), 0) / parts.length),
  );
  const mean = (of: (contact: number) => number): number =>
    chance.reduce((sum, _, i) => sum + of(i), 0) / chance.length;
  const top = (values: readonly number[]): number =>
    values.reduce((best, v, c) => (v > (values[best] ?? 0) ? c : best), 0);
  const regret = (pick: (contact: number) => number): number =>
    mean((i) => Math.max(...(chance[i] ?? [])) - (chance[i]?.[pick(i)] ?? 0));
  const single = top(sim.channels.map((_, c) => mean((i) => chance[i]?.[c] ?? 0)));
  const used = sim.channels.map((_, c) => sim.touches.filter((t) => t.channel === c).length);
  const worked = new Map<number, number>();
  const often = chance.map(() => sim.channels.map(() => 0));
  for (const t of sim.touches) {
    if (t.replied) worked.set(t.contact, t.channel);
    const mine = often[t.contact];
    if (mine !== undefined) mine[t.channel] = (mine[t.channel] ?? 0) + 1;
  }
  const peer = referenceScores(sim);
  const places = new Map(advice.map((r) => [Number(r.contact_id.slice(1)) - 1, r]));
  if (places.size !== chance.length) throw new Error('a contact has no recommendation');
  const recommended = (i: number): number => sim.channels.indexOf(places.get(i)?.channel ?? '');
  const bestSingle = regret(() => single);
  const judged = [...places].map(([i, r]) => {
    const logit = sim.truth[i]?.[recommended(i)]?.[DAY_PARTS.indexOf(r.day_part)] ?? Number.NaN;
    const truth = sigmoid(logit);
    return {
      evidence: r.evidence,
      inside: truth >= Number(r.low) && truth <= Number(r.high) ? 1 : 0,
      error: Math.abs(truth - Number(r.chance)),
    };
  });
  const average = (list: readonly number[]): number =>
    list.reduce((a, b) => a + b, 0) / Math.max(1, list.length);
  const errors = Object.fromEntries(
    ['personal', 'similar', 'everyone'].map((e) => [
      e,
      average(judged.filter((j) => j.evidence === e).map((j) => j.error)),
    ]),
  );
  return {
    regretBestSingle: bestSingle,
    ratio: regret(recommended) / bestSingle,
    ratioPeer: regret((i) => top(peer[i] ?? [])) / bestSingle,
    ratioLastWorked: regret((i) => worked.get(i) ?? top(used)) / bestSingle,
    ratioOwnMostUsed: regret((i) => top(often[i] ?? [])) / bestSingle,
    ratioMostCommon: regret(() => top(used)) / bestSingle,
    coverage: average(judged.map((j) => j.inside)),
    errors,
    trueValue: mean((i) => chance[i]?.[recommended(i)] ?? 0),
  };
}

const shown = (value: number | undefined, digits = 3): string => (value ?? 0).toFixed(digits);

function print(r: Row): void {
  console.log(
    `median ${r.median}, seed ${r.seed}, ${r.touches} touches: regret ratio ${shown(r.ratio)} (peer ${shown(r.ratioPeer)}), ` +
      `last worked ${shown(r.ratioLastWorked)}, own most used ${shown(r.ratioOwnMostUsed)}, most common ${shown(r.ratioMostCommon)}; ` +
      `coverage ${shown(r.coverage)}; log-loss ${shown(r.log_loss)}, AUC ${shown(r.auc)}, ECE ${shown(r.ece)}; fit ${shown(r.fit_s, 1)} s\n` +
      `    error personal ${shown(r.errors['personal'])} (${r.evidence['personal']}), similar ${shown(r.errors['similar'])} (${r.evidence['similar']}), ` +
      `everyone ${shown(r.errors['everyone'])} (${r.evidence['everyone']}); spread ${Object.entries(
        r.spread,
      )
        .map(([name, sd]) => `${name} ${shown(sd, 2)}`)
        .join(
          ', ',
        )}; DR ${shown(r.recommended.dr.estimate)} (${shown(r.recommended.dr.ci_low)}–${shown(r.recommended.dr.ci_high)}), true ${shown(r.trueValue)}`,
  );
}

function printMean(median: number, rows: readonly Row[]): void {
  const mine = rows.filter((r) => r.median === median);
  const mean = (of: (r: Row) => number): number =>
    mine.reduce((sum, r) => sum + of(r), 0) / mine.length;
  console.log(
    `mean of ${mine.length} seeds, median ${median}: ratio ${shown(mean((r) => r.ratio))}, peer ${shown(mean((r) => r.ratioPeer))}, ` +
      `gap ${shown(mean((r) => r.ratio - r.ratioPeer))} (worst ${shown(Math.max(...mine.map((r) => r.ratio - r.ratioPeer)))}), ` +
      `last worked ${shown(mean((r) => r.ratioLastWorked))}, most common ${shown(mean((r) => r.ratioMostCommon))}, ` +
      `coverage ${shown(Math.min(...mine.map((r) => r.coverage)))}–${shown(Math.max(...mine.map((r) => r.coverage)))}, ` +
      `worst ECE ${shown(Math.max(...mine.map((r) => r.ece)))}, slowest fit ${shown(Math.max(...mine.map((r) => r.fit_s)), 1)} s`,
  );
}

await main();
