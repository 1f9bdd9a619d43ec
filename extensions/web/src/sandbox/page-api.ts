/** The JSON the sandbox's pages read and write; served same-origin under /sandbox/api. */
import type { FetchReply } from '../remote/host-calls.ts';

import type { HeldOptions } from './property-language.ts';

export type Properties = Readonly<Record<string, string | null>>;

export interface ContactRow {
  readonly id: string;
  readonly properties: Properties;
}

export interface ContactPage {
  readonly total: number;
  readonly results: readonly ContactRow[];
  /** Cursor of the next page. */
  readonly after: string | null;
  readonly options: HeldOptions;
}

export interface TimelineItem {
  readonly id: string;
  readonly kind: string;
  readonly at: string;
  readonly direction: 'inbound' | 'outbound' | null;
  readonly title: string;
  readonly body: string;
  readonly answered: boolean | null;
}

export interface TicketRow {
  readonly id: string;
  readonly subject: string;
  readonly content: string;
  readonly open: boolean;
  readonly createdAt: string;
}

export interface Definition {
  readonly name: string;
  readonly type: string;
  readonly options: readonly { readonly label: string; readonly value: string }[];
}

export interface FeedbackRow {
  readonly id: string;
  readonly content: string;
  readonly survey: string | null;
  readonly at: string;
}

export interface DealRow {
  readonly id: string;
  readonly name: string;
  readonly amount: string | null;
}

/** Who looks, and where. */
export interface Portal {
  readonly portal: { readonly id: number; readonly timezone: string };
  readonly user: { readonly id: number; readonly email: string };
}

export type ObjectType = 'companies' | 'deals' | 'tickets';

export interface ObjectRecord extends ContactRow, Portal {
  readonly type: ObjectType;
  readonly name: string;
  readonly related: readonly {
    readonly type: ObjectType | 'contacts';
    readonly id: string;
    readonly name: string;
  }[];
  readonly timeline: readonly TimelineItem[];
  readonly scores: ContactRecord['scores'];
}

export interface ContactRecord extends ContactRow, Portal {
  readonly deals: readonly DealRow[];
  readonly timeline: readonly TimelineItem[];
  readonly tickets: readonly TicketRow[];
  readonly feedback: readonly FeedbackRow[];
  readonly definitions: readonly Definition[];
  /** What Rapport wrote: the properties of its group, with their values. */
  readonly scores: readonly (Definition & {
    readonly label: string;
    readonly value: string | null;
  })[];
  readonly company: { readonly id: string; readonly name: string } | null;
}

export interface Activity {
  readonly calls: { readonly direction: string; readonly answered: boolean; readonly body: string };
  readonly emails: { readonly direction: string; readonly subject: string; readonly body: string };
  readonly tickets: { readonly subject: string; readonly content: string };
}

async function send<T>(path: string, method = 'GET', body?: unknown): Promise<T> {
  const response = await fetch(`/sandbox/api/${path}`, {
    method,
    headers: body === undefined ? {} : { 'content-type': 'application/json' },
    body: body === undefined ? null : JSON.stringify(body),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(messageOf(text) ?? `${response.status}`);
  return (text === '' ? undefined : JSON.parse(text)) as T;
}

function messageOf(text: string): string | undefined {
  try {
    const { message, error } = JSON.parse(text) as {
      message?: string;
      error?: { message: string };
    };
    return error?.message ?? message;
  } catch {
    return undefined;
  }
}

export const readPortal = () => send<Portal>('portal');

const contact = (id: string) => `contacts/${encodeURIComponent(id)}`;

export const listContacts = (q: string, after: string | null, limit: number) =>
  send<ContactPage>(
    `contacts?${new URLSearchParams({ q, limit: String(limit), ...(after ? { after } : {}) })}`,
  );
export const listObjects = (type: ObjectType, q: string, after: string | null, limit: number) =>
  send<ContactPage>(
    `objects/${type}?${new URLSearchParams({ q, limit: String(limit), ...(after ? { after } : {}) })}`,
  );
export const readObject = (type: ObjectType, id: string) =>
  send<ObjectRecord>(`objects/${type}/${encodeURIComponent(id)}`);
export const readContact = (id: string) => send<ContactRecord>(contact(id));
export const editContact = (id: string, properties: Properties) =>
  send<ContactRow>(contact(id), 'PATCH', { properties });
export const logActivity = <Kind extends keyof Activity>(
  id: string,
  kind: Kind,
  body: Activity[Kind],
) => send<unknown>(`${contact(id)}/${kind}`, 'POST', body);

/** The card's `hubspot.fetch`: the server signs it and passes it on, as HubSpot would. */
export const hubspotFetch = (url: string, method: string, body: unknown) =>
  send<FetchReply>('hubspot-fetch', 'POST', { url, method, body });
