-- The life of a model: what it was trained from, how it was judged, and what it is now.
ALTER TABLE rapport.models ADD COLUMN state text NOT NULL DEFAULT 'shadow'
  CHECK (state IN ('shadow', 'champion', 'retired'));
UPDATE rapport.models SET state = CASE WHEN active THEN 'champion' ELSE 'retired' END;
DROP INDEX rapport.one_active_model;
ALTER TABLE rapport.models DROP COLUMN active;
CREATE UNIQUE INDEX one_champion ON rapport.models (tenant_id) WHERE state = 'champion';

-- query: as-of, seed, settings and hash of the facts, enough to train the same bytes again.
-- verdict: the comparison with the champion of that day.
ALTER TABLE rapport.models ADD COLUMN query jsonb NOT NULL DEFAULT '{}';
ALTER TABLE rapport.models ADD COLUMN verdict jsonb NOT NULL DEFAULT '{}';
ALTER TABLE rapport.models ADD COLUMN promoted_at timestamptz;
UPDATE rapport.models SET promoted_at = trained_at;

-- One look per day at how far the data have moved from what the champion was trained on.
CREATE TABLE rapport.drift_checks (
  tenant_id text NOT NULL,
  day date NOT NULL,
  checked_at timestamptz NOT NULL,
  alarms jsonb NOT NULL,
  report jsonb NOT NULL,
  PRIMARY KEY (tenant_id, day)
);
