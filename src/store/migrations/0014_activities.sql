-- Tasks and notes that Rapport put on records, by a key of our own: the same asked for again makes no second one.
-- about: [{ "kind": text, "id": text }]; crm_id: the CRM's own id, once it is made.
CREATE TABLE rapport.activities (
  tenant_id text NOT NULL,
  kind text NOT NULL,
  record_id text NOT NULL,
  about jsonb NOT NULL,
  crm_id text,
  asked_at timestamptz NOT NULL,
  removed_at timestamptz,
  PRIMARY KEY (tenant_id, kind, record_id)
);

-- "Not now": advice that a person set aside, and why.
CREATE TABLE rapport.not_now (
  tenant_id text NOT NULL,
  contact_id text NOT NULL,
  said_at timestamptz NOT NULL,
  reason text NOT NULL,
  channel text,
  user_id text,
  model_version text NOT NULL,
  PRIMARY KEY (tenant_id, contact_id, said_at)
);
