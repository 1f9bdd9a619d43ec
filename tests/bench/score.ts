/**
 * How fast advice is: all contacts of a large portal from stored facts on every core, and one contact
 * from the event's mark to the planned write. Demo portals give the facts; nothing is compared with
 * a truth here.
 * Usage: npm run bench:score [-- --contacts 100000 --threads 2 --seed 1]
 */

import { parseArgs } from 'node:util';
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';
import { DEFAULT_REACH_RULES } from '../../src/core/channel.ts';
import { scoreContact } from '../../src/models/contact-score.ts';
import { parseModels, serializeModels } from '../../src/models/portal-models.ts';
import { trainPortalModels } from '../../src/models/train-portal.ts';
import { demoFacts } from '../unit/models/demo-facts.ts';
import { rescoreOne } from './rescore.ts';

const NOW = new Date('2026-06-01T00:00:00Z');
/** Facts are generated a portal of this size at a time, so that memory stays small. */
const BATCH = 2_000;

interface Share {
  readonly artefact: string;
  readonly contacts: number;
  readonly seed: number;
}

/** Scores a share of the contacts; only the scoring is timed, in milliseconds. */
function scoreShare({ artefact, contacts, seed }: Share): { scored: number; ms: number } {
  const models = parseModels(artefact);
  let ms = 0;
  let scored = 0;
  for (let batch = 0; scored < contacts; batch++) {
    const { facts } = demoFacts(Math.min(BATCH, contacts - scored), seed + batch, NOW);
    const begun = performance.now();
    for (const f of facts) scoreContact(models, f, DEFAULT_REACH_RULES, NOW, NOW);
    ms += performance.now() - begun;
    scored += facts.length;
  }
  return { scored, ms };
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      contacts: { type: 'string', default: '100000' },
      threads: { type: 'string', default: '2' },
      seed: { type: 'string', default: '1' },
    },
  });
  const [contacts, threads, seed] = [values.contacts, values.threads, values.seed].map(Number) as [
    number,
    number,
    number,
  ];
  const demo = demoFacts(BATCH, seed, NOW);
  const models = trainPortalModels({
    contacts: demo.facts,
    tickets: demo.tickets,
    feedback: demo.feedback,
    rules: DEFAULT_REACH_RULES,
    asOf: NOW,
    seed,
  });
  const before = process.cpuUsage();
  for (const f of demo.facts) scoreContact(models, f, DEFAULT_REACH_RULES, NOW, NOW);
  const { user, system } = process.cpuUsage(before);
  const artefact = serializeModels(models);
  const shares = await Promise.all(
    Array.from({ length: threads }, (_, t) =>
      inThread({
        artefact,
        contacts: Math.ceil(contacts / threads),
        seed: seed + 1 + t * Math.ceil(contacts / BATCH),
      }),
    ),
  );
  const one = await rescoreOne(demo, models);
  console.log(
    JSON.stringify({
      contacts: shares.reduce((n, s) => n + s.scored, 0),
      threads,
      wall_s: Math.max(...shares.map((s) => s.ms)) / 1000,
      cpu_ms_per_contact: (user + system) / 1000 / demo.facts.length,
      rescore_one_ms: one,
    }),
  );
}

const inThread = (share: Share): Promise<{ scored: number; ms: number }> =>
  new Promise((resolve, reject) => {
    const worker = new Worker(new URL(import.meta.url), { workerData: share });
    worker.once('message', resolve);
    worker.once('error', reject);
  });

if (isMainThread) await main();
else parentPort?.postMessage(scoreShare(workerData as Share));
