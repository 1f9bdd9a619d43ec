/** The shipped cards of tickets, deals and companies, and the narrow ones: both languages, wide and narrow, each button. */
import { describe, expect, it } from 'vitest';
import { accessibilityFindings, screenshot } from './chromium.ts';
import { expectSound, openFixtureSite, WIDTHS } from './fixture-site.ts';

const site = openFixtureSite();

const LANGUAGES = [
  { name: 'en', query: '' },
  { name: 'zh', query: '?lang=zh-cn' },
] as const;
const say = (name: string, en: string, zh: string) => (name === 'en' ? en : zh);

const CARDS = [
  { type: 'tickets', place: null, en: 'Reply draft', zh: '回复草稿' },
  { type: 'tickets', place: 'place.helpdesk', en: 'Reply draft', zh: '回复草稿' },
  { type: 'deals', place: null, en: 'Chance of winning', zh: '赢单概率' },
  { type: 'companies', place: null, en: 'Best person to contact', zh: '最佳联系人' },
  { type: 'contacts', place: 'place.sidebar', en: 'Call Ana', zh: '致电 Ana' },
  { type: 'contacts', place: 'place.preview', en: 'Call Ana', zh: '致电 Ana' },
] as const;

const STATES = {
  tickets: ['learning', 'stale', 'empty', 'unsupported_language', 'not_connected', 'no_access'],
  deals: ['stale', 'empty', 'excluded', 'holdout', 'not_connected', 'no_access', 'down'],
  companies: ['stale', 'empty', 'excluded', 'holdout', 'not_connected', 'no_access', 'down'],
} as const;

