/** The browser pages: nobody frames them, and no script or style runs that was not built into them. */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import express from 'express';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { mountPages } from '../../../src/http/pages.ts';
import { type HttpServer, listening } from '../../support/http-server.ts';

let dist: string;
let server: HttpServer;
beforeAll(async () => {
  dist = await mkdtemp(join(tmpdir(), 'rapport-pages-'));
  await mkdir(join(dist, 'web'));
  await writeFile(join(dist, 'web', 'index.html'), '<!doctype html><title>x</title>');
  const app = express();
  mountPages(app, dist, true, (_req, _res, next) => next());
  server = await listening(createServer(app));
});
afterAll(async () => {
  await server?.close();
  await rm(dist, { recursive: true, force: true });
});

const PAGES = ['/console', '/console/writes', '/sandbox', '/sandbox/app', '/sandbox/settings'];
const RECORDS = ['contacts', 'companies', 'deals', 'tickets'].map((type) => `/sandbox/${type}/1`);

test.each([...PAGES, ...RECORDS])(
  'F60 F70 %s is framed by nobody and runs only its own',
  async (path) => {
    const answer = await fetch(`${server.origin}${path}`);
    expect(answer.status).toBe(200);
    const rules = new Map(
      (answer.headers.get('content-security-policy') ?? '')
        .split(';')
        .map((rule) => rule.trim().split(/ (.*)/s) as [string, string]),
    );
    expect(rules.get('default-src')).toBe("'self'");
    expect(rules.get('frame-ancestors')).toBe("'none'");
    expect(rules.get('base-uri')).toBe("'none'");
    expect([...rules.values()].join(' ')).not.toMatch(/unsafe|\*|https?:/);
  },
);
