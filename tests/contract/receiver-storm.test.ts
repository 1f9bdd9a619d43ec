/** F06 A storm of deliveries: every accepted event is kept, a record is looked at once, memory is bounded. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { bundle } from '../support/bundle.ts';
import { event, PATH, sign } from '../support/deliveries.ts';

/** HubSpot sends up to 150 requests a second with up to 100 events each. STORM_SECONDS makes it longer. */
const PER_SECOND = 150;
const SECONDS = Number(process.env['STORM_SECONDS'] ?? 1);
const EVENTS = 100;
/** Records that a storm comes back to again and again; every delivery also names one of its own. */
const BUSY = 500;

let script: Awaited<ReturnType<typeof bundle>>;
let folder: string;
let child: ChildProcess | undefined;
beforeAll(async () => {
  script = await bundle('receiver-process.ts');
  folder = await mkdtemp(join(tmpdir(), 'rapport-storm-'));
});
afterAll(async () => {
  child?.kill('SIGKILL');
  await script?.remove();
  await rm(folder, { recursive: true, force: true });
});

interface Start {
  readonly port: number;
  readonly kept: readonly string[];
  readonly marked: readonly string[];
}
async function start(): Promise<Start> {
  child = spawn(process.execPath, [script.file, folder], { stdio: ['ignore', 'pipe', 'inherit'] });
  for await (const line of createInterface({ input: child.stdout as NodeJS.ReadableStream }))
    return JSON.parse(line) as Start;
  throw new Error('the receiver ended before it was ready');
}
async function stop(): Promise<void> {
  const ended = once(child as ChildProcess, 'exit');
  child?.kill('SIGKILL');
  await ended;
}
/** Megabytes of memory, now and at most. */
async function memory(): Promise<{ now: number; peak: number }> {
  const status = await readFile(`/proc/${child?.pid}/status`, 'utf8');
  const of = (name: string) => Number(new RegExp(`${name}:\\s+(\\d+)`).exec(status)?.[1]) / 1024;
  return { now: of('VmRSS'), peak: of('VmHWM') };
}
const quantile = (values: readonly number[], q: number): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length * q)] ?? 0;

test(`F06 ${PER_SECOND} deliveries/s × ${EVENTS} events for ${SECONDS} s`, async () => {
  const { port } = await start();
  const before = await memory();
  const now = new Date();
  const deliveries = Array.from({ length: PER_SECOND * SECONDS }, (_, n) => {
    const busy = Array.from({ length: EVENTS - 1 }, (_, k) => event(1 + ((n * 99 + k) % BUSY)));
    return sign(JSON.stringify([...busy, event(1_000 + n)]), now);
  });
  const times: number[] = [];
  const statuses: number[] = [];
  const send = async ({ headers, body }: (typeof deliveries)[number]): Promise<void> => {
    const began = performance.now();
    const init = { method: 'POST', headers, body: new Uint8Array(body) };
    const { status } = await fetch(`http://127.0.0.1:${port}${PATH}`, init);
    statuses.push(status);
    times.push(performance.now() - began);
  };
  const began = performance.now();
  const sent: Promise<void>[] = [];
  while (sent.length < deliveries.length) {
    const due = Math.min(deliveries.length, ((performance.now() - began) / 1000) * PER_SECOND);
    while (sent.length < due) sent.push(send(deliveries[sent.length] as (typeof deliveries)[0]));
    await setTimeout(5);
  }
  const lasted = (performance.now() - began) / 1000;
  await Promise.all(sent);
  const { peak } = await memory();
  await stop();
  const found = await start();
  const p99 = quantile(times, 0.99);
  console.log(
    `storm: ${sent.length} in ${lasted.toFixed(1)} s, p50 ${quantile(times, 0.5).toFixed(0)} ms, p99 ${p99.toFixed(0)} ms, ${before.now.toFixed(0)} → ${peak.toFixed(0)} MB, inbox events ${found.kept.length}, marks ${found.marked.length}`,
  );
  expect(new Set(statuses)).toEqual(new Set([200]));
  const kept = new Set([...found.kept, ...found.marked]);
  const named = [
    ...Array.from({ length: BUSY }, (_, n) => n + 1),
    ...deliveries.map((_, n) => 1_000 + n),
  ];
  expect(named.filter((id) => !kept.has(String(id)))).toEqual([]);
  // One look at a record, however often it was named.
  expect(new Set(found.marked).size).toBe(found.marked.length);
  expect(peak - before.now).toBeLessThan(300);
});
