/** F01 The kill harness: whatever was answered 2xx is still there after SIGKILL at any moment. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { bundle } from '../support/bundle.ts';
import { event, PATH, seeded, sign } from '../support/deliveries.ts';

const KILLS = Number(process.env['KILLS'] ?? 20);
const SENDERS = 8;
const seed = Number(process.env['SEED'] ?? Date.now() % 1e6);
const random = seeded(seed);

/** Side by side, each on a database of its own. */
const CHAINS = ['first', 'second'] as const;

let script: Awaited<ReturnType<typeof bundle>>;
let folder: string;
beforeAll(async () => {
  script = await bundle('receiver-process.ts');
  folder = await mkdtemp(join(tmpdir(), 'rapport-kill-'));
});
afterAll(async () => {
  await script?.remove();
  await rm(folder, { recursive: true, force: true });
});

interface Start {
  readonly port: number;
  readonly kept: readonly string[];
  readonly marked: readonly string[];
}

async function start(chain: string): Promise<{ child: ChildProcess; start: Start }> {
  const child = spawn(process.execPath, [script.file, join(folder, chain)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  for await (const line of createInterface({ input: child.stdout as NodeJS.ReadableStream }))
    return { child, start: JSON.parse(line) as Start };
  throw new Error('the receiver ended before it was ready');
}

test.concurrent.each(CHAINS)(
  `F01 I1 nothing acknowledged is lost over ${KILLS} kills in two chains (seed ${seed}): %s`,
  {
    timeout: 60_000 + KILLS * 10_000,
  },
  async (chain) => {
    const kills = Math.ceil(KILLS / CHAINS.length);
    const acknowledged = new Set<string>();
    let next = 0;
    let fromInbox = 0;
    let fromMarks = 0;
    for (let round = 0; round <= kills; round++) {
      const running = await start(chain);
      const found = new Set([...running.start.kept, ...running.start.marked]);
      expect([...acknowledged].filter((id) => !found.has(id))).toEqual([]);
      fromInbox += running.start.kept.length;
      fromMarks += running.start.marked.length;
      const exited = once(running.child, 'exit');
      if (round === kills) {
        running.child.kill('SIGKILL');
        await exited;
        break;
      }
      const sender = async (): Promise<void> => {
        for (;;) {
          next += 1;
          const id = String(next);
          const { body, headers } = sign(JSON.stringify([event(next)]), new Date());
          const url = `http://127.0.0.1:${running.start.port}${PATH}`;
          const answer = await fetch(url, { method: 'POST', headers, body }).catch(() => null);
          if (answer === null) return;
          if (answer.status === 200) acknowledged.add(id);
        }
      };
      const senders = Array.from({ length: SENDERS }, sender);
      // Never before the first answer of the round, or a slow machine would prove nothing.
      const before = acknowledged.size;
      while (acknowledged.size === before) await setTimeout(5);
      await setTimeout(random() * 200);
      running.child.kill('SIGKILL');
      await Promise.all([...senders, exited]);
    }
    expect(acknowledged.size).toBeGreaterThan(kills);
    expect(fromInbox + fromMarks).toBeGreaterThan(0);
  },
);
