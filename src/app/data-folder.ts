/** The embedded mode's folder: made, writable, and home of its own key. */
import { mkdir, open, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { RapportError } from '../core/errors.ts';
import { generateKey, isKey } from '../platform/vault.ts';

/** Throws `config_invalid` when the folder cannot be made or written. */
export async function ensureFolder(folder: string): Promise<void> {
  try {
    // Recursive mkdir never returns where the system answers ENOENT to every attempt, as /proc does.
    if (!(await exists(folder)))
      await mkdir(folder, { recursive: !(await exists(dirname(folder))) });
    const probe = join(folder, '.writable');
    await writeFile(probe, '');
    await rm(probe);
  } catch (cause) {
    throw new RapportError(
      'config_invalid',
      `The data folder ${folder} cannot be written; set RAPPORT_DATA_DIR to one that can.`,
      { cause },
    );
  }
}

const exists = (path: string): Promise<boolean> =>
  stat(path).then(
    () => true,
    () => false,
  );

/**
 * The embedded mode's own key, made once and readable by its owner only. It is whole on disk before it
 * has its name, so that nothing is ever sealed under a key that a crash can halve.
 * Throws `config_invalid` for a damaged one, which is kept: a new key could not open what the old one sealed.
 */
export async function ownKey(dataDir: string): Promise<string> {
  const file = join(dataDir, 'encryption.key');
  const known = await readFile(file, 'utf8').catch(() => null);
  if (known !== null) return wholeKey(known.trim(), file);
  const key = generateKey();
  const unnamed = `${file}.new`;
  await rm(unnamed, { force: true });
  const handle = await open(unnamed, 'w', 0o600);
  try {
    await handle.writeFile(`${key}\n`);
    await handle.sync();
  } finally {
    await handle.close();
  }
  await rename(unnamed, file);
  return key;
}

function wholeKey(key: string, file: string): string {
  if (isKey(key)) return key;
  throw new RapportError(
    'config_invalid',
    `The key in ${file} is damaged; put it back from a backup. Without it, remove the file and connect the accounts again.`,
  );
}
