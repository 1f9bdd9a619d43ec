/** The JSON routes behind the sandbox's pages; what they change was changed by a person in the CRM. */
import express, { type NextFunction, type Request, type Response, Router } from 'express';
import type { Clock } from '../../ports/clock.ts';
import type { Log } from '../../ports/log.ts';
import { send } from './api.ts';
import { ApiError, invalid, objectNotFound } from './api-error.ts';
import { checkedCreation, checkedValues } from './checked-values.ts';
import { DEMO_PORTAL } from './demo-data/generate.ts';
import type { Actor } from './events.ts';
import { type FetchParts, hubspotFetch } from './hubspot-fetch.ts';
import type { StoredObject } from './object-store.ts';
import { type ObjectType, objectTypeOf } from './object-types.ts';
import {
  type ContactEdit,
  type Created,
  type FetchRequest,
  type NewCall,
  type NewEmail,
  type NewTicket,
  PAGE_TYPES,
  type Portal,
} from './page-api.ts';
import { type PageReads, pageRecord } from './page-reads.ts';
import type { PropertyStore } from './property-store.ts';
import { CALL_CONNECTED, CALL_NO_ANSWER } from './timeline.ts';
import type { Writes } from './writes.ts';

export interface PageParts extends FetchParts {
  readonly clock: Clock;
  readonly log: Log;
  readonly reads: PageReads;
  readonly writes: Writes;
  readonly properties: PropertyStore;
}

const PAGE = 25;
const CONTACTS = objectTypeOf('contacts');

export function pageRouter(parts: PageParts): Router {
  const { reads, writes, properties, identity, clock, log } = parts;
  const actor: Actor = { changeSource: 'CRM_UI', sourceId: `userId:${identity.userId}` };
  const router = Router();
  router.use(refuseOtherSites, express.json({ limit: '1mb' }));

  router.get('/portal', (_req, res) => {
    const { portalId, userId, userEmail } = identity;
    send(res, 200, {
      portal: { id: portalId, timezone: DEMO_PORTAL.timeZone },
      user: { id: userId, email: userEmail },
    } satisfies Portal);
  });
  router.get('/contacts', async (req, res) => {
    send(res, 200, await reads.list(listQuery(req)));
  });
  router.get('/objects/:type', async (req, res) => {
    send(res, 200, await reads.list(listQuery(req), pageType(req)));
  });
  router.get('/objects/:type/:id', async (req, res) => {
    const type = pageType(req);
    const row = await reads.find(String(req.params['id'] ?? ''), type);
    if (row === undefined) throw objectNotFound('The record');
    send(res, 200, await reads.object(type, row));
  });
  router.get('/contacts/:id', async (req, res) => {
    send(res, 200, await reads.record(await contactOf(req)));
  });
  router.patch('/contacts/:id', async (req, res) => {
    const contact = await contactOf(req);
    const { properties: edits } = objectBody<ContactEdit>(req, ['properties']);
    const definitions = await properties.definitions(CONTACTS.name);
    const texts = Object.entries(edits).map(([name, value]): [string, string] => [
      name,
      String(value ?? ''),
    ]);
    const [values] = checkedValues(definitions, [Object.fromEntries(texts)]);
    const [row] = await writes.update(
      CONTACTS,
      [{ id: contact.id, properties: values ?? {} }],
      actor,
    );
    send(res, 200, pageRecord(CONTACTS, row ?? contact, definitions));
  });

  router.post('/contacts/:id/calls', async (req, res) => {
    const body = objectBody<NewCall>(req, ['direction']);
    const answered = body.answered === false ? CALL_NO_ANSWER : CALL_CONNECTED;
    const disposition = body.disposition ?? answered;
    const connected = disposition === CALL_CONNECTED;
    await logged(req, res, 'calls', {
      hs_timestamp: body.at ?? now(),
      hs_call_title: connected ? 'Call' : 'Call attempt',
      hs_call_body: body.body ?? '',
      hs_call_direction: body.direction.toUpperCase(),
      hs_call_disposition: disposition,
      hs_call_status: connected ? 'COMPLETED' : 'NO_ANSWER',
    });
  });
  router.post('/contacts/:id/emails', async (req, res) => {
    const body = objectBody<NewEmail>(req, ['direction', 'subject']);
    await logged(req, res, 'emails', {
      hs_timestamp: body.at ?? now(),
      hs_email_direction: body.direction.toUpperCase() === 'INBOUND' ? 'INCOMING_EMAIL' : 'EMAIL',
      hs_email_status: 'SENT',
      hs_email_subject: body.subject,
      hs_email_text: body.text ?? body.body ?? '',
    });
  });
  router.post('/contacts/:id/tickets', async (req, res) => {
    const body = objectBody<NewTicket>(req, ['subject', 'content']);
    await logged(req, res, 'tickets', {
      subject: body.subject,
      content: body.content,
      hs_pipeline: '0',
      hs_pipeline_stage: '1',
      hs_ticket_priority: body.priority ?? '',
    });
  });
  router.post('/hubspot-fetch', async (req, res) => {
    send(res, 200, await hubspotFetch(parts, objectBody<FetchRequest>(req, ['url'])));
  });
  router.use((error: unknown, _req: Request, res: Response, _next: NextFunction) =>
    sendError(log, res, error),
  );
  return router;

  function now(): string {
    return clock.now().toISOString();
  }

  async function contactOf(req: Request): Promise<StoredObject> {
    const contact = await reads.find(String(req.params['id'] ?? ''));
    if (contact === undefined) throw objectNotFound('The contact');
    return contact;
  }

  /** Stores a record that hangs on the contact; only what the portal has a property for. */
  async function logged(
    req: Request,
    res: Response,
    typeName: string,
    given: Record<string, string>,
  ) {
    const contact = await contactOf(req);
    const type = objectTypeOf(typeName);
    const definitions = await properties.definitions(typeName);
    const known = Object.fromEntries(
      Object.entries(given).filter(([name]) => definitions.has(name)),
    );
    const [values] = checkedCreation(type, definitions, [known]);
    const links = [{ toType: CONTACTS, toId: contact.id }];
    const [made] = await writes.create(type, [{ values: values ?? {}, links }], actor);
    send(res, 201, { id: String(made?.id) } satisfies Created);
  }
}

