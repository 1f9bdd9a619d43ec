/** The whole application in a browser: a logged call shows up in the card by itself, in both languages. */
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type RunningApp, startApp, withDataDir } from '../support/app.ts';
import { accessibilityFindings, launch, open, screenshot } from './chromium.ts';

const CONTACTS = 120;

let browser: Browser;
beforeAll(async () => {
  browser = await launch();
});
afterAll(() => browser?.close());

async function withApp(work: (app: RunningApp) => Promise<void>): Promise<void> {
  await withDataDir(async (dataDir) => {
    const app = await startApp({ contacts: CONTACTS, dataDir });
    try {
      await app.ready();
      await work(app);
    } finally {
      await app.stop();
    }
  });
}

/** A contact who may be called and whom nobody has touched this week. */
async function findContact(app: RunningApp): Promise<string> {
  const path = '/sandbox/api/contacts?limit=100';
  const { results } = await app.json<{
    results: { id: string; properties: Record<string, string | null> }[];
  }>(path);
  const found = results.find(({ properties: p }) => p['rapport_best_channel'] === 'phone');
  return (found ?? results[0])?.id ?? '';
}

it('shows a logged call in the card within seconds', async () => {
  await withApp(async (app) => {
    const id = await findContact(app);
    const { page, errors, close } = await open(browser, `${app.url}/sandbox/contacts/${id}`);
    await page.getByTestId('footer').waitFor({ timeout: 5000 });
    const touches = async () => {
      const text = await page.getByTestId('allowed').textContent();
      return Number(/(\d+) of \d+ touches this week/.exec(text ?? '')?.[1]);
    };
    const before = await touches();
    await page.getByTestId('log-calls').click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Notes').fill('Agreed on a date.');
    await dialog.getByRole('button', { name: 'Log a call' }).click();
    await expect.poll(touches, { timeout: 10_000 }).toBe(before + 1);
    await screenshot(page, 'app-en');
    expect(await accessibilityFindings(page)).toEqual([]);

    await page.goto(`${app.url}/sandbox/contacts/${id}?lang=zh-cn`);
    await page.getByText('评分依据').waitFor({ timeout: 5000 });
    await screenshot(page, 'app-zh');
    expect(await accessibilityFindings(page)).toEqual([]);

    await page.goto(`${app.url}/console`);
    await page.getByText('Written back').waitFor({ timeout: 5000 });
    await screenshot(page, 'app-console');
    expect(await accessibilityFindings(page)).toEqual([]);
    expect(errors).toEqual([]);
    await close();
  });
});
