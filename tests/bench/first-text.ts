/**
 * What the first messages of a fresh process cost: the web role is started on an empty folder, left
 * idle, and asked for one English and one Chinese text. `--idle 0` asks at once, before the warm-up.
 * Usage: npm run bench:first-text [-- --idle 2000]
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { readConfig } from '../../src/app/config.ts';
import { run } from '../../src/app/roles.ts';
import { createClosers } from '../../src/app/shutdown.ts';
import { DEFAULT_TOPICS } from '../../src/core/topic.ts';
import { builtInFeedback } from '../../src/models/built-in-feedback.ts';
import { classifyText } from '../../src/models/text.ts';

const { values } = parseArgs({ options: { idle: { type: 'string', default: '2000' } } });
const dataDir = await mkdtemp(join(tmpdir(), 'rapport-first-text-'));
const closers = createClosers();
const timed = (text: string): number => {
  const began = performance.now();
  classifyText(null, { text }, builtInFeedback().state.version, DEFAULT_TOPICS);
  return Number((performance.now() - began).toFixed(1));
};
try {
  const began = performance.now();
  const read = readConfig({ RAPPORT_DATA_DIR: dataDir, RAPPORT_LOG_LEVEL: 'error' });
  const config = { ...read, port: 0 };
  await run(config, { web: true, worker: false, sandbox: false }, closers, () => undefined);
  const listeningMs = Math.round(performance.now() - began);
  const idleMs = Number(values.idle);
  if (idleMs > 0) await setTimeout(idleMs);
  console.log(
    JSON.stringify({
      listening_ms: listeningMs,
      idle_ms: idleMs,
      first_english_ms: timed('My parcel never arrived and nobody answers the phone.'),
      first_chinese_ms: timed('包裹一直没有收到，客服电话也没人接。'),
    }),
  );
} finally {
  await closers.closeAll();
  await rm(dataDir, { recursive: true });
}
