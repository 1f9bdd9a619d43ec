-- Who was advised what, or held out, in which month: one row per distinct advice, at its first time.
-- channel and day_part are '' where nothing was advised. propensity is the chance with which this
-- channel was chosen: 1 for the best one, less where a share of advice explores.
CREATE TABLE rapport.exposures (
  tenant_id text NOT NULL,
  contact_id text NOT NULL,
  period text NOT NULL,
  arm text NOT NULL CHECK (arm IN ('shown', 'holdout')),
  channel text NOT NULL,
  day_part text NOT NULL,
  chance double precision,
  propensity double precision NOT NULL,
  model_version text NOT NULL,
  exposed_at timestamptz NOT NULL,
  PRIMARY KEY (tenant_id, contact_id, period, arm, channel, day_part)
);
CREATE INDEX exposures_by_period ON rapport.exposures (tenant_id, period);
