/** Takes the pictures of docs/marketplace/setup.md from a running sandbox: `node scripts/setup-screenshots.mjs <baseUrl>`. */
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';
import { findContact } from './screenshots.mjs';

const TARGET = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../docs/img');
const ARGS = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run'];

const base = process.argv[2]?.replace(/\/$/, '');
if (base === undefined) {
  console.error('usage: node scripts/setup-screenshots.mjs <baseUrl>');
  process.exit(2);
}

const PICTURES = {
  'setup-consent': { address: '/oauth/sandbox/start', ready: 'form', height: 900 },
  'setup-console': { address: '/console', ready: '[id^="tenant-"]', height: 760 },
  'setup-contact': {
    address: `/sandbox/contacts/${await findContact(base)}`,
    ready: '[data-testid="footer"]',
    height: 900,
  },
};

const browser = await chromium.launch({
  executablePath: process.env.RAPPORT_CHROMIUM ?? '/usr/bin/chromium',
  args: ARGS,
});
try {
  for (const [name, { address, ready, height }] of Object.entries(PICTURES)) {
    const page = await browser.newPage({ viewport: { width: 1200, height } });
    await page.goto(`${base}${address}`);
    await page.locator(ready).first().waitFor();
    await page.evaluate('document.fonts.ready');
    const file = path.join(TARGET, `${name}.png`);
    await page.screenshot({ path: file });
    console.log(file);
  }
} finally {
  await browser.close();
}
