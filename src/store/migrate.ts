/** Brings a database to the newest schema: numbered files, forward only, one runner at a time. */
import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { RapportError } from '../core/errors.ts';
import type { Sql } from '../ports/sql.ts';

const LOCK_KEY = 7_273_011;

/** Applies what is missing from `dir` and returns the names applied. Refuses files that changed after they ran. */
export async function migrate(sql: Sql, dir: string): Promise<string[]> {
  await sql.exec(
    'CREATE SCHEMA IF NOT EXISTS rapport; CREATE TABLE IF NOT EXISTS rapport.migrations (name text PRIMARY KEY, checksum text NOT NULL, applied_at timestamptz NOT NULL DEFAULT now())',
  );
  const files = (await readdir(dir)).filter((name) => name.endsWith('.sql')).sort();
  const applied: string[] = [];
  for (const name of files) {
    const script = await readFile(join(dir, name), 'utf8');
    const checksum = createHash('sha256').update(script).digest('hex');
    const ran = await sql.transaction(async (tx) => {
      await tx.query('SELECT pg_advisory_xact_lock($1)', [LOCK_KEY]);
      const [known] = await tx.query<{ checksum: string }>(
        'SELECT checksum FROM rapport.migrations WHERE name = $1',
        [name],
      );
      if (known !== undefined) {
        if (known.checksum === checksum) return false;
        throw new RapportError(
          'config_invalid',
          `Migration ${name} changed after it was applied; restore the file and add a new one.`,
        );
      }
      for (const statement of statements(script)) await tx.query(statement);
      await tx.query('INSERT INTO rapport.migrations (name, checksum) VALUES ($1, $2)', [
        name,
        checksum,
      ]);
      return true;
    });
    if (ran) applied.push(name);
  }
  return applied;
}

/** Migrations are plain DDL without `;` inside literals or function bodies. */
const statements = (script: string): string[] =>
  script
    .replace(/^--.*$/gm, '')
    .split(';')
    .map((part) => part.trim())
    .filter((part) => part.length > 0);
