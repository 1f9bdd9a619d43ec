/** The other pages: the list of contacts and the console, both languages. */
import { describe, expect, it } from 'vitest';
import { screenshot } from './chromium.ts';
import { expectSound, openFixtureSite, WIDTHS } from './fixture-site.ts';

const site = openFixtureSite();

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
  it.each(WIDTHS)('at %i px', async (width) => {
    const { page, errors, close } = await site.open(path, { width });
    await page.getByText(text).first().waitFor({ timeout: 5000 });
    await screenshot(page, `${name}-${width}`);
    await expectSound(page, errors);
    await close();
  });
});

describe('list of contacts', () => {
  it('leads to a record in the same language, and back', async () => {
    const { page, close } = await site.open('/sandbox?lang=zh-cn');
    await page.getByRole('link', { name: 'Ana Sousa' }).first().click();
    await page.getByText('联系人信息').waitFor();
    await page.getByRole('link', { name: '联系人', exact: true }).click();
    await page.getByRole('heading', { name: '联系人' }).waitFor();
    await close();
  });

  it('searches and pages on the server', async () => {
    const { page, close } = await site.open('/sandbox');
    await page.getByRole('button', { name: 'Next' }).click();
    await expect.poll(() => site.server.listCalls.at(-1)).toContain('after=25');
    await page.getByLabel('Search', { exact: true }).fill('sousa');
    await expect.poll(() => site.server.listCalls.at(-1), { timeout: 5000 }).toContain('q=sousa');
    expect(site.server.listCalls.at(-1)).not.toContain('after=');
    await close();
  });
});
