/** An empty embedded database in memory, from an image that the first test of a machine leaves for all others. */
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { createPglite, type PgliteSql } from '../../src/store/pglite.ts';

const MODULES = resolve(import.meta.dirname, '../../node_modules');
const CACHE = resolve(MODULES, '.cache/rapport');

/** Holds nothing of ours: the engine's own files, as its version makes them. */
async function emptyImage(): Promise<Blob> {
  const engine = await readFile(resolve(MODULES, '@electric-sql/pglite/package.json'), 'utf8');
  const { version } = JSON.parse(engine) as { version: string };
  const file = resolve(CACHE, `empty-pglite-${version}.tar`);
  const known = await readFile(file).catch(() => null);
  if (known !== null) return new Blob([known]);
  const sql = await createPglite();
  const made = await sql.engine.dumpDataDir('none');
  await sql.close();
  await mkdir(CACHE, { recursive: true });
  const part = `${file}.${process.pid}.${Date.now()}`;
  await writeFile(part, Buffer.from(await made.arrayBuffer()));
  await rename(part, file);
  return made;
}

export const createEmptyPglite = async (): Promise<PgliteSql> =>
  createPglite(undefined, await emptyImage());
