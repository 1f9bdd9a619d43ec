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

describe('labels', () => {
  it.each([
    ['/sandbox', ['Phone', 'High', 'Regulars', 'Ready']],
    ['/sandbox?lang=zh-cn', ['电话', '高', 'Regulars', '已评分']],
    ['/sandbox/companies', ['Logistics and supply chain', 'At risk']],
    ['/sandbox/companies?lang=zh-cn', ['物流与供应链', '有风险']],
    ['/sandbox/deals?lang=zh-cn', ['较强', '电话']],
    ['/sandbox/tickets?lang=zh-cn', ['问题、建议', '紧急', '已逾期']],
    ['/sandbox/tickets', ['Problem, Suggestion', 'Now', 'Overdue']],
  ])('%s shows no code of an option', async (path, labels) => {
    const { page, close } = await site.open(path);
    for (const label of labels)
      await page.getByRole('cell', { name: label, exact: true }).first().waitFor({ timeout: 5000 });
    await close();
  });

  it('a record of Chinese pages names properties and options in Chinese', async () => {
    const { page, close } = await site.open('/sandbox/contacts/101?lang=zh-cn');
    const written = page.locator('.crm-scores');
    await written.waitFor({ timeout: 5000 });
    const text = await written.textContent();
    for (const part of ['最佳渠道', '电话', '回复概率', '评分时间']) expect(text).toContain(part);
    expect(text).not.toMatch(/Best channel|phone|Scored at/);
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
