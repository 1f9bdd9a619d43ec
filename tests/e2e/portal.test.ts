/** The short form of `bench:portal`: a whole installation, measured in processor time, which other work does not change. */
import { execFile } from 'node:child_process';
import { resolve } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import type { PortalFigures } from '../bench/portal.ts';

const ROOT = resolve(import.meta.dirname, '../..');
const CONTACTS = 2_000;

test('reading a portal takes us less work than the rate limit gives time, and every card answers', async () => {
  await promisify(execFile)(process.execPath, ['bin/build-if-stale.mjs'], { cwd: ROOT });
  const { stdout } = await promisify(execFile)(
    process.execPath,
    ['dist/tests/bench/portal.js', '--contacts', String(CONTACTS), '--cards', '200'],
    { cwd: ROOT },
  );
  const figures = JSON.parse(stdout) as PortalFigures;
  console.log(JSON.stringify(figures));
  expect(figures.calls).toBeGreaterThan(300);
  expect(figures.card_ms.n).toBe(200);
  // The sandbox CRM's own work is part of it. The texts are fitted meanwhile, on another core.
  expect(figures.cpu_s.backfilling).toBeLessThan(2 * figures.step_limit_s.backfilling);
  expect(figures.cpu_s.scoring).toBeLessThan(0.02 * CONTACTS);
});
