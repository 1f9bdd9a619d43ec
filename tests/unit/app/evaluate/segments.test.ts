import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { segmentsCommand } from '../../../../src/app/evaluate/segments.ts';

let folder: string;
let data: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'rapport-segments-'));
  data = join(folder, 'customers.csv');
  const rows = Array.from({ length: 120 }, (_, i) => {
    const group = i % 3;
    return `${i},${100 * group + (i % 7)},${50 * ((group * 2) % 3) + (i % 5)},x`;
  });
  await writeFile(data, `id,spend,visits,name\n${rows.join('\n')}\n`);
});
afterAll(() => rm(folder, { recursive: true }));

async function run(...args: string[]): Promise<Record<string, unknown>> {
  const out = vi.spyOn(console, 'log').mockImplementation(() => undefined);
  const err = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
  try {
    await segmentsCommand().parseAsync(['--data', data, '--json', ...args], { from: 'user' });
    expect(out).toHaveBeenCalledTimes(1);
    return JSON.parse(String(out.mock.calls[0]?.[0])) as Record<string, unknown>;
  } finally {
    out.mockRestore();
    err.mockRestore();
  }
}

it('groups by principal components when asked, and says what they are made of', async () => {
  const args = ['--columns', 'spend,visits', '--k', '3', '--components'];
  const result = await run(...args, '1');
  expect(result['pca']).toMatchObject({ loadings: [{ spend: expect.any(Number) }] });
  const { explained_share: share } = result['pca'] as { explained_share: number[] };
  expect(share).toHaveLength(1);
  expect(share[0]).toBeGreaterThan(0.5);
  // All components are the same space turned: nothing changes.
  const [turned, plain] = [await run(...args, '2'), await run(...args.slice(0, 4))];
  expect(turned['inertia']).toBeCloseTo(plain['inertia'] as number, 8);
  expect(plain['pca']).toBeNull();
  await expect(run(...args, '3')).rejects.toThrow(/3 components of 2 columns/);
});

it('finds three groups and writes the group of every row', async () => {
  const labels = join(folder, 'labels.csv');
  const result = await run('--columns', 'spend,visits', '--labels-out', labels);
  expect(result).toMatchObject({ k: 3, sizes: [40, 40, 40], noise: 0, stable: true });
  expect(result['silhouette']).toBeGreaterThan(0.9);
  expect(result['stability']).toBeCloseTo(1, 6);
  const lines = (await readFile(labels, 'utf8')).trim().split('\n');
  expect(lines).toHaveLength(121);
  expect(lines[0]).toBe('row,segment');
});

it.each(['kmeans', 'minibatch'])(
  'takes a given k with %s, the same for the same seed',
  async (method) => {
    const args = ['--columns', 'spend,visits', '--k', '3', '--scale', 'none', '--method', method];
    const { fit_s: _, ...one } = await run(...args, '--seed', '5');
    const { fit_s: __, ...two } = await run(...args, '--seed', '5');
    expect(two).toEqual(one);
    expect(one).toMatchObject({ k: 3, n: 120, method });
  },
);

it('finds dense groups and noise', async () => {
  const result = await run('--columns', 'spend,visits', '--method', 'dbscan', '--eps', '0.3');
  expect(result).toMatchObject({ k: 3, noise: 0, stability: null });
});

it.each([
  [['--columns', 'spend,spend'], /column "spend" is named twice/],
  [['--columns', 'spend,age'], /no column "age"; it has id, spend, visits, name/],
  [['--columns', 'name'], /column "name", row 1 holds "x", which is not a number/],
  [['--columns', 'spend', '--k', '500'], /120 rows for 500 clusters/],
  [['--columns', 'spend', '--k', 'many'], /--k must be a number/],
  [['--columns', 'spend', '--k', '2.5'], /--k must be a whole number/],
  [['--columns', 'spend', '--method', 'dbscan', '--eps', '-1'], /--eps must be a number/],
  [['--columns', 'spend', '--method', 'minibatch'], /needs a number in --k/],
])('says in one sentence what is wrong with %j', async (args, message) => {
  await expect(run(...args)).rejects.toMatchObject({
    code: 'config_invalid',
    message: expect.stringMatching(message),
  });
});
