/** The built browser pages: the console, and the sandbox's when there is one. */
import { join } from 'node:path';
import express, { type Express, type RequestHandler } from 'express';

const CONTENT_SECURITY = (styles: string): string =>
  `default-src 'self'; style-src ${styles}; img-src 'self' data:; worker-src 'self' blob:; connect-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'self'`;

/** `distDir` is the build's output folder. The console's component kit sets styles from script. */
export function mountPages(
  app: Express,
  distDir: string,
  withSandbox: boolean,
  adminOnly: RequestHandler,
): void {
  const page =
    (policy: string): RequestHandler =>
    (_req, res) => {
      res.set('content-security-policy', policy).set('cache-control', 'no-cache');
      res.sendFile(join(distDir, 'web', 'index.html'));
    };
  app.use(
    '/assets',
    express.static(join(distDir, 'web', 'assets'), { immutable: true, maxAge: '1y' }),
  );
  app.get(
    ['/console', '/console/*rest'],
    adminOnly,
    page(CONTENT_SECURITY("'self' 'unsafe-inline'")),
  );
  if (!withSandbox) return;
  app.use('/sandbox/cards', express.static(join(distDir, 'cards')));
  app.get(['/sandbox', '/sandbox/contacts/:id'], page(CONTENT_SECURITY("'self'")));
  app.get('/', (_req, res) => res.redirect('/sandbox'));
}
