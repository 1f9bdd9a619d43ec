/** Deletes, a batch at a time, what was worked off long ago. */
import type { RetentionStore, WorkedOff } from '../ports/retention-store.ts';
import type { SqlClient } from '../ports/sql.ts';

/** Key column → which rows of a tenant may go, by `$2`. */
const OLD: Readonly<Record<WorkedOff, { readonly key: string; readonly where: string }>> = {
  writes: {
    key: 'write_id',
    where: "planned_at < $2 AND state IN ('sent', 'refused', 'kept')",
  },
  runs: {
    key: 'run_id',
    where: `started_at < $2 AND NOT EXISTS (
      SELECT 1 FROM rapport.writes w WHERE w.tenant_id = $1 AND w.run_id = old.run_id)`,
  },
  action_runs: { key: 'callback_id', where: 'answered_at < $2' },
  dead_letters: { key: 'dead_letter_id', where: 'received_at < $2' },
};

export function createRetentionStore(sql: SqlClient): RetentionStore {
  const prune = async (id: string, what: WorkedOff, before: Date, limit: number) => {
    const { key, where } = OLD[what];
    const gone = await sql.query(
      `DELETE FROM rapport.${what} WHERE tenant_id = $1 AND ${key} IN (
         SELECT ${key} FROM rapport.${what} AS old WHERE tenant_id = $1 AND ${where}
          ORDER BY ${key} LIMIT $3) RETURNING 1`,
      [id, before, limit],
    );
    return gone.length;
  };
  return {
    prune,
    async pruneUnowned(before, limit) {
      const states = await sql.query(
        `DELETE FROM rapport.install_states WHERE (host, state_hash) IN (
           SELECT host, state_hash FROM rapport.install_states WHERE expires_at < $1 LIMIT $2)
         RETURNING 1`,
        [before, limit],
      );
      return states.length + (await prune('', 'dead_letters', before, limit));
    },
  };
}