describe.each(LANGUAGES)('cards in $name', ({ name, query }) => {
  describe.each(CARDS)('$type $place', ({ type, place, en, zh }) => {
    it.each(WIDTHS)('at %i px without findings', async (width) => {
      site.server.show('ready');
      const { page, errors, close } = await site.open(`/sandbox/${type}/101${query}`, { width });
      if (place !== null) await page.getByTestId(place).click();
      const card = page.locator('.crm-record__card');
      await card
        .getByText(say(name, en, zh))
        .first()
        .waitFor({ timeout: 5000 });
      await card.getByTestId('footer').waitFor();
      await screenshot(page, `card-${type}-${place ?? 'tab'}-${name}-${width}`);
      expect(await card.textContent()).not.toMatch(/undefined|NaN|\{|not available/);
      await expectSound(page, errors);
      await close();
    });
  });

  it.each(Object.keys(STATES))('%s in every other state without findings', async (type) => {
    for (const state of STATES[type as keyof typeof STATES]) {
      site.server.show(state);
      const { page, errors, close } = await site.open(`/sandbox/${type}/101${query}`);
      const card = page.locator('.crm-record__card');
      const shown = card.locator('.uie-empty, [data-testid=footer], [role=alert]').first();
      await shown.waitFor({ timeout: 5000 });
      await screenshot(page, `state-${type}-${state}-${name}`);
      expect([state, await accessibilityFindings(page)]).toEqual([state, []]);
      expect(errors).toEqual([]);
      await close();
    }
  });

  it('a ticket’s buttons: task, note, copy, correction, refresh', async () => {
    site.server.show('ready');
    const { page, errors, close } = await site.open(`/sandbox/tickets/101${query}`);
    const card = page.locator('.crm-record__card');
    await card.getByTestId('create-task').dblclick();
    await card.getByText(say(name, 'Task created', '任务已创建')).waitFor();
    await card.getByTestId('create-note').click();
    await card.getByText(say(name, 'Note created', '备注已创建')).waitFor();
    const posts = site.server.cardPosts.filter((post) => post.path === '/hubspot/activity');
    expect(posts.slice(-2).map((post) => (post.body as { kind: string }).kind)).toEqual([
      'task',
      'note',
    ]);
    await card.getByTestId('copy').click();
    await card.getByText(say(name, 'Copied', '已复制')).waitFor();
    expect(await page.evaluate('navigator.clipboard.readText()')).toContain('we refund the second');
    await card.getByRole('button', { name: say(name, 'Correct this', '纠正') }).click();
    await card.getByLabel(say(name, 'Urgency', '紧急程度')).selectOption('today');
    await screenshot(page, `correct-${name}`);
    expect(await accessibilityFindings(page)).toEqual([]);
    await card.getByRole('button', { name: say(name, 'Save', '保存') }).click();
    await card.getByText(say(name, 'Noted; the next model', '已记录，下一个模型')).waitFor();
    expect(site.server.cardPosts.at(-1)).toEqual({
      path: '/hubspot/feedback',
      body: { kind: 'ticket', id: '901', field: 'urgency', label: 'today' },
    });
    await card.getByTestId('refresh').click();
    await expect.poll(() => site.server.cardPosts.at(-1)?.path).toBe('/hubspot/refresh');
    expect(errors).toEqual([]);
    await close();
  });

  it.each(['deals', 'companies'])('the buttons of %s: task, note, refresh', async (type) => {
    site.server.show('ready');
    const { page, close } = await site.open(`/sandbox/${type}/101${query}`);
    const card = page.locator('.crm-record__card');
    await card.getByTestId('create-task').click();
    await card.getByText(say(name, 'Task created', '任务已创建')).waitFor();
    expect(site.server.cardPosts.at(-1)?.body).toMatchObject({ kind: 'task', type: 'call' });
    await card.getByTestId('create-note').click();
    await card.getByText(say(name, 'Note created', '备注已创建')).waitFor();
    await card.getByTestId('refresh').click();
    await expect.poll(() => site.server.cardPosts.at(-1)?.path).toBe('/hubspot/refresh');
    await close();
  });

  it.each(WIDTHS)('what a contact’s card opens, at %i px: draft, log, details', async (width) => {
    site.server.show('ready');
    const { page, errors, close } = await site.open(`/sandbox/contacts/101${query}`, { width });
    const card = page.locator('.crm-record__card');
    const look = async (window: string) => {
      await page.getByRole('dialog').waitFor();
      await screenshot(page, `${window}-${name}-${width}`);
      expect([window, await accessibilityFindings(page)]).toEqual([window, []]);
    };
    const shut = () => page.getByRole('button', { name: say(name, 'Close', '关闭') }).click();
    await card.getByRole('button', { name: say(name, 'Draft email', '拟写邮件') }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText(say(name, 'Only a beginning', '仅为开头')).waitFor();
    await look('draft');
    await dialog.getByTestId('draft-text').fill('Hello Ana');
    await dialog.getByTestId('draft-send').click();
    await dialog.getByText(say(name, 'Copied', '已复制')).waitFor();
    expect(await page.evaluate('navigator.clipboard.readText()')).toBe('Hello Ana');
    await shut();
    await card.getByTestId('log').click();
    await dialog.getByTestId('log-text').fill('You charged me twice');
    await dialog.getByTestId('log-send').click();
    await dialog.getByText(say(name, 'Problem · Urgent', '问题 · 紧急')).waitFor();
    await look('log');
    expect(site.server.cardPosts.at(-1)?.body).toMatchObject({ body: 'You charged me twice' });
    await shut();
    await card.getByTestId('details').click();
    await dialog.getByText(say(name, 'What would change it', '哪些情况会改变它')).waitFor();
    await dialog.getByTestId('mistake').click();
    await look('details');
    await dialog.getByTestId('mistake-wrong_about').click();
    await dialog.getByText(say(name, 'the advice is set aside', '该建议已搁置')).waitFor();
    await shut();
    await card.getByRole('button', { name: say(name, 'Churn by month', '逐月流失概率') }).click();
    await card.getByRole('button', { name: say(name, 'Compare channels', '比较各渠道') }).click();
    await card.getByText('2026-10: 12%').waitFor();
    await screenshot(page, `charts-${name}-${width}`);
    expect(await accessibilityFindings(page)).toEqual([]);
    expect(errors).toEqual([]);
    await close();
  });

  it('a contact’s buttons: task, note, not now', async () => {
    site.server.show('ready');
    const { page, close } = await site.open(`/sandbox/contacts/101${query}`);
    const card = page.locator('.crm-record__card');
    await card.getByTestId('create-task').click();
    await card.getByText(say(name, 'Task created', '任务已创建')).waitFor();
    await card.getByTestId('create-note').click();
    await card.getByText(say(name, 'Note created', '备注已创建')).waitFor();
    await card.getByTestId('not-now').click();
    await card.getByTestId('not-now-already_spoke').waitFor();
    await screenshot(page, `not-now-${name}`);
    expect(await accessibilityFindings(page)).toEqual([]);
    await card.getByTestId('not-now-already_spoke').click();
    await card.getByText(say(name, 'the advice is set aside', '该建议已搁置')).waitFor();
    expect(site.server.cardPosts.at(-1)).toEqual({
      path: '/hubspot/not-now',
      body: { reason: 'already_spoke', channel: 'phone' },
    });
    await close();
  });
});

it('the chart of segments opens, with the same numbers as a table', async () => {
  site.server.show('ready');
  const { page, close } = await site.open('/sandbox/companies/101');
  await page.getByRole('button', { name: 'Segments of its people' }).click();
  await page.getByRole('img', { name: /Segments of its people/ }).waitFor();
  await page.getByRole('cell', { name: 'Sleepers' }).waitFor();
  await screenshot(page, 'segments');
  expect(await accessibilityFindings(page)).toEqual([]);
  await close();
});

it('links lead from record to record, and from a summary to the timeline', async () => {
  site.server.show('ready');
  const { page, close } = await site.open('/sandbox/tickets/101?lang=zh-cn');
  await page.getByTestId('summary').getByRole('link', { name: '邮件' }).click();
  expect(page.url()).toContain('#activity-77');
  await page.getByTestId('channel').getByRole('link', { name: '查看' }).click();
  await page.getByText('联系人信息').waitFor();
  expect(page.url()).toContain('/sandbox/contacts/101?lang=zh-cn');
  await page.getByRole('link', { name: 'Tejo Logistics' }).click();
  await page.getByRole('heading', { name: 'Tejo Logistics' }).waitFor();
  await close();
});
