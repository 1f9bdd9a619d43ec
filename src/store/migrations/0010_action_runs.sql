-- Answers given to workflow actions, so that an execution that is asked for twice is answered the same.
CREATE TABLE rapport.action_runs (
  tenant_id text NOT NULL,
  callback_id text NOT NULL,
  action text NOT NULL,
  record_id text,
  answer jsonb NOT NULL,
  answered_at timestamptz NOT NULL,
  PRIMARY KEY (tenant_id, callback_id)
);
CREATE INDEX action_runs_by_record ON rapport.action_runs (tenant_id, record_id);
