/** What every call limiter must do: keep the account's budget over all workers together. */
import { randomBytes } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Limiter } from '../../src/ports/limiter.ts';

export interface OpenLimiters {
  /** Another worker's limiter over the same store. */
  create(): Promise<Limiter>;
  close(): Promise<void>;
}

const CALLS = 110;
const WINDOW_MS = 10_000;

export function limiterContract(open: () => Promise<OpenLimiters>): void {
  let opened: OpenLimiters;
  let limiters: Limiter[];
  beforeAll(async () => {
    opened = await open();
    limiters = [await opened.create(), await opened.create()];
  });
  afterAll(() => opened?.close());
  const account = () => `hubspot:${randomBytes(4).toString('hex')}`;

  test('F41 I6 two workers together never make more than 110 calls in any sliding 10 s', async () => {
    const busy = account();
    const began = Date.now();
    const times: number[] = [];
    const worker = async (limiter: Limiter) => {
      while (Date.now() - began < 12_500) {
        await limiter.acquire(busy);
        times.push(Date.now());
      }
    };
    await Promise.all(limiters.flatMap((l) => [worker(l), worker(l), worker(l)]));
    times.sort((a, b) => a - b);
    const most = Math.max(
      ...times.map((from, i) => times.slice(i).filter((t) => t - from < WINDOW_MS).length),
    );
    expect(most).toBeLessThanOrEqual(CALLS);
    // A limiter that lets nearly nothing through would pass the line above.
    expect(most).toBeGreaterThanOrEqual(80);
  });

  test('F42 a live call never waits behind the long line of a first read', async () => {
    const busy = account();
    const [first, second] = limiters as [Limiter, Limiter];
    let read = 0;
    const line = Array.from({ length: 60 }, () => first.acquire(busy, 'bulk').then(() => read++));
    await setTimeout(200);
    const waits: number[] = [];
    for (const limiter of [first, second, first, second]) {
      const began = Date.now();
      await limiter.acquire(busy);
      waits.push(Date.now() - began);
    }
    // The line is six seconds long; what is alive waits for one window, or for two.
    expect(Math.max(...waits)).toBeLessThan(3_000);
    expect(read).toBeLessThan(60);
    await Promise.all(line);
  });

  test('F36 background calls leave at least half of the rate to live ones', async () => {
    const busy = account();
    const [first, second] = limiters as [Limiter, Limiter];
    const began = Date.now();
    const taken = { background: 0, call: 0 };
    const worker = async (limiter: Limiter, kind: 'background' | 'call') => {
      while (Date.now() - began < 5_000) {
        await limiter.acquire(busy, kind);
        taken[kind] += 1;
      }
    };
    await Promise.all([
      ...Array.from({ length: 4 }, () => worker(first, 'background')),
      worker(second, 'call'),
    ]);
    expect(taken.background).toBeGreaterThan(5);
    expect(taken.background).toBeLessThanOrEqual(35);
    expect(taken.call).toBeGreaterThanOrEqual(15);
  });

  test('F41 searches are paced apart: never more than five in any sliding second', async () => {
    const busy = account();
    const times: number[] = [];
    const search = async (limiter: Limiter) => {
      for (let n = 0; n < 3; n++) {
        await limiter.acquire(busy, 'search');
        times.push(Date.now());
      }
    };
    await Promise.all(limiters.map(search));
    times.sort((a, b) => a - b);
    const most = Math.max(
      ...times.map((from, i) => times.slice(i).filter((t) => t - from < 1_000).length),
    );
    expect(most).toBeLessThanOrEqual(5);
    const began = Date.now();
    await limiters[0]?.acquire(busy);
    expect(Date.now() - began).toBeLessThan(500);
  });

  test('F41 accounts do not share a budget', async () => {
    const [one, two] = [account(), account()];
    const [first, second] = limiters;
    await Promise.all(Array.from({ length: 10 }, () => first?.acquire(one)));
    const began = Date.now();
    await second?.acquire(two);
    expect(Date.now() - began).toBeLessThan(500);
  });

  test('F42 a pause stops the whole account for every worker, and then ends', async () => {
    const paused = account();
    const [first, second] = limiters;
    await first?.acquire(paused);
    await first?.pause(paused, 1_200);
    const began = Date.now();
    await second?.acquire(paused);
    expect(Date.now() - began).toBeGreaterThanOrEqual(1_150);
    expect(Date.now() - began).toBeLessThan(4_000);
  });

  test('those who wait are served in their order', async () => {
    const busy = account();
    const [limiter] = limiters;
    for (let n = 0; n < 10; n++) await limiter?.acquire(busy);
    const order: number[] = [];
    const wait = async (n: number) => {
      await limiter?.acquire(busy);
      order.push(n);
    };
    const first = wait(0);
    await setTimeout(100);
    await Promise.all([first, ...[1, 2, 3, 4].map(wait)]);
    expect(order).toEqual([0, 1, 2, 3, 4]);
  });
}
