/** The console's page of topics: both languages and widths, every state, and each decision by keyboard. */
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { screenshot } from './chromium.ts';
import { expectSound, openFixtureSite, WIDTHS } from './fixture-site.ts';

const site = openFixtureSite();
const sent = () => site.server.writes.at(-1);

const LANGUAGES = [
  {
    language: 'en',
    path: '/console/topics',
    texts: ['Billing and payment', '311 cases and 40 survey answers have no topic'],
    look: 'Look for topics',
    found: '41 of 700 messages in Chinese · mostly under “Billing and payment” already',
    examples: 'Example messages',
  },
  {
    language: 'zh',
    path: '/console/topics?lang=zh-cn',
    texts: ['账单与付款', '311 个工单和 40 条问卷反馈没有主题'],
    look: '查找主题',
    found: '中文消息 700 条中的 41 条 · 大多已归入“账单与付款”',
    examples: '示例消息',
  },
] as const;

describe.each(LANGUAGES)('$language', ({ language, path, texts, look, found, examples }) => {
  it.each(WIDTHS)('at %i px', async (width) => {
    site.server.topics('ready');
    const { page, errors, close } = await site.open(path, { width });
    for (const text of texts) await page.getByText(text).first().waitFor({ timeout: 5000 });
    await page.getByRole('button', { name: look }).click();
    await page.getByText(found).waitFor();
    await page.getByText(examples).first().click();
    await page.getByText('The barrier of the garage').waitFor();
    await screenshot(page, `topics-${language}-${width}`);
    await expectSound(page, errors);
    await page.getByRole('button', { name: /Rename Delivery|重命名“配送”/ }).click();
    await page.getByRole('textbox').first().waitFor();
    await screenshot(page, `topics-rename-${language}-${width}`);
    await expectSound(page, errors);
    await close();
  });
});

describe('states', () => {
  const opened = async (mode: 'loading' | 'down' | 'empty', text: string) => {
    site.server.topics(mode);
    const view = await site.open('/console/topics');
    await view.page.getByText(text).first().waitFor({ timeout: 8000 });
    return view;
  };
  it('says that it loads', async () => {
    const { page, close } = await opened('loading', 'On the list');
    await page.getByRole('status', { name: 'Loading' }).waitFor();
    await close();
  });
  it('says that it could not, and tries again when asked', async () => {
    const { page, close } = await opened('down', 'Topics could not be loaded');
    site.server.topics('ready');
    await page.getByRole('button', { name: 'Try again' }).click();
    await page.getByText('Billing and payment').first().waitFor();
    await close();
  });
  it('says that there is nothing to suggest', async () => {
    const { page, errors, close } = await opened('empty', 'Billing and payment');
    await page.getByRole('button', { name: 'Look for topics' }).click();
    await page.getByText('1,520 messages were read').waitFor();
    await expectSound(page, errors);
    await close();
  });
});

const focused = (page: Page) => page.evaluate('document.activeElement?.ariaLabel');

describe('decisions', () => {
  it('the most spoken of stands first; a new name is sent, and Escape leaves it as it was', async () => {
    site.server.topics('ready');
    const { page, close } = await site.open('/console/topics');
    const rows = page.getByRole('list', { name: 'On the list' }).getByRole('listitem');
    await expect.poll(() => rows.first().textContent()).toContain('Billing and payment');
    const rename = page.getByRole('button', { name: 'Rename Delivery' });
    await rename.focus();
    await page.keyboard.press('Enter');
    await page.keyboard.press('Escape');
    expect(await page.getByRole('textbox').count()).toBe(0);
    expect(await focused(page)).toBe('Rename Delivery');
    await page.keyboard.press('Enter');
    const english = page.getByLabel('Name in English');
    await english.fill(' ');
    await page.getByText('Give it a name').waitFor();
    expect(await page.getByRole('button', { name: 'Save' }).isDisabled()).toBe(true);
    await english.fill('Shipping');
    await page.keyboard.press('Enter');
    await page.getByText('Renamed.').waitFor();
    await expect.poll(() => focused(page)).toBe('Rename Delivery');
    expect(sent()).toEqual({
      method: 'POST',
      path: '/api/topics/rename',
      body: { tenant: 'sandbox-7700001', id: 'delivery', nameEn: 'Shipping', nameZh: '配送' },
    });
    await close();
  });

  it('a topic is dropped only after a question, and a refusal is shown in the server’s words', async () => {
    site.server.topics('ready');
    const { page, close } = await site.open('/console/topics');
    await page.getByRole('button', { name: 'Drop Delivery' }).click();
    await page.getByText('Its 87 cases and 14 survey answers').waitFor();
    const before = site.server.writes.length;
    await page.keyboard.press('Enter');
    expect(await page.getByText('Its 87 cases').count()).toBe(0);
    expect(site.server.writes).toHaveLength(before);
    await page.getByRole('button', { name: 'Drop Delivery' }).click();
    await page.getByRole('button', { name: 'Drop', exact: true }).last().click();
    await page.getByText('There is no topic "delivery".').waitFor();
    expect(sent()).toMatchObject({ path: '/api/topics/drop', body: { id: 'delivery' } });
    await close();
  });

  it('a proposal goes on the list under a name and leaves the proposals', async () => {
    site.server.topics('ready');
    const { page, close } = await site.open('/console/topics?lang=zh-cn');
    await page.getByRole('button', { name: '查找主题' }).click();
    await page.getByRole('button', { name: /加入列表：Parking/ }).click();
    await page.getByLabel('中文名称').fill('停车');
    await page.keyboard.press('Enter');
    await page.getByText('已加入列表').waitFor();
    expect(sent()).toMatchObject({
      path: '/api/topics/accept',
      body: { id: 'topic_5af001', nameEn: 'Parking, garage and barrier', nameZh: '停车' },
    });
    expect(await page.getByText('Parking, garage').count()).toBe(0);
    await page.getByRole('link', { name: '总览' }).click();
    await page.getByRole('heading', { name: '总览' }).waitFor();
    await close();
  });
});
