/** Migrations: in order, once, all or nothing, and never a changed file. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { migrate } from '../../../src/store/migrate.ts';
import type { PgliteSql } from '../../../src/store/pglite.ts';
import { MIGRATIONS } from '../../support/databases.ts';
import { createEmptyPglite } from '../../support/empty-pglite.ts';

let sql: PgliteSql;
let dir: string;
const put = (name: string, text: string) => writeFile(join(dir, name), text);
beforeAll(async () => {
  sql = await createEmptyPglite();
  dir = await mkdtemp(join(tmpdir(), 'rapport-migrations-'));
});
afterAll(async () => {
  await sql?.close();
  await rm(dir, { recursive: true, force: true });
});

test('F39 applies what is missing, in order, and a second run does nothing', async () => {
  await put('0002_b.sql', '-- second; of two\nALTER TABLE public.t ADD COLUMN b text;');
  await put('0001_a.sql', 'CREATE TABLE public.t (a text);\nINSERT INTO public.t VALUES (1)');
  await put('notes.txt', 'not a migration');
  expect(await migrate(sql, dir)).toEqual(['0001_a.sql', '0002_b.sql']);
  expect(await migrate(sql, dir)).toEqual([]);
  expect(await sql.query('SELECT * FROM public.t')).toEqual([{ a: '1', b: null }]);
});

test('two runners at once apply each file once', async () => {
  await put('0003_c.sql', 'CREATE TABLE public.c (a text)');
  const applied = await Promise.all([migrate(sql, dir), migrate(sql, dir)]);
  expect(applied.flat()).toEqual(['0003_c.sql']);
});

test('a file that fails leaves nothing behind', async () => {
  await put('0004_d.sql', 'CREATE TABLE public.d (a text); SELECT * FROM nowhere');
  await expect(migrate(sql, dir)).rejects.toThrow(/nowhere/);
  await put('0004_d.sql', 'CREATE TABLE public.d (a text)');
  expect(await migrate(sql, dir)).toEqual(['0004_d.sql']);
});

test('a file that changed after it ran is refused', async () => {
  await put('0001_a.sql', 'CREATE TABLE public.other (a text)');
  await expect(migrate(sql, dir)).rejects.toMatchObject({ code: 'config_invalid' });
});

test('every table of ours leads with tenant_id', async () => {
  await rm(dir, { recursive: true });
  await sql.exec('DROP SCHEMA rapport CASCADE');
  await migrate(sql, MIGRATIONS);
  const rows = await sql.query<{ table_name: string; column_name: string }>(
    `SELECT table_name, column_name FROM information_schema.columns
      WHERE table_schema = 'rapport' AND ordinal_position = 1 ORDER BY table_name`,
  );
  const others = rows.filter((r) => r.column_name !== 'tenant_id').map((r) => r.table_name);
  // An installation under way has no tenant yet, and a journal is of all of them.
  expect(others).toEqual(['install_states', 'journals', 'migrations']);
});