function listQuery(req: Request) {
  const query = new URL(req.originalUrl, 'http://sandbox').searchParams;
  const limit = Number(query.get('limit') ?? PAGE);
  return { q: query.get('q') ?? '', after: query.get('after') ?? '', limit };
}

function pageType(req: Request): ObjectType {
  const name = PAGE_TYPES.find((type) => type === req.params['type']);
  if (name === undefined) throw objectNotFound('A page for this type');
  return objectTypeOf(name);
}

/** Other web sites, opened in the same browser, may not use the reader's sandbox. */
function refuseOtherSites(req: Request, res: Response, next: NextFunction): void {
  const site = req.headers['sec-fetch-site'];
  if (site === undefined || site === 'same-origin' || site === 'none') next();
  else send(res, 403, { message: 'The sandbox answers its own pages only.' });
}

/** Only text, booleans and objects ever come from the pages. */
function objectBody<T extends object>(req: Request, required: readonly (keyof T & string)[]): T {
  const body: unknown = req.body;
  if (typeof body !== 'object' || body === null || Array.isArray(body))
    throw invalid('A JSON object is required.');
  const fields = body as Record<string, unknown>;
  for (const name of required) {
    const value = fields[name];
    const fits =
      name === 'properties'
        ? typeof value === 'object' && value !== null
        : typeof value === 'string';
    if (!fits) throw invalid(`The field ${name} is required.`);
  }
  for (const name of ['at', 'body', 'text', 'priority', 'disposition']) {
    const value = fields[name];
    if (name === 'body' && 'url' in fields) continue;
    if (value !== undefined && typeof value !== 'string')
      throw invalid(`The field ${name} must be text.`);
  }
  return body as T;
}

function sendError(log: Log, res: Response, error: unknown): void {
  if (error instanceof ApiError) {
    send(res, error.status, error.body);
    return;
  }
  const status = error instanceof Error && 'status' in error ? Number(error.status) : 500;
  if (status >= 500)
    log.error('sandbox page call failed', {
      code: error instanceof Error ? error.message : 'unexpected',
    });
  send(res, status, { message: status >= 500 ? 'Internal error.' : 'The request cannot be read.' });
}
