/** A small server of canned JSON around the built pages, so that the browser tests need no CRM. */
import { readFile } from 'node:fs/promises';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import type { CardState } from '../../src/core/card.ts';
import { fixtureCardOf, fixturePanel } from './fixture-cards.ts';
import { fixturePortal, pageAnswer } from './fixture-pages.ts';
import { fixtureContacts, fixtureObject, fixtureRecord, fixtureStatus } from './fixture-records.ts';
import { type TopicsMode, topicsAnswer } from './fixture-topics.ts';

const DIST = path.resolve('dist');
const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.woff2': 'font/woff2',
};
/** As strict as an operator may set it: the pages must not need an exception. */
const CSP = "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'";

type ShownState = CardState | 'learning' | 'unsupported_language' | 'down';

export interface FixtureServer {
  readonly url: string;
  /** What the card endpoint answers from now on; `down` answers 503. */
  show(state: ShownState): void;
  /** Every write the pages sent: method, path and body. */
  readonly writes: readonly { method: string; path: string; body: unknown }[];
  /** What the card asked for, as `METHOD path?query`. */
  readonly cardCalls: readonly string[];
  /** What its buttons sent. */
  readonly cardPosts: readonly { path: string; body: unknown }[];
  /** Queries of the contact list. */
  readonly listCalls: readonly string[];
  /** What /api/topics answers from now on. */
  topics(mode: TopicsMode): void;
  /** From now on the record carries newly written scores. */
  score(): void;
  close(): Promise<void>;
}

export async function startFixtureServer(): Promise<FixtureServer> {
  let state: ShownState = 'ready';
  let topicsMode: TopicsMode = 'ready';
  const writes: { method: string; path: string; body: unknown }[] = [];

  const cardCalls: string[] = [];
  const cardPosts: { path: string; body: unknown }[] = [];
  const listCalls: string[] = [];
  let scoredAt = '2026-11-22T10:15:00.000Z';

  const json = (response: ServerResponse, status: number, body: unknown) => {
    response.writeHead(status, { 'content-type': 'application/json' });
    response.end(JSON.stringify(body));
  };
  const file = async (response: ServerResponse, name: string) => {
    const body = await readFile(path.join(DIST, name));
    response.writeHead(200, {
      'content-type': TYPES[path.extname(name)] ?? 'application/octet-stream',
      'content-security-policy': CSP,
    });
    response.end(body);
  };
  const api = (response: ServerResponse, method: string, where: string, body: unknown) => {
    const id = /^contacts\/(\d+)/.exec(where)?.[1];
    if (where === 'hubspot-fetch') {
      const {
        url,
        method: verb,
        body: sent,
      } = body as Record<'url' | 'method', string> & {
        body: unknown;
      };
      if (state === 'down') return json(response, 200, { status: 503, headers: {}, body: '{}' });
      const asked = new URL(url);
      cardCalls.push(`${verb} ${asked.pathname}${asked.search}`);
      const page = pageAnswer(verb, asked.pathname, asked.searchParams);
      if (page !== undefined)
        return json(response, 200, {
          status: 200,
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify(page),
        });
      const objectId = asked.searchParams.get('objectId') ?? '';
      if (verb === 'POST') cardPosts.push({ path: asked.pathname, body: sent });
      const reply =
        fixturePanel(asked.pathname) ??
        (verb === 'POST' ? { state: 'ordered' } : fixtureCardOf(asked.pathname, state, objectId));
      const headers = { 'content-type': 'application/json' };
      return json(response, 200, { status: 200, headers, body: JSON.stringify(reply) });
    }
    if (where === 'portal') return json(response, 200, fixturePortal);
    if (method !== 'GET') {
      writes.push({ method, path: where, body });
      return json(response, 200, {});
    }
    const [, type, object] = /^objects\/(\w+)(?:\/(\d+))?/.exec(where) ?? [];
    if (type !== undefined) return json(response, 200, fixtureObject(type, object));
    return json(response, 200, id === undefined ? fixtureContacts() : fixtureRecord(id, scoredAt));
  };

  const server = createServer(async (request, response) => {
    const { pathname, search } = new URL(request.url ?? '/', 'http://localhost');
    if (pathname === '/sandbox/api/contacts') listCalls.push(search);
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const text = Buffer.concat(chunks).toString();
    try {
      const method = request.method ?? 'GET';
      const about = topicsAnswer(topicsMode, method, pathname);
      if (about !== undefined) {
        if (method === 'POST') writes.push({ method, path: pathname, body: JSON.parse(text) });
        if (about.body !== undefined) json(response, about.status, about.body);
      } else if (pathname === '/api/status') json(response, 200, fixtureStatus());
      else if (pathname.startsWith('/sandbox/api/')) {
        const body: unknown = text === '' ? null : JSON.parse(text);
        api(response, method, pathname.slice('/sandbox/api/'.length), body);
      } else if (pathname.startsWith('/sandbox/cards/')) {
        await file(response, `cards/${path.basename(pathname)}`);
      } else if (pathname.startsWith('/assets/')) {
        await file(response, `web/assets/${path.basename(pathname)}`);
      } else await file(response, 'web/index.html');
    } catch {
      json(response, 404, { message: 'not found' });
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    show: (next) => {
      state = next;
    },
    writes,
    cardCalls,
    cardPosts,
    listCalls,
    topics: (mode) => {
      topicsMode = mode;
    },
    score: () => {
      scoredAt = new Date().toISOString();
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
