/** The record page with the shipped card beside it: every state, both languages, narrow and wide. */
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { accessibilityFindings, launch, open, screenshot } from './chromium.ts';
import { type FixtureServer, startFixtureServer } from './fixture-server.ts';

let browser: Browser;
let server: FixtureServer;

beforeAll(async () => {
  [browser, server] = await Promise.all([launch(), startFixtureServer()]);
});
afterAll(async () => {
  await browser?.close();
  await server?.close();
});

const LANGUAGES = [
  { name: 'en', query: '', chance: '50% reply rate expected' },
  { name: 'zh', query: '?lang=zh-cn', chance: '预计回复率 50%' },
] as const;

const recordUrl = (query: string) => `${server.url}/sandbox/contacts/101${query}`;

describe.each(LANGUAGES)('record page in $name', ({ name, query, chance }) => {
  it.each([1280, 380])('shows the card at %i px without accessibility findings', async (width) => {
    server.show('ready');
    const { page, errors, close } = await open(browser, recordUrl(query), { width });
    await page.getByText(chance).first().waitFor({ timeout: 5000 });
    await screenshot(page, `record-${name}-${width}`);
    expect(await accessibilityFindings(page)).toEqual([]);
    const overflow = await page.evaluate('document.documentElement.scrollWidth - innerWidth');
    expect(overflow).toBeLessThanOrEqual(0);
    expect(errors).toEqual([]);
    await close();
  });
});
