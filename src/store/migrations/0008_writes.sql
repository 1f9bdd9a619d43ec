-- Writes wait for an admin's approval, are claimed before they are sent, and can be undone.
ALTER TABLE rapport.install_states ADD COLUMN write_at_once boolean NOT NULL DEFAULT false;

ALTER TABLE rapport.writes DROP CONSTRAINT writes_state_check;
ALTER TABLE rapport.writes ADD CONSTRAINT writes_state_check
  CHECK (state IN ('planned', 'sending', 'sent', 'refused', 'kept'));
CREATE INDEX writes_by_run ON rapport.writes (tenant_id, run_id, write_id);
CREATE INDEX writes_under_way ON rapport.writes (tenant_id, kind, write_id) WHERE state = 'sending';

-- Values that people gave to properties of ours: kept until an admin releases them.
CREATE TABLE rapport.kept_values (
  tenant_id text NOT NULL,
  kind text NOT NULL,
  record_id text NOT NULL,
  property text NOT NULL,
  value text NOT NULL,
  noticed_at timestamptz NOT NULL,
  PRIMARY KEY (tenant_id, kind, record_id, property)
);
