-- How far the webhooks journal of each host's app is read: one for all its accounts.
CREATE TABLE rapport.journals (
  host text PRIMARY KEY,
  journal_offset text,
  moved_at timestamptz NOT NULL
);

-- Changes that were told already, so that one that comes by webhook and by journal is looked at once.
CREATE TABLE rapport.seen_changes (
  tenant_id text NOT NULL,
  kind text NOT NULL,
  record_id text NOT NULL,
  change text NOT NULL,
  occurred_at timestamptz NOT NULL,
  PRIMARY KEY (tenant_id, kind, record_id, change, occurred_at)
);
CREATE INDEX seen_changes_by_time ON rapport.seen_changes (tenant_id, occurred_at);
