/** The data folder's own key: whole, private, and never replaced. */
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { ownKey } from '../../../src/app/data-folder.ts';
import { createVault } from '../../../src/platform/vault.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'rapport-key-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const file = () => join(folder, 'encryption.key');

test('is made once, readable by its owner only, and leaves nothing beside it', async () => {
  const key = await ownKey(folder);
  expect(await ownKey(folder)).toBe(key);
  expect((await stat(file())).mode & 0o777).toBe(0o600);
  expect(await readdir(folder)).toEqual(['encryption.key']);
  const vault = createVault([key]);
  expect(vault.open(vault.seal('token', 'a'), 'a')).toBe('token');
});

test('F73 a crash before the key had its name leaves room for a whole one', async () => {
  await writeFile(`${file()}.new`, 'half of a k');
  const key = await ownKey(folder);
  expect(await readFile(file(), 'utf8')).toBe(`${key}\n`);
  expect(await readdir(folder)).toEqual(['encryption.key']);
});

test('F73 a key cut anywhere is refused with its file named, and kept as it is', async () => {
  const whole = await ownKey(folder);
  for (const length of [0, 1, 8, 20, 42]) {
    const cut = whole.slice(0, length);
    await writeFile(file(), cut);
    await expect(ownKey(folder)).rejects.toMatchObject({
      code: 'config_invalid',
      message: expect.stringContaining(file()),
    });
    expect(await readFile(file(), 'utf8')).toBe(cut);
  }
});
