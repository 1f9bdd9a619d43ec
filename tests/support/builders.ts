/** Records and tenants with sensible fields, each overridable. */
import { asTenantId, recordId, type TenantId } from '../../src/core/ids.ts';
import type {
  Contact,
  Deal,
  FeedbackItem,
  Interaction,
  LineItem,
  Note,
  RecordKind,
  RecordRef,
  Ticket,
} from '../../src/core/record.ts';
import { DEFAULT_SETTINGS, type HostName, type Tenant } from '../../src/core/tenant.ts';
import type { Store } from '../../src/ports/store.ts';

export const AT = new Date('2026-03-01T09:00:00.000Z');
export const later = (ms: number, from: Date = AT): Date => new Date(from.getTime() + ms);
export const ref = (kind: RecordKind, id: string | number): RecordRef => ({
  kind,
  id: recordId(id),
});

type Some<T> = Partial<Omit<T, 'id' | 'kind'>>;
const base = (id: string | number) => ({
  id: recordId(id),
  createdAt: AT,
  updatedAt: AT,
  links: [],
});

export const contact = (id: string | number, over: Some<Contact> = {}): Contact => ({
  ...base(id),
  kind: 'contact',
  firstName: 'Ana',
  lastName: 'Reyes',
  email: `ana.${id}@example.test`,
  phone: '+15550100',
  timeZone: 'Europe/Berlin',
  language: 'en',
  lifecycle: 'customer',
  traits: { country: 'Germany' },
  emailOptOut: false,
  consent: {},
  doNotScore: false,
  ...over,
});

export const call = (id: string | number, of: string | number, over: Some<Interaction> = {}) =>
  ({
    ...base(id),
    kind: 'call',
    channel: 'phone',
    direction: 'outbound',
    at: AT,
    answered: true,
    text: 'Asked about the invoice.',
    links: [ref('contact', of)],
    ...over,
  }) satisfies Interaction;

export const deal = (id: string | number, of: string | number, over: Some<Deal> = {}): Deal => ({
  ...base(id),
  kind: 'deal',
  name: 'Order',
  amount: 120,
  stage: 'won',
  closedAt: AT,
  links: [ref('contact', of)],
  ...over,
});

export const lineItem = (id: string | number, of: string | number): LineItem => ({
  ...base(id),
  kind: 'line_item',
  name: 'Lamp',
  sku: 'L-1',
  quantity: 2,
  price: 60,
  links: [ref('deal', of)],
});

export const ticket = (
  id: string | number,
  of: string | number,
  over: Some<Ticket> = {},
): Ticket => ({
  ...base(id),
  kind: 'ticket',
  subject: 'Broken lamp',
  text: 'It flickers.',
  category: null,
  priority: null,
  open: true,
  humanType: [],
  links: [ref('contact', of)],
  ...over,
});

export const email = (
  id: string | number,
  links: readonly RecordRef[],
  over: Some<Interaction> = {},
) =>
  ({
    ...base(id),
    kind: 'email',
    channel: 'email',
    direction: 'inbound',
    at: AT,
    answered: null,
    text: 'Re: Broken lamp\nIt still flickers.',
    links,
    ...over,
  }) satisfies Interaction;

export const note = (
  id: string | number,
  links: readonly RecordRef[],
  over: Some<Note> = {},
): Note => ({ ...base(id), kind: 'note', at: AT, text: 'Called the warehouse.', links, ...over });

export const feedbackItem = (
  id: string | number,
  of: string | number,
  over: Some<FeedbackItem> = {},
): FeedbackItem => ({
  ...base(id),
  kind: 'feedback',
  text: 'Delivery was quick.',
  rating: 9,
  survey: 'After delivery',
  at: AT,
  links: [ref('contact', of)],
  ...over,
});

export const tenant = (accountId: string, over: Partial<Tenant> = {}): Tenant => ({
  id: asTenantId(`${over.host ?? 'hubspot'}:${accountId}`),
  host: 'hubspot',
  accountId,
  name: 'Example Ltd',
  state: 'ready',
  currency: 'EUR',
  timeZone: 'Europe/Berlin',
  settings: { ...DEFAULT_SETTINGS, writes: { mode: 'write' } },
  lastEventAt: null,
  lastError: null,
  ...over,
});

let accounts = 70_000;

/** A tenant nobody else in this file uses, stored. */
export async function newTenant(store: Store, over: Partial<Tenant> = {}): Promise<Tenant> {
  accounts += 1;
  const made = tenant(String(accounts), over);
  await store.tenants.upsert(made, AT);
  return made;
}

/** Only an id, for tables that do not ask whether the tenant exists. */
export function newTenantId(host: HostName = 'hubspot'): TenantId {
  accounts += 1;
  return asTenantId(`${host}:${accounts}`);
}
