/** One portal or org: where it lives, what state it is in, what its admin set. */
import { DEFAULT_REACH_RULES, type ReachRules } from './channel.ts';
import type { TenantId } from './ids.ts';
import { DEFAULT_MODEL_SETTINGS, type ModelSettings } from './model.ts';
import { DEFAULT_SERVICE_RULES, type ServiceRules } from './service.ts';
import { DEFAULT_TOPICS, type Topic } from './topic.ts';

/**
 * `sandbox` speaks HubSpot's API too, but has its own app secret, so that knowing one never lets
 * anyone speak for the other.
 */
export const HOSTS = ['hubspot', 'sandbox'] as const;
export type HostName = (typeof HOSTS)[number];

/** What a tenant is doing; each state resumes from the store after a crash. */
export const TENANT_STATES = [
  'installing',
  'backfilling',
  'training',
  'scoring',
  'ready',
  'parked',
] as const;
export type TenantState = (typeof TENANT_STATES)[number];

/** `dry_run`: every write is planned and shown, none is sent until an admin approves. */
export const WRITE_MODES = ['dry_run', 'write'] as const;
export type WriteMode = (typeof WRITE_MODES)[number];

/** Days without a purchase or an answer after which a customer counts as lost. */
export const DEFAULT_CHURN_DAYS = 90;

/** Fields about the person that only an admin's opt-in lets models use; see docs/features.md. */
export const DEMOGRAPHICS = ['age', 'gender', 'location'] as const;
export type Demographic = (typeof DEMOGRAPHICS)[number];

export interface TenantSettings {
  readonly reach: ReachRules;
  readonly churn: { readonly days: number };
  /** Every change is kept in the audit log. */
  readonly demographics: readonly Demographic[];
  readonly writes: { readonly mode: WriteMode };
  readonly service: ServiceRules;
  /** Share of contacts, 0–0.5, whose scores are computed but not shown, drawn anew every month. */
  readonly holdout: { readonly share: number };
  /** What messages may be about. */
  readonly feedback: { readonly topics: readonly Topic[] };
  readonly models: ModelSettings;
  /** `optional`: the properties that are not core are created and written too. */
  readonly properties: { readonly optional: boolean };
  /** `editors`: who may change settings from inside the CRM, by user id or e-mail address; whoever installs is one. */
  /** Who sees the cards, by user id or address of the CRM; empty = everybody who sees the record. */
  readonly cards: { readonly viewers: readonly string[] };
  readonly access: { readonly editors: readonly string[] };
}

export const DEFAULT_SETTINGS: TenantSettings = {
  reach: DEFAULT_REACH_RULES,
  churn: { days: DEFAULT_CHURN_DAYS },
  demographics: [],
  writes: { mode: 'dry_run' },
  service: DEFAULT_SERVICE_RULES,
  holdout: { share: 0.1 },
  feedback: { topics: DEFAULT_TOPICS },
  models: DEFAULT_MODEL_SETTINGS,
  properties: { optional: false },
  cards: { viewers: [] },
  access: { editors: [] },
};

/** Whether planned writes may be sent: approved, and not frozen. */
export const sendsFresh = ({ settings }: Pick<Tenant, 'settings'>): boolean =>
  settings.writes.mode === 'write' && settings.models.freeze === null;

export interface Tenant {
  readonly id: TenantId;
  readonly host: HostName;
  readonly accountId: string;
  readonly name: string;
  readonly state: TenantState;
  /** ISO 4217. */
  readonly currency: string;
  /** IANA name; used for people without a time zone of their own. */
  readonly timeZone: string;
  readonly settings: TenantSettings;
  readonly lastEventAt: Date | null;
  readonly lastError: string | null;
}
