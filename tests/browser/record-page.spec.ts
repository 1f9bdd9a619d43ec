/** The record page with the shipped card beside it: every state, both languages, narrow and wide. */
import { describe, expect, it } from 'vitest';
import { accessibilityFindings, screenshot } from './chromium.ts';
import { expectSound, openFixtureSite, WIDTHS } from './fixture-site.ts';

const site = openFixtureSite();

const LANGUAGES = [
  { name: 'en', query: '', chance: '50% reply rate expected' },
  { name: 'zh', query: '?lang=zh-cn', chance: '预计回复率 50%' },
] as const;

const STATES = [
  ['baseline', 'Based on your team’s average.', '依据团队平均水平。'],
  ['empty', 'Nothing to score yet', '暂无可评分的互动'],
  ['blocked', 'No channel is allowed right now.', '当前没有可用渠道。'],
  ['excluded', 'Your admin left this contact out.', '管理员已将该联系人排除在评分之外。'],
  ['stale', 'This score is out of date', '该评分已过期'],
  ['not_connected', 'Rapport is not connected to this account.', 'Rapport 尚未连接到此账户。'],
  ['no_access', 'You don’t have access', '您没有查看互动洞察的权限'],
  ['down', 'Insight could not be loaded', '无法加载洞察'],
] as const;

const RECORD = '/sandbox/contacts/101';

describe.each(LANGUAGES)('record page in $name', ({ name, query, chance }) => {
  it.each(WIDTHS)('shows the card at %i px without accessibility findings', async (width) => {
    site.server.show('ready');
    const { page, errors, close } = await site.open(`${RECORD}${query}`, { width });
    await page.getByText(chance).first().waitFor({ timeout: 5000 });
    await screenshot(page, `record-${name}-${width}`);
    await expectSound(page, errors);
    await close();
  });

  it.each(STATES)('shows state %s', async (state, en, zh) => {
    site.server.show(state);
    const { page, errors, close } = await site.open(`${RECORD}${query}`);
    await page
      .getByText(name === 'en' ? en : zh)
      .first()
      .waitFor({ timeout: 5000 });
    await screenshot(page, `state-${state}-${name}`);
    expect(await accessibilityFindings(page)).toEqual([]);
    expect(errors).toEqual([]);
    await close();
  });
});

describe('record page', () => {
  it('opens the comparison of channels, by keyboard too', async () => {
    site.server.show('ready');
    const { page, close } = await site.open(RECORD);
    const button = page.getByRole('button', { name: 'Compare channels' });
    await button.focus();
    await page.keyboard.press('Enter');
    await page.getByText('email 19% · likely 10 to 34%').waitFor();
    expect(await button.getAttribute('aria-expanded')).toBe('true');
    await screenshot(page, 'compare');
    expect(await accessibilityFindings(page)).toEqual([]);
    await close();
  });

  it('sends only the properties that were edited', async () => {
    const { page, close } = await site.open(RECORD);
    await page.getByLabel('Job title').fill('Head of operations');
    await page.getByLabel('Phone consent').selectOption('denied');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Saved').waitFor();
    expect(site.server.writes.at(-1)).toEqual({
      method: 'PATCH',
      path: 'contacts/101',
      body: { properties: { jobtitle: 'Head of operations', phone_consent: 'denied' } },
    });
    await close();
  });

  it('logs a call and opens a ticket in dialogs that return the focus', async () => {
    const { page, close } = await site.open(RECORD);
    const logCall = page.getByTestId('log-calls');
    await logCall.click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Outcome').selectOption('unanswered');
    await dialog.getByLabel('Notes').fill('Nobody there');
    await screenshot(page, 'log-call');
    expect(await accessibilityFindings(page)).toEqual([]);
    await dialog.getByRole('button', { name: 'Log a call' }).click();
    await dialog.waitFor({ state: 'hidden' });
    expect(site.server.writes.at(-1)).toMatchObject({
      path: 'contacts/101/calls',
      body: { direction: 'outbound', answered: false, body: 'Nobody there' },
    });
    expect(await page.evaluate('document.activeElement.dataset.testid')).toBe('log-calls');

    await page.getByTestId('log-tickets').click();
    await dialog.getByLabel('Subject').fill('Wrong size');
    await dialog.getByLabel('Message').fill('Please exchange it.');
    await dialog.getByRole('button', { name: 'Open a ticket' }).click();
    await dialog.waitFor({ state: 'hidden' });
    expect(site.server.writes.at(-1)).toMatchObject({
      path: 'contacts/101/tickets',
      body: { subject: 'Wrong size', content: 'Please exchange it.' },
    });
    await close();
  });

  it('shows a newer card by itself when Rapport has written to the record', async () => {
    site.server.show('baseline');
    const { page, close } = await site.open(RECORD);
    await page.getByText('Based on your team’s average.').waitFor();
    site.server.show('ready');
    site.server.score();
    await page.getByText('Personal · 11 calls').waitFor({ timeout: 5000 });
    await close();
  });

  it('asks for a new score when told to', async () => {
    site.server.show('ready');
    const { page, close } = await site.open(RECORD);
    await page.getByRole('button', { name: 'Refresh score' }).click();
    await expect
      .poll(() =>
        site.server.cardCalls.some((line) => line.startsWith('POST /hubspot/refresh?objectId=101')),
      )
      .toBe(true);
    await close();
  });
});
