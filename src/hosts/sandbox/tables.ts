/** The sandbox's own tables, in a schema of their own, apart from everything Rapport keeps. */
import type { Sql } from '../../ports/sql.ts';

const TABLES = `
create schema if not exists sandbox;
create table if not exists sandbox.settings (
  name text primary key,
  value jsonb not null
);
create table if not exists sandbox.objects (
  object_type text not null,
  id bigint not null,
  properties jsonb not null,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  archived_at timestamptz,
  primary key (object_type, id)
);
create index if not exists objects_email on sandbox.objects (lower(properties->>'email'))
  where object_type = 'contacts';
create index if not exists objects_updated on sandbox.objects (object_type, updated_at, id);
create sequence if not exists sandbox.object_ids start 1000001;
create table if not exists sandbox.merged (
  object_type text not null,
  id bigint not null,
  into_id bigint not null,
  primary key (object_type, id)
);
create table if not exists sandbox.associations (
  from_type text not null,
  from_id bigint not null,
  to_type text not null,
  to_id bigint not null,
  type_id int not null,
  primary key (from_type, from_id, to_type, to_id, type_id)
);
create table if not exists sandbox.property_groups (
  object_type text not null,
  name text not null,
  label text not null,
  display_order int not null,
  primary key (object_type, name)
);
create table if not exists sandbox.property_definitions (
  object_type text not null,
  name text not null,
  definition jsonb not null,
  archived_at timestamptz,
  primary key (object_type, name)
);
create table if not exists sandbox.oauth_codes (
  code text primary key,
  redirect_uri text not null,
  scopes jsonb not null,
  expires_at timestamptz not null
);
create table if not exists sandbox.tokens (
  token text primary key,
  kind text not null check (kind in ('private', 'access', 'refresh')),
  scopes jsonb not null,
  expires_at timestamptz
);
create table if not exists sandbox.pending_events (
  seq bigserial primary key,
  event jsonb not null
);
create table if not exists sandbox.deliveries (
  id text primary key,
  events jsonb not null,
  attempts int not null default 0
);
create table if not exists sandbox.journal_subscriptions (
  id serial primary key,
  body jsonb not null,
  created_at timestamptz not null
);
create table if not exists sandbox.journal (
  seq bigserial primary key,
  journal_offset text not null unique,
  file_key text not null unique,
  published_at timestamptz not null,
  events jsonb not null
);
create table if not exists sandbox.truth (
  object_type text not null,
  id bigint not null,
  truth jsonb not null,
  primary key (object_type, id)
);
`;

export const createTables = (sql: Sql): Promise<void> => sql.exec(TABLES);
