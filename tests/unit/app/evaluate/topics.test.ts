import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { topicsCommand } from '../../../../src/app/evaluate/topics.ts';

let folder: string;
let data: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'rapport-topics-'));
  data = join(folder, 'feedback.jsonl');
  const about = [
    'delivery courier parcel late',
    'invoice payment refund card',
    '餐厅 味道 米饭 辣椒',
  ];
  const lines = Array.from({ length: 90 }, (_, i) =>
    JSON.stringify({ text: `the ${about[i % 3]} and it was ${about[i % 3]}`, empty: '' }),
  );
  await writeFile(data, `${lines.join('\n')}\n`);
});
afterAll(() => rm(folder, { recursive: true }));

async function run(...args: string[]): Promise<Record<string, unknown>> {
  const out = vi.spyOn(console, 'log').mockImplementation(() => undefined);
  const err = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
  try {
    await topicsCommand().parseAsync(['--data', data, '--json', ...args], { from: 'user' });
    return JSON.parse(String(out.mock.calls[0]?.[0])) as Record<string, unknown>;
  } finally {
    out.mockRestore();
    err.mockRestore();
  }
}

it('finds the subjects in both languages and says how good they are', async () => {
  const result = await run('--text', 'text', '--k', '3');
  const topics = result['topics'] as { share: number; words: string[] }[];
  const first = topics.map(({ words }) => words.slice(0, 4).sort().join(' ')).sort();
  expect(first).toEqual(
    ['card invoice payment refund', 'courier delivery late parcel', '味道 米饭 辣椒 餐厅'].sort(),
  );
  expect(result['coherence_npmi']).toBeGreaterThan(-1);
  expect(result['perplexity']).toBeLessThan(12);
  expect(result).toMatchObject({ n: 90, terms: 12 });
});

it.each([
  [['--text', 'body'], /no column "body"/],
  [['--text', 'empty'], /no word is in 5 texts/],
  [['--text', 'text', '--k', '20'], /12 words in 5 texts or more are too few for 20 topics/],
  [['--text', 'text', '--k', '1'], /--k must be a number from 2 to 1000/],
])('says in one sentence what is wrong with %j', async (args, message) => {
  await expect(run(...args)).rejects.toMatchObject({
    code: 'config_invalid',
    message: expect.stringMatching(message),
  });
});
