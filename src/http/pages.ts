/** The built browser pages: the console, and the sandbox's when there is one. */
import { join } from 'node:path';
import express, { type Express, type RequestHandler } from 'express';

const CONTENT_SECURITY =
  "default-src 'self'; img-src 'self' data:; frame-ancestors 'none'; base-uri 'none'; form-action 'self'";

/** `distDir` is the build's output folder. */
export function mountPages(
  app: Express,
  distDir: string,
  withSandbox: boolean,
  adminOnly: RequestHandler,
): void {
  const page: RequestHandler = (_req, res) => {
    res.set('content-security-policy', CONTENT_SECURITY).set('cache-control', 'no-cache');
    res.sendFile(join(distDir, 'web', 'index.html'));
  };
  app.use(
    '/assets',
    express.static(join(distDir, 'web', 'assets'), { immutable: true, maxAge: '1y' }),
  );
  app.get(['/console', '/console/*rest'], adminOnly, page);
  if (!withSandbox) return;
  app.use('/sandbox/cards', express.static(join(distDir, 'cards')));
  const records = ['contacts', 'companies', 'deals', 'tickets'];
  app.get(
    [
      ...['', '/app', '/settings', ...records.slice(1).map((type) => `/${type}`)],
      ...records.map((type) => `/${type}/:id`),
    ].map((path) => `/sandbox${path}`),
    page,
  );
  app.get('/', (_req, res) => res.redirect('/sandbox'));
}
