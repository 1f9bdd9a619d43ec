/** Runs one API route the way HubSpot's gateway would: limits, token, schema in, handler, schema out. */
import { setTimeout as sleep } from 'node:timers/promises';
import express, { type NextFunction, type Request, type Response, Router } from 'express';
import type { Log } from '../../ports/log.ts';
import { ApiError, invalid, missingScopes, pathNotFound, RateLimited } from './api-error.ts';
import { type CallLimits, GENERAL_LIMIT, SEARCH_LIMIT } from './call-limits.ts';
import type { Actor } from './events.ts';
import type { SchemaCheck } from './schema-check.ts';
import type { Identity, Knobs } from './settings.ts';
import type { Caller, Tokens } from './tokens.ts';

export interface Call {
  /** A path parameter; the route's path names it. */
  param(name: string): string;
  readonly query: URLSearchParams;
  /** Checked against the route's request schema. */
  readonly body: unknown;
  readonly caller: Caller;
  readonly actor: Actor;
  /** Whether the caller has one of these scopes. */
  may(anyOf: readonly string[]): boolean;
  /** Throws the 403 envelope unless the caller has one of these. */
  need(anyOf: readonly string[]): void;
}

export interface Reply {
  readonly status: number;
  readonly body?: unknown;
}

export interface ApiRoute {
  readonly method: 'get' | 'post' | 'put' | 'patch' | 'delete';
  readonly path: string;
  readonly request?: string;
  /** Schema of the body per status; a status that is not listed has no body. */
  readonly replies: Readonly<Record<number, string>>;
  /** `none`: outside the account's limits. */
  readonly limit?: 'search' | 'none';
  /** A control of the sandbox itself: neither counted nor disturbed. */
  readonly uncounted?: boolean;
  readonly handle: (call: Call) => Promise<Reply>;
}

export interface ApiParts {
  readonly tokens: Tokens;
  readonly limits: CallLimits;
  readonly schemas: SchemaCheck;
  readonly knobs: () => Knobs;
  readonly random: () => number;
  readonly identity: Identity;
  readonly log: Log;
}

const MAX_BODY = '10mb';

export function createApi(parts: ApiParts, routes: readonly ApiRoute[]): Router {
  const router = Router();
  router.use(express.json({ limit: MAX_BODY, strict: false }));
  for (const route of routes) {
    router[route.method](route.path, (req, res, next) => {
      run(parts, route, req, res).catch(next);
    });
  }
  router.use((_req, _res, next) => next(pathNotFound()));
  router.use((error: unknown, _req: Request, res: Response, _next: NextFunction) => {
    sendError(parts, res, error);
  });
  return router;
}

async function run(parts: ApiParts, route: ApiRoute, req: Request, res: Response): Promise<void> {
  const { schemas, identity } = parts;
  const caller = await parts.tokens.caller(req.headers.authorization);
  let broken: Breakage | undefined;
  if (route.uncounted !== true) {
    countCall(parts, route, caller, res);
    await misbehave(parts);
    broken = breakage(parts);
    if (broken === 'page') return sendBroken(res, broken, undefined);
  }
  if (route.request !== undefined) checkRequest(schemas, route.request, req);
  const may = (anyOf: readonly string[]) =>
    caller.kind === 'private' || anyOf.some((scope) => caller.scopes.has(scope));
  const call: Call = {
    param: (name) => String(req.params[name] ?? ''),
    query: new URL(req.originalUrl, 'http://sandbox').searchParams,
    body: req.body as unknown,
    caller,
    actor:
      caller.kind === 'access'
        ? { changeSource: 'INTEGRATION', sourceId: String(identity.appId) }
        : { changeSource: 'API', sourceId: `userId:${identity.userId}` },
    may,
    need(anyOf) {
      if (!may(anyOf)) throw missingScopes(anyOf);
    },
  };
  const reply = await route.handle(call);
  const schema = route.replies[reply.status];
  if (schema !== undefined) checkReply(schemas, schema, reply.body, route.path);
  if (broken === undefined) send(res, reply.status, reply.body);
  else sendBroken(res, broken, reply.body);
}

/** Each app of an account has its own window; searches are counted apart and tell no remainder. */
function countCall(parts: ApiParts, route: ApiRoute, caller: Caller, res: Response): void {
  if (route.limit === 'none') return;
  const account = String(parts.identity.portalId);
  if (route.limit === 'search') {
    if (!parts.limits.take(`${account}:search`, SEARCH_LIMIT).allowed)
      throw new RateLimited('SECONDLY', {});
    return;
  }
  const { allowed, remaining } = parts.limits.take(`${account}:${caller.kind}`, GENERAL_LIMIT);
  const headers = {
    'X-HubSpot-RateLimit-Max': String(GENERAL_LIMIT.calls),
    'X-HubSpot-RateLimit-Remaining': String(remaining),
    'X-HubSpot-RateLimit-Interval-Milliseconds': String(GENERAL_LIMIT.windowMs),
  };
  if (!allowed) throw new RateLimited('TEN_SECONDLY_ROLLING', headers);
  res.set(headers);
}

