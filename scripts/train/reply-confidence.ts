/**
 * Fits how sure a FAQ match is (src/models/reply.ts) on Banking77 (CC BY 4.0): one question per known
 * intent is the FAQ, the training rows are asked, three intents in ten have no entry. Reports on the
 * stored test rows. Usage: RAPPORT_BENCH_DATASETS=<folder> node dist/scripts/train/reply-confidence.js
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DEFAULT_SERVICE_RULES } from '../../src/core/service.ts';
import { createRandom } from '../../src/ml/random.ts';
import { TextIndex } from '../../src/models/case-index.ts';
import { confidenceOf } from '../../src/models/reply.ts';

const DRAWS = 12;
const UNKNOWN_SHARE = 0.3;
const STEPS = 4_000;
const RATE = 0.5;

interface Row {
  readonly text: string;
  readonly label: string;
  readonly split: string;
}
/** One question asked: cosine of the likeliest entry, its lead, and whether it was the right one. */
type Case = readonly [cosine: number, lead: number, right: 0 | 1];

const folder = process.env['RAPPORT_BENCH_DATASETS'];
if (folder === undefined) {
  console.error('set RAPPORT_BENCH_DATASETS to the folder of the data sets');
  process.exit(2);
}
const rows = readFileSync(join(folder, 'intent_en_banking77.jsonl'), 'utf8')
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line) as Row);
const train = rows.filter((r) => r.split === 'train');
const test = rows.filter((r) => r.split === 'test');
const intents = [...new Set(train.map((r) => r.label))].sort();

function ask(queries: readonly Row[], seed: number): Case[] {
  const random = createRandom(seed);
  const known = intents.filter(() => random.next() >= UNKNOWN_SHARE);
  const faq = known.flatMap((label) => {
    const own = train.filter((r) => r.label === label);
    const row = own[random.int(own.length)];
    return row === undefined ? [] : [{ id: label, text: row.text }];
  });
  const used = new Set(faq.map((f) => f.text));
  const index = new TextIndex(faq, 'grams');
  return queries
    .filter((q) => !used.has(q.text))
    .flatMap((q): Case[] => {
      const [first, second] = index.similar(q.text, 2);
      if (first === undefined) return [];
      const lead = first.similarity - (second?.similarity ?? 0);
      return [[first.similarity, lead, first.id === q.label ? 1 : 0]];
    });
}

const draws = (queries: readonly Row[], offset: number): Case[] =>
  Array.from({ length: DRAWS }, (_, d) => ask(queries, offset + d)).flat();

/** Logistic regression by gradient descent: three coefficients, a convex loss. */
function fitLogistic(cases: readonly Case[]): [number, number, number] {
  let [b, w, v] = [0, 0, 0];
  for (let step = 0; step < STEPS; step++) {
    let [gb, gw, gv] = [0, 0, 0];
    for (const [cosine, lead, right] of cases) {
      const error = 1 / (1 + Math.exp(-(b + w * cosine + v * lead))) - right;
      gb += error;
      gw += error * cosine;
      gv += error * lead;
    }
    const n = cases.length;
    b -= (RATE * gb) / n;
    w -= (RATE * 4 * gw) / n;
    v -= (RATE * 8 * gv) / n;
  }
  return [b, w, v];
}

const fitted = fitLogistic(
  draws(
    train.filter((_, i) => i % 8 === 0),
    100,
  ),
);
const cases = draws(test, 500);
const { gate } = DEFAULT_SERVICE_RULES.replies;
const bins = Array.from({ length: 10 }, () => ({ n: 0, said: 0, right: 0 }));
let answered = 0;
let right = 0;
for (const [cosine, lead, correct] of cases) {
  const chance = confidenceOf(cosine, lead);
  const bin = bins[Math.min(9, Math.floor(chance * 10))];
  if (bin !== undefined) {
    bin.n++;
    bin.said += chance;
    bin.right += correct;
  }
  if (chance >= gate) {
    answered++;
    right += correct;
  }
}
console.log(
  JSON.stringify({
    fitted: { base: fitted[0], cosine: fitted[1], lead: fitted[2] },
    in_use: {
      asked: cases.length,
      ece: bins.reduce((sum, b) => sum + Math.abs(b.said - b.right), 0) / cases.length,
      gate,
      answered: answered / cases.length,
      right_when_answered: right / answered,
      right_without_gate: cases.filter((c) => c[2] === 1).length / cases.length,
    },
  }),
);
