/** Sealed tokens, and installations under way. */
import { randomUUID } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import type { TenantId } from '../core/ids.ts';
import type { SqlClient } from '../ports/sql.ts';
import type { InstallStore, SealedSecret, SecretStore } from '../ports/tenant-store.ts';

const LEASE_SECONDS = 30;
const POLL_MS = 100;

const access = (sql: SqlClient): Pick<SecretStore, 'get' | 'put'> => ({
  async put(id, name, secret) {
    await sql.query(
      `INSERT INTO rapport.secrets (tenant_id, name, sealed, expires_at) VALUES ($1, $2, $3, $4)
       ON CONFLICT (tenant_id, name) DO UPDATE SET sealed = excluded.sealed, expires_at = excluded.expires_at`,
      [id, name, secret.sealed, secret.expiresAt],
    );
  },
  async get(id, name) {
    const [row] = await sql.query<{ sealed: string; expires_at: Date | null }>(
      'SELECT sealed, expires_at FROM rapport.secrets WHERE tenant_id = $1 AND name = $2',
      [id, name],
    );
    return row === undefined
      ? null
      : ({ sealed: row.sealed, expiresAt: row.expires_at } satisfies SealedSecret);
  },
});

export function createSecretStore(sql: SqlClient): SecretStore {
  const secrets = access(sql);
  return {
    ...secrets,
    async forget(id) {
      await sql.query('DELETE FROM rapport.secrets WHERE tenant_id = $1', [id]);
    },
    async exclusive(id, fn) {
      // A lease, not a transaction: `fn` calls the CRM, and no transaction may wait for a network.
      const holder = randomUUID();
      while (!(await claim(sql, id, holder))) await setTimeout(POLL_MS);
      try {
        return await fn(secrets);
      } finally {
        await sql.query(
          "DELETE FROM rapport.leases WHERE tenant_id = $1 AND name = 'secrets' AND holder = $2",
          [id, holder],
        );
      }
    },
  };
}

async function claim(sql: SqlClient, id: TenantId, holder: string): Promise<boolean> {
  const rows = await sql.query(
    `INSERT INTO rapport.leases AS l (tenant_id, name, holder, expires_at)
     VALUES ($1, 'secrets', $2, now() + make_interval(secs => $3))
     ON CONFLICT (tenant_id, name) DO UPDATE SET holder = excluded.holder, expires_at = excluded.expires_at
       WHERE l.expires_at < now()
     RETURNING 1`,
    [id, holder, LEASE_SECONDS],
  );
  return rows.length === 1;
}

export function createInstallStore(sql: SqlClient): InstallStore {
  return {
    async begin(host, stateHash, browserHash, expiresAt, writeAtOnce) {
      await sql.query(
        'INSERT INTO rapport.install_states (host, state_hash, browser_hash, expires_at, write_at_once) VALUES ($1, $2, $3, $4, $5)',
        [host, stateHash, browserHash, expiresAt, writeAtOnce],
      );
    },
    async consume(host, stateHash, browserHash, now) {
      const rows = await sql.query<{
        browser_hash: string;
        expires_at: Date;
        write_at_once: boolean;
      }>(
        'DELETE FROM rapport.install_states WHERE host = $1 AND state_hash = $2 RETURNING browser_hash, expires_at, write_at_once',
        [host, stateHash],
      );
      const [row] = rows;
      const good = row !== undefined && row.browser_hash === browserHash && row.expires_at > now;
      return good ? { writeAtOnce: row.write_at_once } : null;
    },
  };
}
