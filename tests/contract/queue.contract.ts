/** What every queue must do: wake work at least once, collapse what waits, and lose nothing. */
import { randomBytes } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import { RapportError } from '../../src/core/errors.ts';
import type { JobHandler, Queue } from '../../src/ports/queue.ts';
import { type BullBackend, createBullQueue } from '../../src/queue/bullmq.ts';
import { createRecordingLog } from '../support/recorders.ts';

export interface OpenBackend {
  readonly backend: BullBackend;
  /** Jobs of a queue, in whatever state, that the backend still holds. */
  held(queue: string): Promise<number>;
  close(): Promise<void>;
}

export function queueContract(open: () => Promise<OpenBackend>): void {
  let opened: OpenBackend;
  let name = '';
  let queues: Queue[] = [];
  beforeAll(async () => {
    opened = await open();
  });
  afterEach(async () => {
    await Promise.all(queues.map((q) => q.close()));
    queues = [];
    name = '';
  });
  afterAll(() => opened?.close());

  /** Another instance of the queue of the running test. */
  const instance = (): Queue => {
    name ||= `test-${randomBytes(6).toString('hex')}`;
    const queue = createBullQueue(name, opened.backend, createRecordingLog());
    queues.push(queue);
    return queue;
  };
  const handlers = (work: JobHandler) => ({ work });

  test('a job reaches its handler with its payload, one added before the start too', async () => {
    const queue = instance();
    const seen: unknown[] = [];
    await queue.add('work', { n: '1' });
    await queue.process(
      handlers(async (payload) => void seen.push(payload)),
      2,
    );
    await queue.add('work', { n: '2' });
    await until(() => seen.length === 2);
    expect(seen).toEqual(expect.arrayContaining([{ n: '1' }, { n: '2' }]));
    await until(async () => (await queue.counts()).active === 0);
    expect(await queue.counts()).toEqual({ waiting: 0, active: 0, failed: 0 });
  });

  test('F37 a finished job leaves nothing, one that was given up stays to be looked at', async () => {
    const queue = instance();
    const runs = { good: 0, bad: 0 };
    await queue.process(
      {
        good: async () => {
          runs.good += 1;
        },
        bad: async () => {
          runs.bad += 1;
          throw new RapportError('not_found', 'There is nothing here.');
        },
      },
      4,
    );
    for (let n = 0; n < 30; n++) await queue.add('good', { n: String(n) });
    for (let n = 0; n < 3; n++) await queue.add('bad', { n: String(n) });
    await until(() => runs.good === 30 && runs.bad === 3);
    await until(async () => (await queue.counts()).active === 0);
    expect(await opened.held(name)).toBe(3);
  });

  test('what waits under one key collapses; other keys do not', async () => {
    const queue = instance();
    for (let n = 0; n < 20; n++) await queue.add('work', { t: 'a' }, { dedupe: 'a' });
    await queue.add('work', { t: 'b' }, { dedupe: 'b' });
    expect((await queue.counts()).waiting).toBe(2);
    const seen: unknown[] = [];
    await queue.process(
      handlers(async (payload) => void seen.push(payload)),
      1,
    );
    await until(() => seen.length === 2);
    await setTimeout(300);
    expect(seen).toHaveLength(2);
  });

  test('F31 a job added while one of its key runs is kept and runs once after it', async () => {
    const queue = instance();
    let runs = 0;
    let atOnce = 0;
    let most = 0;
    const gate = new Gate();
    await queue.process(
      handlers(async () => {
        runs += 1;
        atOnce += 1;
        most = Math.max(most, atOnce);
        if (runs === 1) await gate.opened;
        atOnce -= 1;
      }),
      4,
    );
    await queue.add('work', { t: 'a' }, { dedupe: 'a' });
    await until(() => runs === 1);
    for (let n = 0; n < 5; n++) await queue.add('work', { t: 'a' }, { dedupe: 'a' });
    gate.open();
    await until(() => runs === 2);
    await setTimeout(300);
    expect({ runs, most }).toEqual({ runs: 2, most: 1 });
    await queue.add('work', { t: 'a' }, { dedupe: 'a' });
    await until(() => runs === 3);
  });

  test('a delayed job waits its time', async () => {
    const queue = instance();
    let ranAt = 0;
    await queue.process(
      handlers(async () => {
        ranAt = Date.now();
      }),
      1,
    );
    const addedAt = Date.now();
    await queue.add('work', {}, { delayMs: 500 });
    expect((await queue.counts()).waiting).toBe(1);
    await until(() => ranAt > 0);
    expect(ranAt - addedAt).toBeGreaterThanOrEqual(450);
  });

  test('an error that cannot be mended is given up at once', async () => {
    const queue = instance();
    let runs = 0;
    await queue.process(
      handlers(async () => {
        runs += 1;
        throw new RapportError('needs_reconnect', 'Connect the account again.');
      }),
      1,
    );
    await queue.add('work', {});
    await until(async () => (await queue.counts()).failed === 1);
    await setTimeout(200);
    expect(runs).toBe(1);
  });

  test('an error that says how long waits that long, and uses up no try', async () => {
    const queue = instance();
    let runs = 0;
    await queue.process(
      handlers(async () => {
        runs += 1;
        if (runs <= 3)
          throw new RapportError('host_rate_limited', 'Too many.', { retryAfterMs: 30 });
      }),
      1,
    );
    await queue.add('work', {}, { attempts: 1 });
    await until(() => runs === 4);
    await until(async () => (await queue.counts()).active === 0);
    expect((await queue.counts()).failed).toBe(0);
  });

  test('a passing error is tried again, and fails when its tries are used up', async () => {
    const queue = instance();
    const runs = { mended: 0, broken: 0 };
    await queue.process(
      handlers(async (payload) => {
        const { t } = payload as { t: keyof typeof runs };
        runs[t] += 1;
        if (t === 'broken' || runs[t] === 1) throw new Error('passing');
      }),
      2,
    );
    await queue.add('work', { t: 'mended' }, { attempts: 2 });
    await queue.add('work', { t: 'broken' }, { attempts: 1 });
    await until(() => runs.mended === 2);
    await until(async () => (await queue.counts()).failed === 1);
    expect(runs).toEqual({ mended: 2, broken: 1 });
  });

  test('F35 what failed together is tried again spread over the whole pause', async () => {
    const queue = instance();
    const tried = new Map<string, number>();
    const again: number[] = [];
    await queue.process(
      handlers(async (payload) => {
        const { n } = payload as { n: string };
        tried.set(n, (tried.get(n) ?? 0) + 1);
        if (tried.get(n) === 1) throw new RapportError('host_unavailable', 'Out.');
        again.push(performance.now());
      }),
      60,
    );
    await Promise.all(Array.from({ length: 60 }, (_, n) => queue.add('work', { n: String(n) })));
    await until(() => again.length === 60);
    const [first = 0, last = 0] = [Math.min(...again), Math.max(...again)];
    expect(last - first).toBeGreaterThan(600);
    const busiest = Math.max(
      ...again.map((t) => again.filter((u) => u >= t && u < t + 100).length),
    );
    expect(busiest).toBeLessThan(30);
  });

  test('a job nobody knows is given up, and the others go on', async () => {
    const queue = instance();
    let runs = 0;
    await queue.process(
      handlers(async () => {
        runs += 1;
      }),
      1,
    );
    await queue.add('unheard-of', {});
    await queue.add('work', {});
    await until(() => runs === 1);
    await until(async () => (await queue.counts()).failed === 1);
  });

  test('F38 closing aborts the handler and hands its job back to another instance', async () => {
    const first = instance();
    const second = instance();
    let started = 0;
    let finished = 0;
    await first.process(
      handlers(async (_payload, signal) => {
        started += 1;
        while (!signal.aborted) await setTimeout(10);
        throw new Error('stopped half way');
      }),
      1,
    );
    await first.add('work', {}, { attempts: 1 });
    await until(() => started === 1);
    await first.close();
    queues = queues.filter((q) => q !== first);
    await second.process(
      handlers(async () => {
        finished += 1;
      }),
      1,
    );
    await until(() => finished === 1);
    expect((await second.counts()).failed).toBe(0);
  });

  test('two instances share the work, and each job runs once', async () => {
    const seen = new Map<string, number>();
    const work: JobHandler = async (payload) => {
      const { n } = payload as { n: string };
      seen.set(n, (seen.get(n) ?? 0) + 1);
      await setTimeout(2);
    };
    const [one, two] = [instance(), instance()];
    await one.process(handlers(work), 2);
    await two.process(handlers(work), 2);
    await Promise.all(Array.from({ length: 40 }, (_, n) => one.add('work', { n: String(n) })));
    await until(() => seen.size === 40);
    await setTimeout(200);
    expect([...seen.values()].every((n) => n === 1)).toBe(true);
  });

  test('jobs added before the process ended are there for the next one', async () => {
    const before = instance();
    await before.add('work', { n: '1' });
    await before.close();
    queues = [];
    const after = instance();
    expect((await after.counts()).waiting).toBe(1);
  });

  test('a repeating job comes again and again, once per period however often it is set', async () => {
    const queue = instance();
    let runs = 0;
    await queue.process(
      handlers(async () => {
        runs += 1;
      }),
      2,
    );
    for (let n = 0; n < 3; n++) await queue.repeat('work', { tenantId: 'a' }, 400);
    await until(() => runs >= 3);
    expect(runs).toBeLessThanOrEqual(4);
    await queue.stopRepeating('work', { tenantId: 'b' });
    await until(() => runs >= 5);
    expect(await queue.isRepeating('work', { tenantId: 'a' })).toBe(true);
    await queue.stopRepeating('work', { tenantId: 'a' });
    expect(await queue.isRepeating('work', { tenantId: 'a' })).toBe(false);
    await setTimeout(500);
    const ended = runs;
    await setTimeout(1_000);
    expect(runs).toBe(ended);
  });

  test('F40 a repeating job set while the clock was a day ahead is known to be late, and set anew', async () => {
    const queue = instance();
    let runs = 0;
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 86_400_000, shouldAdvanceTime: true });
    await queue.repeat('work', { tenantId: 'a' }, 400);
    expect(await queue.isRepeating('work', { tenantId: 'a' })).toBe(true);
    vi.useRealTimers();
    expect(await queue.isRepeating('work', { tenantId: 'a' })).toBe(false);
    await queue.repeat('work', { tenantId: 'a' }, 400);
    expect(await queue.isRepeating('work', { tenantId: 'a' })).toBe(true);
    await queue.process(
      handlers(async () => {
        runs += 1;
      }),
      1,
    );
    await until(() => runs >= 3);
  });
}

class Gate {
  readonly opened: Promise<void>;
  open: () => void = () => {};
  constructor() {
    this.opened = new Promise((resolve) => {
      this.open = resolve;
    });
  }
}

async function until(holds: () => boolean | Promise<boolean>, withinMs = 15_000): Promise<void> {
  const end = Date.now() + withinMs;
  while (!(await holds())) {
    if (Date.now() > end) throw new Error('did not come to hold in time');
    await setTimeout(20);
  }
}
