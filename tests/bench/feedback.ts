/**
 * How fast messages are read in all outputs by the built-in model: loading, the first message, one
 * message, many. Messages are the lines of the training text, alone and joined to longer ones.
 * Usage: npm run bench:feedback
 */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { DEFAULT_TOPICS } from '../../src/core/topic.ts';

const root = new URL(import.meta.url.includes('/dist/') ? '../../../' : '../../', import.meta.url);
const SECONDS = 4;

function lines(): string[] {
  return ['en', 'zh'].flatMap((language) => {
    const folder = new URL(`data/training/${language}/`, root);
    return readdirSync(folder).flatMap((name) =>
      readFileSync(new URL(name, folder), 'utf8')
        .split('\n')
        .filter((line) => line !== '' && !/^[[#]/.test(line)),
    );
  });
}

const one = lines();
const messages = one.flatMap((line, i) =>
  i % 3 === 0 ? [[line, one[i + 1], one[i + 2], one[i + 3]].join(' ')] : [line],
);
const loadBegan = performance.now();
const { builtInFeedback } = await import('../../src/models/built-in-feedback.ts');
const { classifyText } = await import('../../src/models/text.ts');
const imported = performance.now();
const { version } = builtInFeedback().state;
const loaded = performance.now();
const read = (text: string) => classifyText(null, { text }, version, DEFAULT_TOPICS);
read(messages[0] ?? '');
const first = performance.now();

const times: number[] = [];
const cpuBegan = process.cpuUsage();
const began = performance.now();
let done = 0;
while (performance.now() - began < SECONDS * 1000)
  for (const text of messages.slice((done * 50) % messages.length).slice(0, 50)) {
    const start = performance.now();
    read(text);
    times.push(performance.now() - start);
    done++;
  }
const wall = (performance.now() - began) / 1000;
const { user, system } = process.cpuUsage(cpuBegan);
times.sort((a, b) => a - b);
const at = (p: number): number => Number((times[Math.floor(times.length * p)] ?? 0).toFixed(3));
console.log(
  JSON.stringify({
    messages: messages.length,
    mean_length: Math.round(messages.reduce((n, m) => n + m.length, 0) / messages.length),
    import_ms: Math.round(imported - loadBegan),
    model_load_ms: Math.round(loaded - imported),
    first_message_ms: Number((first - loaded).toFixed(1)),
    message_ms: { p50: at(0.5), p99: at(0.99) },
    messages_per_s: Math.round(done / wall),
    messages_per_cpu_s: Math.round(done / ((user + system) / 1e6)),
    model_mb: Number(
      (statSync(new URL('src/models/pretrained/feedback.ts', root)).size / 1e6).toFixed(2),
    ),
  }),
);
