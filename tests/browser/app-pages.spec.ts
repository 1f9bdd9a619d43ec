/** The settings page and the app page in the sandbox: both languages, narrow and wide, and every tab. */
import { describe, expect, it } from 'vitest';
import { accessibilityFindings, screenshot } from './chromium.ts';
import { expectSound, openFixtureSite, WIDTHS } from './fixture-site.ts';

const site = openFixtureSite();

const LANGUAGES = [
  {
    name: 'en',
    query: '',
    tabs: ['Overview', 'Writes', 'Settings'],
    seen: ['What is read and written', 'Best channel', 'Who may see the cards'],
    notice: 'Some permissions are not granted. An admin must agree again.',
    team: 'Whom to reach next',
  },
  {
    name: 'zh',
    query: '?lang=zh-cn',
    tabs: ['概览', '写入', '设置'],
    seen: ['读取与写入的内容', '最佳渠道', '可查看卡片的人员'],
    notice: '部分权限未授予，需要管理员重新同意。',
    team: '接下来联系谁',
  },
] as const;

describe.each(LANGUAGES)('in $name', ({ name, query, tabs, seen, notice, team }) => {
  it.each(WIDTHS)('settings at %i px', async (width) => {
    const { page, errors, close } = await site.open(`/sandbox/settings${query}`, { width });
    for (const [i, tab] of tabs.entries()) {
      await page.getByRole('tab', { name: tab }).click();
      await page
        .getByText(seen[i] ?? '')
        .first()
        .waitFor({ timeout: 5000 });
      expect(await page.getByText(notice).isVisible()).toBe(true);
      await screenshot(page, `settings-${i}-${name}-${width}`);
      await expectSound(page, errors);
    }
    await close();
  });

  it.each(WIDTHS)('the app page at %i px', async (width) => {
    const { page, errors, close } = await site.open(`/sandbox/app${query}`, { width });
    await page.getByText(team).waitFor({ timeout: 5000 });
    await screenshot(page, `app-page-${name}-${width}`);
    await expectSound(page, errors);
    await close();
  });
});

describe('the settings page', () => {
  const openTab = async (tab: string) => {
    const opened = await site.open('/sandbox/settings');
    await opened.page.getByRole('tab', { name: tab }).click();
    return opened;
  };

  it('approves the dry run, and shows more of it before', async () => {
    const { page, close } = await openTab('Writes');
    await page.getByRole('button', { name: 'Show more' }).click();
    await expect.poll(() => page.getByText('Zoe').count()).toBe(2);
    await page.getByRole('button', { name: 'Approve and write' }).click();
    await page.getByText('1,234 records are being written.').waitFor();
    await page.getByRole('button', { name: 'Back to dry run' }).waitFor();
    expect(site.server.cardCalls).toContainEqual('POST /hubspot/settings/writes/approve');
    await close();
  });

  it('asks twice before a run is undone', async () => {
    const { page, close } = await openTab('Writes');
    await page.getByTestId('undo-7').click();
    await page.getByText('Undo the run of').waitFor();
    await screenshot(page, 'settings-undo');
    expect(await accessibilityFindings(page)).toEqual([]);
    await page.getByRole('button', { name: 'Keep it' }).click();
    expect(site.server.cardCalls.filter((line) => line.includes('/undo'))).toEqual([]);
    await page.getByTestId('undo-7').click();
    await page.getByRole('button', { name: 'Undo this run' }).click();
    await page.getByText('The run is being undone.').waitFor();
    await close();
  });

  it('saves by keyboard, and marks the field that cannot be taken', async () => {
    const { page, close } = await openTab('Settings');
    const touches = page.getByLabel('Touches per person in 7 days, at most');
    await touches.fill('40');
    await touches.press('Enter');
    await page.getByText('Too large.').waitFor();
    expect(await touches.inputValue()).toBe('40');
    expect(await touches.getAttribute('aria-invalid')).toBe('true');
    await screenshot(page, 'settings-problem');
    expect(await accessibilityFindings(page)).toEqual([]);
    await close();
  });
});
