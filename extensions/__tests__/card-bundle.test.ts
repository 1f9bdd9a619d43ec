/** Every card builds as HubSpot would build it, small enough and with nothing left to resolve. */
import { readdir, readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
// @ts-expect-error: a plain script without types
import { buildCard } from '../../scripts/build-web.mjs';

const LIMIT_BYTES = 40 * 1024;
const cards = fileURLToPath(new URL('../hubspot/src/app/cards/', import.meta.url));
const entries = (await readdir(cards)).filter((file) => file.endsWith('.tsx'));

describe.each(entries)('%s', (entry) => {
  it('is one small script without imports', async () => {
    const bundle = await readFile(await buildCard(entry));
    expect(bundle.byteLength).toBeLessThan(LIMIT_BYTES);
    expect(bundle.toString()).not.toMatch(/\brequire\(|\bimport\s*[("'{]/);
  });
});
