/** The other pages: the list of contacts and the console, both languages. */
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

const PAGES = [
  { name: 'contacts-en', path: '/sandbox', text: 'Contacts: 2,000' },
  { name: 'contacts-zh', path: '/sandbox?lang=zh-cn', text: '2,000 位联系人' },
  ...['companies', 'deals', 'tickets'].flatMap((type) => [
    { name: `${type}-en`, path: `/sandbox/${type}`, text: 'Records: 1' },
    { name: `${type}-zh`, path: `/sandbox/${type}?lang=zh-cn`, text: '1 条记录' },
  ]),
  { name: 'console-en', path: '/console', text: 'A gap, being mended' },
  { name: 'console-zh', path: '/console?lang=zh-cn', text: '有缺口，正在补齐' },
] as const;

describe.each(PAGES)('$name', ({ name, path, text }) => {
  it.each([1280, 380])('at %i px', async (width) => {
    const { page, errors, close } = await open(browser, `${server.url}${path}`, { width });
    await page.getByText(text).first().waitFor({ timeout: 5000 });
    await screenshot(page, `${name}-${width}`);
    expect(await accessibilityFindings(page)).toEqual([]);
    const overflow = await page.evaluate('document.documentElement.scrollWidth - innerWidth');
    expect(overflow).toBeLessThanOrEqual(0);
    expect(errors).toEqual([]);
    await close();
  });
});

describe('list of contacts', () => {
  it('leads to a record in the same language, and back', async () => {
    const { page, close } = await open(browser, `${server.url}/sandbox?lang=zh-cn`);
    await page.getByRole('link', { name: 'Ana Sousa' }).first().click();
    await page.getByText('联系人信息').waitFor();
    await page.getByRole('link', { name: '联系人', exact: true }).click();
    await page.getByRole('heading', { name: '联系人' }).waitFor();
    await close();
  });

  it('searches and pages on the server', async () => {
    const { page, close } = await open(browser, `${server.url}/sandbox`);
    await page.getByRole('button', { name: 'Next' }).click();
    await expect.poll(() => server.listCalls.at(-1)).toContain('after=25');
    await page.getByLabel('Search', { exact: true }).fill('sousa');
    await expect.poll(() => server.listCalls.at(-1), { timeout: 5000 }).toContain('q=sousa');
    expect(server.listCalls.at(-1)).not.toContain('after=');
    await close();
  });
});
