/** What the specs over canned answers share: one Chromium before one fixture server, and what a sound page is. */
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect } from 'vitest';
import {
  accessibilityFindings,
  launch,
  type OpenedPage,
  type OpenOptions,
  open,
} from './chromium.ts';
import { type FixtureServer, startFixtureServer } from './fixture-server.ts';

export const WIDTHS = [1280, 380] as const;

export interface FixtureSite {
  readonly server: FixtureServer;
  /** A fresh page at a path of the server. */
  open(path: string, options?: OpenOptions): Promise<OpenedPage>;
}

/** Opened before the first test of the calling file and closed after its last. */
export function openFixtureSite(): FixtureSite {
  let browser: Browser;
  let server: FixtureServer;
  beforeAll(async () => {
    [browser, server] = await Promise.all([launch(), startFixtureServer()]);
  });
  afterAll(async () => {
    await browser?.close();
    await server?.close();
  });
  return {
    get server() {
      return server;
    },
    open: (path, options) => open(browser, `${server.url}${path}`, options),
  };
}

/** Nothing for axe to find, nothing wider than the window, nothing complained about. */
export async function expectSound(page: Page, errors: readonly string[]): Promise<void> {
  expect(await accessibilityFindings(page)).toEqual([]);
  const overflow = await page.evaluate('document.documentElement.scrollWidth - innerWidth');
  expect(overflow).toBeLessThanOrEqual(0);
  expect(errors).toEqual([]);
}
