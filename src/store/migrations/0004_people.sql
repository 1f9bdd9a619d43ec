-- What was said of a contact, once per month: the last word of that month stays.
CREATE TABLE rapport.score_history (
  tenant_id text NOT NULL,
  kind text NOT NULL,
  record_id text NOT NULL,
  month text NOT NULL,
  value_12m double precision,
  churn_chance double precision,
  model_version text NOT NULL,
  PRIMARY KEY (tenant_id, kind, record_id, month)
);

-- Names that people gave to segments. A name counts only for the group that had the id at that time.
CREATE TABLE rapport.segment_names (
  tenant_id text NOT NULL,
  segment_id text NOT NULL,
  name text NOT NULL,
  named_at timestamptz NOT NULL,
  PRIMARY KEY (tenant_id, segment_id)
);

-- Decisions of an admin that must be answered for. Never changed, never deleted.
CREATE TABLE rapport.audit (
  tenant_id text NOT NULL,
  audit_id bigint GENERATED ALWAYS AS IDENTITY,
  at timestamptz NOT NULL,
  actor text NOT NULL,
  action text NOT NULL,
  detail jsonb NOT NULL,
  PRIMARY KEY (tenant_id, audit_id)
);
