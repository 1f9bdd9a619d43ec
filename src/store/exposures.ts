/** The log of who was advised what, and who was held out: what honest evaluation reads later. */

import type { Exposure, ExposureStore } from '../ports/score-store.ts';
import type { SqlClient } from '../ports/sql.ts';

interface Row {
  contact_id: string;
  period: string;
  arm: Exposure['arm'];
  channel: string;
  day_part: string;
  chance: number | null;
  propensity: number;
  model_version: string;
  exposed_at: Date;
}

export function createExposureStore(sql: SqlClient): ExposureStore {
  return {
    async record(id, exposures) {
      if (exposures.length === 0) return;
      await sql.query(
        `INSERT INTO rapport.exposures
           (tenant_id, contact_id, period, arm, channel, day_part, chance, propensity, model_version, exposed_at)
         SELECT $1, e.* FROM unnest($2::text[], $3::text[], $4::text[], $5::text[], $6::text[],
                                    $7::float8[], $8::float8[], $9::text[], $10::timestamptz[]) AS e
         ON CONFLICT DO NOTHING`,
        [
          id,
          exposures.map((e) => e.contactId),
          exposures.map((e) => e.period),
          exposures.map((e) => e.arm),
          exposures.map((e) => e.channel ?? ''),
          exposures.map((e) => e.dayPart ?? ''),
          exposures.map((e) => e.chance),
          exposures.map((e) => e.propensity),
          exposures.map((e) => e.modelVersion),
          exposures.map((e) => e.at.toISOString()),
        ],
      );
    },

    async of(id, contactId) {
      const rows = await sql.query<Row>(
        `SELECT contact_id, period, arm, channel, day_part, chance, propensity, model_version, exposed_at
           FROM rapport.exposures WHERE tenant_id = $1 AND contact_id = $2 ORDER BY exposed_at, arm, channel, day_part`,
        [id, contactId],
      );
      return rows.map((r) => ({
        contactId: r.contact_id,
        period: r.period,
        arm: r.arm,
        channel: r.channel === '' ? null : r.channel,
        dayPart: r.day_part === '' ? null : r.day_part,
        chance: r.chance,
        propensity: r.propensity,
        modelVersion: r.model_version,
        at: r.exposed_at,
      }));
    },

    async firsts(id) {
      const rows = await sql.query<Pick<Row, 'contact_id' | 'period' | 'arm' | 'exposed_at'>>(
        `SELECT contact_id, period, arm, min(exposed_at) AS exposed_at FROM rapport.exposures
          WHERE tenant_id = $1 GROUP BY contact_id, period, arm ORDER BY period, contact_id, arm`,
        [id],
      );
      return rows.map((r) => ({
        contactId: r.contact_id,
        period: r.period,
        arm: r.arm,
        at: r.exposed_at,
      }));
    },

    async advised(id) {
      const rows = await sql.query<
        Pick<Row, 'contact_id' | 'channel' | 'propensity' | 'exposed_at'>
      >(
        `SELECT contact_id, channel, propensity, exposed_at FROM rapport.exposures
          WHERE tenant_id = $1 AND arm = 'shown' AND channel <> ''
          ORDER BY exposed_at, contact_id, channel, day_part`,
        [id],
      );
      return rows.map((r) => ({
        contactId: r.contact_id,
        channel: r.channel,
        propensity: r.propensity,
        at: r.exposed_at,
      }));
    },
  };
}
