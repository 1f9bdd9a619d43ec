-- How complete the copy of each object is, and a comparison of ids under way.
CREATE TABLE rapport.certificates (
  tenant_id text NOT NULL,
  kind text NOT NULL,
  -- The last finished comparison.
  checked_at timestamptz,
  crm_count bigint,
  stored_count bigint,
  crm_checksum text,
  stored_checksum text,
  -- The last gap that was found: how many records were missing here or gone there.
  gap_at timestamptz,
  gap_missing bigint,
  gap_surplus bigint,
  -- A comparison under way: where it goes on, and its sums so far.
  sweep jsonb,
  PRIMARY KEY (tenant_id, kind)
);
