/**
 * What the sandbox's pages read and write as JSON under `/sandbox/api`. Errors are
 * `{ message, errors? }`. No token: the sandbox is a demo on the reader's own machine.
 */

export type PageProperties = Readonly<Record<string, string | null>>;

export interface PageRecord {
  readonly id: string;
  readonly properties: PageProperties;
}

/** `GET contacts?q=&after=&limit=`: newest changes first; `q` searches names, addresses, numbers. */
export interface ContactPage {
  readonly total: number;
  readonly results: readonly PageRecord[];
  /** Cursor of the next page. */
  readonly after: string | null;
  /** What an installed app's options are called, by property and value. */
  readonly options: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

export interface TimelineItem {
  readonly id: string;
  readonly kind: 'call' | 'email' | 'meeting' | 'note' | 'communication' | 'task';
  /** ISO 8601. */
  readonly at: string;
  readonly direction: 'inbound' | 'outbound' | null;
  readonly title: string;
  readonly body: string;
  /** `null` where the record itself cannot tell. */
  readonly answered: boolean | null;
}

export interface TicketRow {
  readonly id: string;
  readonly subject: string;
  readonly content: string;
  readonly open: boolean;
  readonly createdAt: string;
  readonly properties: PageProperties;
}

export interface FeedbackRow {
  readonly id: string;
  readonly content: string;
  readonly rating: string | null;
  readonly survey: string | null;
  readonly at: string;
  readonly properties: PageProperties;
}

export interface DealRow {
  readonly id: string;
  readonly name: string;
  readonly amount: string | null;
  readonly stage: string;
  readonly closedAt: string | null;
}

export interface ShownProperty {
  readonly name: string;
  readonly label: string;
  readonly type: string;
  readonly fieldType: string;
  readonly readOnly: boolean;
  readonly options: readonly { readonly label: string; readonly value: string }[];
}

/** `GET portal`: the account, and who sits before the page. */
export interface Portal {
  readonly portal: { readonly id: number; readonly timezone: string };
  readonly user: { readonly id: number; readonly email: string };
}

/** `GET contacts/:id` */
export interface ContactRecord extends PageRecord, Portal {
  readonly createdAt: string;
  readonly updatedAt: string;
  readonly company: {
    readonly id: string;
    readonly name: string;
    readonly industry: string | null;
  } | null;
  readonly deals: readonly DealRow[];
  readonly tickets: readonly TicketRow[];
  readonly feedback: readonly FeedbackRow[];
  /** Newest first, 100 at most. */
  readonly timeline: readonly TimelineItem[];
  /** Definitions of the contact's properties, without the scores. */
  readonly definitions: readonly ShownProperty[];
  /** What an installed app wrote: the properties of the group `rapport`, with their values. */
  readonly scores: readonly (ShownProperty & { readonly value: string | null })[];
}

/** The other records with pages of their own. */
export const PAGE_TYPES = ['companies', 'deals', 'tickets'] as const;
export type PageType = (typeof PAGE_TYPES)[number];

export interface RelatedRecord {
  readonly type: PageType | 'contacts';
  readonly id: string;
  readonly name: string;
}

/** `GET objects/:type/:id`; `GET objects/:type?q=&after=&limit=` answers a `ContactPage`. */
export interface ObjectRecord extends PageRecord {
  readonly type: PageType;
  readonly name: string;
  readonly related: readonly RelatedRecord[];
  readonly timeline: readonly TimelineItem[];
  readonly scores: ContactRecord['scores'];
  readonly portal: ContactRecord['portal'];
  readonly user: ContactRecord['user'];
}

/** `PATCH contacts/:id` answers a `PageRecord`; `null` or `""` clears. */
export interface ContactEdit {
  readonly properties: PageProperties;
}

type Direction = 'inbound' | 'outbound' | 'INBOUND' | 'OUTBOUND';

/** `POST contacts/:id/calls`; the disposition (a HubSpot GUID) outranks `answered`. */
export interface NewCall {
  readonly direction: Direction;
  readonly disposition?: string;
  readonly answered?: boolean;
  readonly at?: string;
  readonly body?: string;
}
/** `POST contacts/:id/emails` */
export interface NewEmail {
  readonly direction: Direction;
  readonly subject: string;
  readonly text?: string;
  readonly body?: string;
  readonly at?: string;
}
/** `POST contacts/:id/tickets` */
export interface NewTicket {
  readonly subject: string;
  readonly content: string;
  readonly priority?: string;
}
/** Every `POST contacts/:id/…` */
export interface Created {
  readonly id: string;
}

/** `POST hubspot-fetch`: what HubSpot's proxy does for a card's `hubspot.fetch`. */
export interface FetchRequest {
  readonly url: string;
  readonly method?: string;
  readonly body?: unknown;
}
export interface FetchReply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}
