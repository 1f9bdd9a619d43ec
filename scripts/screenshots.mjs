/** Takes the pictures of the README from a running application: `node scripts/screenshots.mjs <baseUrl> [contactId]`. */
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';

const TARGET = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../docs/img');
const LANGUAGES = { en: '', zh: '?lang=zh-cn' };
const CANDIDATES = 200;
const CLOSE_LOOKS = 80;
const ARGS = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run'];

/** A contact whose card has much to show: something they told us, and a score of their own history. */
export async function findContact(base) {
  const read = async (path) => (await fetch(`${base}/sandbox/api/${path}`)).json();
  const { results } = await read(`contacts?limit=${CANDIDATES}`);
  const worth = ({ properties: p }) =>
    Number(p.rapport_status === 'ready') +
    Number(p.rapport_reach_evidence === 'personal') +
    Number(p.hs_language === 'en');
  const sorted = [...results].sort((a, b) => worth(b) - worth(a));
  for (const { id } of sorted.slice(0, CLOSE_LOOKS)) {
    const record = await read(`contacts/${id}`);
    if (record.tickets.length + record.feedback.length > 0) return id;
  }
  return sorted[0].id;
}

export async function takeScreenshots(base, contactId) {
  const id = contactId ?? (await findContact(base));
  const executablePath = process.env.RAPPORT_CHROMIUM ?? '/usr/bin/chromium';
  const browser = await chromium.launch({ executablePath, args: ARGS });
  await mkdir(TARGET, { recursive: true });
  try {
    for (const [language, query] of Object.entries(LANGUAGES)) {
      const page = await browser.newPage({
        viewport: { width: 1280, height: 1000 },
        deviceScaleFactor: 1.5,
      });
      await page.goto(`${base}/sandbox/contacts/${id}${query}`);
      await page.getByTestId('footer').waitFor();
      await page.evaluate('document.fonts.ready');
      const file = path.join(TARGET, `card-${language}.png`);
      await page.screenshot({ path: file });
      console.log(file);
    }
  } finally {
    await browser.close();
  }
}

const [, script, base, contactId] = process.argv;
if (script === fileURLToPath(import.meta.url)) {
  if (base === undefined) {
    console.error('usage: node scripts/screenshots.mjs <baseUrl> [contactId]');
    process.exit(2);
  }
  await takeScreenshots(base.replace(/\/$/, ''), contactId);
}
