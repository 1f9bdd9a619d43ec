/** A route as a value: method, path, and a handler that returns what to answer. */
import type { Express, Request, Response } from 'express';

export interface Reply {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent as JSON. */
  readonly json?: unknown;
  readonly text?: string;
  readonly redirect?: string;
}

export interface Route {
  readonly method: 'get' | 'post' | 'put' | 'delete';
  readonly path: string;
  readonly handle: (req: Request) => Promise<Reply>;
}

export const defineRoute = (route: Route): Route => route;

export function mount(app: Express, routes: readonly Route[]): void {
  for (const route of routes)
    app[route.method](route.path, async (req, res) => {
      res.locals['route'] = route.path;
      send(res, await route.handle(req));
    });
}

function send(res: Response, reply: Reply): void {
  res.status(reply.status ?? 200).set({ 'cache-control': 'no-store', ...reply.headers });
  if (reply.redirect !== undefined) res.redirect(302, reply.redirect);
  else if (reply.text !== undefined) res.type('text/plain').send(reply.text);
  else res.json(reply.json ?? {});
}
