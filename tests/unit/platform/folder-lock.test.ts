/** F19 One process per data folder; the lock dies with its holder. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { lockFolder } from '../../../src/platform/folder-lock.ts';
import { bundle } from '../../support/bundle.ts';

let script: Awaited<ReturnType<typeof bundle>>;
let folder: string;
const children: ChildProcess[] = [];
beforeAll(async () => {
  script = await bundle('lock-holder.ts');
  folder = await mkdtemp(join(tmpdir(), 'rapport-lock-'));
});
afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
});
afterAll(async () => {
  await script?.remove();
  await rm(folder, { recursive: true, force: true });
});

async function holder(path = folder): Promise<{ child: ChildProcess; said: string }> {
  const child = spawn(process.execPath, [script.file, path], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  children.push(child);
  for await (const said of createInterface({ input: child.stdout as NodeJS.ReadableStream }))
    return { child, said };
  throw new Error('said nothing');
}

test('F19 a second process is refused with a clear sentence, by whatever path it comes', async () => {
  expect((await holder()).said).toBe('locked');
  const link = `${folder}-link`;
  await symlink(folder, link);
  for (const path of [folder, link])
    expect((await holder(path)).said).toMatch(/^refused: The data folder .* is in use/);
  await rm(link);
  await expect(lockFolder(folder)).rejects.toMatchObject({ code: 'config_invalid' });
});

test('F19 kill -9 of the holder frees the folder', async () => {
  for (let round = 0; round < 3; round++) {
    const { child, said } = await holder();
    expect(said).toBe('locked');
    const exited = once(child, 'exit');
    child.kill('SIGKILL');
    await exited;
  }
});

test('a released lock can be taken again, and folders do not lock each other', async () => {
  const lock = await lockFolder(folder);
  await expect(lockFolder(folder)).rejects.toMatchObject({ code: 'config_invalid' });
  const other = await mkdtemp(join(tmpdir(), 'rapport-lock-'));
  await (await lockFolder(other)).release();
  await rm(other, { recursive: true });
  await lock.release();
  await (await lockFolder(folder)).release();
});
