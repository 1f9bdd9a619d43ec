/** Tenants and their state. */
import { asTenantId } from '../core/ids.ts';
import { DEFAULT_SETTINGS, type HostName, type Tenant, type TenantState } from '../core/tenant.ts';
import type { SqlClient } from '../ports/sql.ts';
import type { TenantStore } from '../ports/tenant-store.ts';
import { toJson } from './rows.ts';

interface TenantRow {
  tenant_id: string;
  host: HostName;
  account_id: string;
  name: string;
  state: TenantState;
  currency: string;
  time_zone: string;
  settings: Partial<Tenant['settings']>;
  last_event_at: Date | null;
  last_error: string | null;
}

export function createTenantStore(sql: SqlClient): TenantStore {
  const select = async (where: string, params: unknown[]) =>
    (
      await sql.query<TenantRow>(
        `SELECT tenant_id, host, account_id, name, state, currency, time_zone, settings, last_event_at, last_error
           FROM rapport.tenants ${where} ORDER BY installed_at, tenant_id`,
        params,
      )
    ).map(toTenant);
  return {
    async upsert(tenant, at) {
      await sql.query(
        `INSERT INTO rapport.tenants (tenant_id, host, account_id, name, state, currency, time_zone, settings, installed_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8::jsonb, $9)
         ON CONFLICT (tenant_id) DO UPDATE SET
           name = excluded.name, state = excluded.state, currency = excluded.currency,
           time_zone = excluded.time_zone, last_error = NULL, last_error_at = NULL`,
        [
          tenant.id,
          tenant.host,
          tenant.accountId,
          tenant.name,
          tenant.state,
          tenant.currency,
          tenant.timeZone,
          toJson(tenant.settings),
          at,
        ],
      );
    },
    get: async (id) => (await select('WHERE tenant_id = $1', [id]))[0] ?? null,
    find: async (host, accountId) =>
      (await select('WHERE host = $1 AND account_id = $2', [host, accountId]))[0] ?? null,
    all: () => select('', []),
    async setState(id, state) {
      await sql.query('UPDATE rapport.tenants SET state = $2 WHERE tenant_id = $1', [id, state]);
    },
    async changeSettings(id, settings) {
      await sql.query(
        'UPDATE rapport.tenants SET settings = settings || $2::jsonb WHERE tenant_id = $1',
        [id, toJson(settings)],
      );
    },
    async noteEvent(id, at) {
      await sql.query(
        'UPDATE rapport.tenants SET last_event_at = greatest(last_event_at, $2) WHERE tenant_id = $1',
        [id, at],
      );
    },
    async noteError(id, message, at) {
      await sql.query(
        'UPDATE rapport.tenants SET last_error = $2, last_error_at = $3 WHERE tenant_id = $1',
        [id, message.slice(0, 500), at],
      );
    },
    async clearError(id) {
      await sql.query(
        'UPDATE rapport.tenants SET last_error = NULL, last_error_at = NULL WHERE tenant_id = $1',
        [id],
      );
    },
    async beginPeriod(id, period) {
      const changed = await sql.query(
        `UPDATE rapport.tenants SET drawn_period = $2
          WHERE tenant_id = $1 AND drawn_period IS DISTINCT FROM $2 RETURNING tenant_id`,
        [id, period],
      );
      return changed.length > 0;
    },
    async erase(id) {
      // The names come from the catalogue, so that no later table can be forgotten here.
      const tables = await sql.query<{ name: string }>(
        `SELECT quote_ident(c.table_name) AS name FROM information_schema.columns c
           JOIN information_schema.tables t USING (table_schema, table_name)
          WHERE c.table_schema = 'rapport' AND c.column_name = 'tenant_id' AND t.table_type = 'BASE TABLE'
          ORDER BY c.table_name = 'tenants', c.table_name`,
      );
      for (const { name } of tables)
        await sql.query(`DELETE FROM rapport.${name} WHERE tenant_id = $1`, [id]);
    },
  };
}

const toTenant = (row: TenantRow): Tenant => ({
  id: asTenantId(row.tenant_id),
  host: row.host,
  accountId: row.account_id,
  name: row.name,
  state: row.state,
  currency: row.currency,
  timeZone: row.time_zone,
  settings: {
    ...DEFAULT_SETTINGS,
    ...row.settings,
    // A portal installed by an earlier version knows fewer rules.
    reach: { ...DEFAULT_SETTINGS.reach, ...row.settings.reach },
    service: { ...DEFAULT_SETTINGS.service, ...row.settings.service },
  },
  lastEventAt: row.last_event_at,
  lastError: row.last_error,
});
