-- What an account's admin has to know or do, one row per cause, gone when it is mended.
CREATE TABLE rapport.notices (
  tenant_id text NOT NULL,
  code text NOT NULL,
  details jsonb NOT NULL,
  since timestamptz NOT NULL,
  PRIMARY KEY (tenant_id, code)
);