async function misbehave({ knobs, random }: ApiParts): Promise<void> {
  const { latencyMs, rate429, rate5xx, rate423, rate477 } = knobs();
  if (latencyMs > 0) await sleep(latencyMs);
  if (rate429 > 0 && random() < rate429) throw new RateLimited('TEN_SECONDLY_ROLLING', {});
  if (rate5xx > 0 && random() < rate5xx) {
    const status = [500, 502, 503, 504][Math.floor(random() * 4)] ?? 503;
    throw new ApiError(status, { category: 'INTERNAL_ERROR', message: 'Something went wrong.' });
  }
  if (rate423 > 0 && random() < rate423) {
    throw new ApiError(423, {
      category: 'LOCKED',
      message: 'The resource is locked. Try again in 2 seconds.',
    });
  }
  if (rate477 > 0 && random() < rate477) {
    throw new ApiError(
      477,
      { category: 'MIGRATION_IN_PROGRESS', message: 'This account is being moved.' },
      { 'Retry-After': '1' },
    );
  }
}

const BREAKAGES = ['page', 'reset', 'cut', 'empty'] as const;
type Breakage = (typeof BREAKAGES)[number];

function breakage({ knobs, random }: ApiParts): Breakage | undefined {
  const { rateBroken } = knobs();
  if (rateBroken === 0 || random() >= rateBroken) return undefined;
  return BREAKAGES[Math.floor(random() * BREAKAGES.length)];
}

/** A page of somebody else's proxy, a reset connection, half of the JSON, or nothing at all. */
function sendBroken(res: Response, how: Breakage, body: unknown): void {
  if (how === 'reset') return void res.socket?.destroy();
  if (how === 'page') return void res.status(502).type('html').send('<h1>502 Bad Gateway</h1>');
  const text = how === 'cut' ? JSON.stringify(body ?? {}) : '';
  res
    .status(200)
    .type('json')
    .send(text.slice(0, Math.floor(text.length / 2)));
}

function checkRequest(schemas: SchemaCheck, schema: string, req: Request): void {
  if (!req.is('application/json')) {
    throw new ApiError(415, {
      category: 'VALIDATION_ERROR',
      message: 'Content-Type must be application/json.',
    });
  }
  const problems = schemas.problems(schema, req.body);
  if (problems.length === 0) return;
  const lines = problems.map(({ path, message }) => `${path === '' ? 'body' : path}: ${message}`);
  throw invalid(
    `Invalid input JSON: ${lines.join('; ')}`,
    lines.map((message) => ({ message, in: 'body' })),
  );
}

/** A reply that HubSpot's client would not recognise is a defect of ours: it is not sent. */
function checkReply(schemas: SchemaCheck, schema: string, body: unknown, path: string): void {
  const problems = schemas.problems(schema, body);
  if (problems.length === 0) return;
  const lines = problems.map((problem) => `${problem.path}: ${problem.message}`);
  throw new Error(`reply of ${path} is no ${schema}: ${lines.slice(0, 5).join('; ')}`);
}

function sendError({ schemas, log }: ApiParts, res: Response, error: unknown): void {
  const known = error instanceof ApiError ? error : brokenBody(error);
  const answer =
    known ?? new ApiError(500, { category: 'INTERNAL_ERROR', message: 'Internal error.' });
  if (known === undefined)
    log.error('sandbox call failed', {
      code: error instanceof Error ? error.message : 'unexpected',
    });
  const schema = answer instanceof RateLimited ? 'own.RateLimitError' : 'objects.ModelError';
  const problems = schemas.problems(schema, answer.body);
  if (problems.length > 0)
    log.error('sandbox error has the wrong shape', { code: JSON.stringify(problems) });
  res.set(answer.headers);
  send(res, problems.length > 0 ? 500 : answer.status, answer.body);
}

/** What the body parser threw: broken JSON, a body that is too large, a wrong character set. */
function brokenBody(error: unknown): ApiError | undefined {
  if (!(error instanceof Error) || !('status' in error) || typeof error.status !== 'number')
    return undefined;
  if (error.status >= 500) return undefined;
  return new ApiError(error.status, {
    category: 'VALIDATION_ERROR',
    message: `Invalid input JSON: ${error.message}`,
  });
}

export function send(res: Response, status: number, body: unknown): void {
  res.statusCode = status;
  if (body === undefined) {
    res.end();
    return;
  }
  res.setHeader('Content-Type', 'application/json;charset=utf-8');
  res.end(JSON.stringify(body));
}
