-- Serving customers who wrote: what is waited for, what people corrected, the tenant's answers.

-- One row per case; look_at is when its score must be looked at again, null when only an event can change it.
CREATE TABLE rapport.follow_ups (
  tenant_id text NOT NULL,
  kind text NOT NULL,
  record_id text NOT NULL,
  state text NOT NULL,
  due_at timestamptz,
  look_at timestamptz,
  PRIMARY KEY (tenant_id, kind, record_id)
);
CREATE INDEX follow_ups_to_look_at ON rapport.follow_ups (tenant_id, look_at) WHERE look_at IS NOT NULL;

-- A person's word on a message. was: what Rapport had said before the first correction.
CREATE TABLE rapport.corrections (
  tenant_id text NOT NULL,
  kind text NOT NULL,
  record_id text NOT NULL,
  field text NOT NULL,
  label text NOT NULL,
  was text,
  source text NOT NULL,
  corrected_at timestamptz NOT NULL,
  PRIMARY KEY (tenant_id, kind, record_id, field)
);

-- Answers the tenant wrote; one row per language of an entry.
CREATE TABLE rapport.faq (
  tenant_id text NOT NULL,
  faq_id text NOT NULL,
  language text NOT NULL,
  question text NOT NULL,
  answer text NOT NULL,
  keywords text NOT NULL DEFAULT '',
  PRIMARY KEY (tenant_id, faq_id, language)
);

-- Conversations of the chat endpoint, as far as the next turn needs them.
CREATE TABLE rapport.chats (
  tenant_id text NOT NULL,
  conversation_id text NOT NULL,
  contact_id text,
  state jsonb NOT NULL,
  updated_at timestamptz NOT NULL,
  PRIMARY KEY (tenant_id, conversation_id)
);
