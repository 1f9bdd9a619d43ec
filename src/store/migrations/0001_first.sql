-- Everything Rapport keeps. Each table leads with tenant_id, so one tenant's rows lie together
-- and no query can forget whose they are.
CREATE SCHEMA IF NOT EXISTS rapport;

CREATE TABLE rapport.tenants (
  tenant_id text PRIMARY KEY,
  host text NOT NULL,
  account_id text NOT NULL,
  name text NOT NULL,
  state text NOT NULL,
  currency text NOT NULL DEFAULT 'USD',
  time_zone text NOT NULL DEFAULT 'UTC',
  settings jsonb NOT NULL DEFAULT '{}',
  crm_counts jsonb NOT NULL DEFAULT '{}',
  installed_at timestamptz NOT NULL,
  last_event_at timestamptz,
  last_error text,
  last_error_at timestamptz
);

-- Encrypted OAuth tokens; the sealed text is bound to (tenant_id, name).
CREATE TABLE rapport.secrets (
  tenant_id text NOT NULL,
  name text NOT NULL,
  sealed text NOT NULL,
  expires_at timestamptz,
  PRIMARY KEY (tenant_id, name)
);

-- Work that only one process may do at a time; a lease outlives its holder by its expiry at most.
CREATE TABLE rapport.leases (
  tenant_id text NOT NULL,
  name text NOT NULL,
  holder text NOT NULL,
  expires_at timestamptz NOT NULL,
  PRIMARY KEY (tenant_id, name)
);

-- Installations under way, before a tenant exists: only hashes are kept.
CREATE TABLE rapport.install_states (
  host text NOT NULL,
  state_hash text NOT NULL,
  browser_hash text NOT NULL,
  expires_at timestamptz NOT NULL,
  PRIMARY KEY (host, state_hash)
);

-- One row per delivery and tenant, as it came.
CREATE TABLE rapport.inbox (
  tenant_id text NOT NULL,
  inbox_id bigint GENERATED ALWAYS AS IDENTITY,
  received_at timestamptz NOT NULL,
  body text NOT NULL,
  PRIMARY KEY (tenant_id, inbox_id)
);

-- What could not be used, with the reason. tenant_id is '' where no account could be read.
CREATE TABLE rapport.dead_letters (
  tenant_id text NOT NULL,
  dead_letter_id bigint GENERATED ALWAYS AS IDENTITY,
  received_at timestamptz NOT NULL,
  host text NOT NULL,
  reason text NOT NULL,
  body text NOT NULL,
  PRIMARY KEY (tenant_id, dead_letter_id)
);

-- Versions come from one sequence, so that a mark cleared and raised anew never repeats one.
CREATE SEQUENCE rapport.mark_versions;

-- "Look again": raised by every change, cleared only at the version that was read.
CREATE TABLE rapport.marks (
  tenant_id text NOT NULL,
  stage text NOT NULL CHECK (stage IN ('sync', 'score')),
  kind text NOT NULL,
  record_id text NOT NULL,
  version bigint NOT NULL DEFAULT nextval('rapport.mark_versions'),
  change text NOT NULL,
  marked_at timestamptz NOT NULL,
  event_at timestamptz,
  PRIMARY KEY (tenant_id, stage, kind, record_id)
);

CREATE TABLE rapport.records (
  tenant_id text NOT NULL,
  kind text NOT NULL,
  record_id text NOT NULL,
  data jsonb NOT NULL,
  updated_at timestamptz NOT NULL,
  deleted boolean NOT NULL DEFAULT false,
  PRIMARY KEY (tenant_id, kind, record_id)
);

-- child → parent, e.g. call → contact; kept on the child's side only.
CREATE TABLE rapport.links (
  tenant_id text NOT NULL,
  kind text NOT NULL,
  record_id text NOT NULL,
  parent_kind text NOT NULL,
  parent_id text NOT NULL,
  PRIMARY KEY (tenant_id, kind, record_id, parent_kind, parent_id)
);
CREATE INDEX links_by_parent ON rapport.links (tenant_id, parent_kind, parent_id, kind, record_id);

-- People erased by their own wish: a salted hash bars their return.
CREATE TABLE rapport.erased (
  tenant_id text NOT NULL,
  record_hash text NOT NULL,
  erased_at timestamptz NOT NULL,
  PRIMARY KEY (tenant_id, record_hash)
);

CREATE TABLE rapport.sync_cursors (
  tenant_id text NOT NULL,
  kind text NOT NULL,
  after text,
  done bigint NOT NULL DEFAULT 0,
  total bigint,
  finished_at timestamptz,
  -- Changes in the CRM before this moment have been looked for.
  checked_until timestamptz,
  PRIMARY KEY (tenant_id, kind)
);

CREATE TABLE rapport.models (
  tenant_id text NOT NULL,
  version text NOT NULL,
  trained_at timestamptz NOT NULL,
  artefact text NOT NULL,
  report jsonb NOT NULL,
  active boolean NOT NULL DEFAULT false,
  PRIMARY KEY (tenant_id, version)
);
CREATE UNIQUE INDEX one_active_model ON rapport.models (tenant_id) WHERE active;

CREATE TABLE rapport.scores (
  tenant_id text NOT NULL,
  kind text NOT NULL,
  record_id text NOT NULL,
  scored_at timestamptz NOT NULL,
  model_version text NOT NULL,
  data jsonb NOT NULL,
  PRIMARY KEY (tenant_id, kind, record_id)
);

-- What the CRM holds of ours, as far as we know: the side a new write is compared with.
CREATE TABLE rapport.written (
  tenant_id text NOT NULL,
  kind text NOT NULL,
  record_id text NOT NULL,
  "values" jsonb NOT NULL,
  written_at timestamptz NOT NULL,
  PRIMARY KEY (tenant_id, kind, record_id)
);

CREATE TABLE rapport.runs (
  tenant_id text NOT NULL,
  run_id bigint GENERATED ALWAYS AS IDENTITY,
  kind text NOT NULL,
  started_at timestamptz NOT NULL,
  finished_at timestamptz,
  counts jsonb NOT NULL DEFAULT '{}',
  PRIMARY KEY (tenant_id, run_id)
);

-- The journal of writes: one row per record and run, written before it is sent.
-- changes: { property: { "old": text|null, "new": text|null } }.
CREATE TABLE rapport.writes (
  tenant_id text NOT NULL,
  write_id bigint GENERATED ALWAYS AS IDENTITY,
  run_id bigint NOT NULL,
  kind text NOT NULL,
  record_id text NOT NULL,
  changes jsonb NOT NULL,
  model_version text NOT NULL,
  state text NOT NULL CHECK (state IN ('planned', 'sent', 'refused')),
  reason text,
  event_at timestamptz,
  planned_at timestamptz NOT NULL,
  sent_at timestamptz,
  PRIMARY KEY (tenant_id, write_id)
);
CREATE UNIQUE INDEX one_planned_write ON rapport.writes (tenant_id, kind, record_id) WHERE state = 'planned';
CREATE INDEX writes_by_record ON rapport.writes (tenant_id, kind, record_id, write_id);
