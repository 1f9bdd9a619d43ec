/** Fitted models with their state, and the daily looks at drift. */
import type { ModelState, TrainingQuery, Verdict } from '../core/model.ts';
import type { DriftStore, ModelEntry, ModelRow, ModelStore } from '../ports/model-store.ts';
import type { SqlClient } from '../ports/sql.ts';
import { toJson } from './rows.ts';

interface ModelColumns {
  version: string;
  state: ModelState;
  trained_at: Date;
  promoted_at: Date | null;
  report: unknown;
  query: TrainingQuery;
  verdict: Verdict;
}

const COLUMNS = 'version, state, trained_at, promoted_at, report, query, verdict';

export function createModelStore(sql: SqlClient): ModelStore {
  const entries = async (where: string, params: unknown[]): Promise<ModelEntry[]> =>
    (
      await sql.query<ModelColumns>(
        `SELECT ${COLUMNS} FROM rapport.models WHERE tenant_id = $1 ${where}`,
        params,
      )
    ).map(toEntry);
  const whole = async (
    where: string,
    params: unknown[],
  ): Promise<(ModelEntry & ModelRow) | null> => {
    const [row] = await sql.query<ModelColumns & { artefact: string }>(
      `SELECT ${COLUMNS}, artefact FROM rapport.models WHERE tenant_id = $1 ${where}`,
      params,
    );
    return row === undefined ? null : { ...toEntry(row), artefact: row.artefact };
  };
  return {
    async put(id, model) {
      await sql.query(
        `INSERT INTO rapport.models (tenant_id, version, trained_at, artefact, report, query, verdict)
         VALUES ($1, $2, $3, $4, $5::jsonb, $6::jsonb, $7::jsonb)
         ON CONFLICT (tenant_id, version) DO UPDATE SET trained_at = excluded.trained_at,
           query = excluded.query, verdict = excluded.verdict`,
        [
          id,
          model.version,
          model.trainedAt,
          model.artefact,
          toJson(model.report),
          toJson(model.query),
          toJson(model.verdict),
        ],
      );
    },
    async promote(id, version, at) {
      const [known] = await entries('AND version = $2', [id, version]);
      if (known === undefined) return false;
      if (known.state === 'champion') return true;
      await sql.query(
        "UPDATE rapport.models SET state = 'retired' WHERE tenant_id = $1 AND state = 'champion'",
        [id],
      );
      await sql.query(
        `UPDATE rapport.models SET state = 'champion', promoted_at = $3
          WHERE tenant_id = $1 AND version = $2`,
        [id, version, at],
      );
      return true;
    },
    get: (id, version) => whole('AND version = $2', [id, version]),
    active: (id) => whole("AND state = 'champion'", [id]),
    summary: async (id) => (await entries("AND state = 'champion'", [id]))[0] ?? null,
    async championVersion(id) {
      const [row] = await sql.query<{ version: string }>(
        "SELECT version FROM rapport.models WHERE tenant_id = $1 AND state = 'champion'",
        [id],
      );
      return row?.version ?? null;
    },
    list: (id) => entries('ORDER BY trained_at DESC, version', [id]),
    async prune(id, keep) {
      await sql.query(
        `DELETE FROM rapport.models WHERE tenant_id = $1 AND version IN (
           SELECT version FROM rapport.models WHERE tenant_id = $1 AND state <> 'champion'
            ORDER BY trained_at DESC, version OFFSET $2)`,
        [id, keep],
      );
    },
  };
}

const toEntry = (row: ModelColumns): ModelEntry => ({
  version: row.version,
  state: row.state,
  trainedAt: row.trained_at,
  promotedAt: row.promoted_at,
  report: row.report,
  query: row.query,
  verdict: row.verdict,
});

export function createDriftStore(sql: SqlClient): DriftStore {
  return {
    async put(id, check) {
      await sql.query(
        `INSERT INTO rapport.drift_checks (tenant_id, day, checked_at, alarms, report)
         VALUES ($1, $2::date, $3, $4::jsonb, $5::jsonb)
         ON CONFLICT (tenant_id, day) DO UPDATE SET checked_at = excluded.checked_at,
           alarms = excluded.alarms, report = excluded.report`,
        [id, check.day, check.checkedAt, toJson(check.alarms), toJson(check.report)],
      );
    },
    async latest(id, limit) {
      const rows = await sql.query<{
        day: string;
        checked_at: Date;
        alarms: string[];
        report: unknown;
      }>(
        `SELECT day::text AS day, checked_at, alarms, report FROM rapport.drift_checks
          WHERE tenant_id = $1 ORDER BY drift_checks.day DESC LIMIT $2`,
        [id, limit],
      );
      return rows.map((r) => ({
        day: r.day,
        checkedAt: r.checked_at,
        alarms: r.alarms,
        report: r.report,
      }));
    },
  };
}
