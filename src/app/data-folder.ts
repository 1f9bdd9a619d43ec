/** The embedded mode's folder: made, writable, and home of its own key. */
import { chmod, mkdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { RapportError } from '../core/errors.ts';
import { generateKey } from '../platform/vault.ts';

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

/** The embedded mode's own key, made once and readable by its owner only. */
export async function ownKey(dataDir: string): Promise<string> {
  const file = join(dataDir, 'encryption.key');
  const known = await readFile(file, 'utf8').catch(() => null);
  if (known !== null) return known.trim();
  const key = generateKey();
  await writeFile(file, `${key}\n`, { mode: 0o600 });
  await chmod(file, 0o600);
  return key;
}
