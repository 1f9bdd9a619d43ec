/** The configuration: defaults that just work, and mistakes told in one clear line. */
import { isAbsolute } from 'node:path';
import { expect, test } from 'vitest';
import { openParts } from '../../../src/app/compose.ts';
import { readConfig } from '../../../src/app/config.ts';
import { createClosers } from '../../../src/app/shutdown.ts';

test('nothing set: the embedded mode on port 3000', () => {
  const config = readConfig({});
  expect(config).toMatchObject({
    port: 3000,
    host: '127.0.0.1',
    publicUrl: 'http://127.0.0.1:3000',
    databaseUrl: undefined,
    hubspot: undefined,
    encryptionKeys: [],
  });
  expect(isAbsolute(config.dataDir)).toBe(true);
  expect(Object.isFrozen(config)).toBe(true);
});

test('empty variables count as not set, options outrank the environment', () => {
  const config = readConfig(
    { PORT: '', DATABASE_URL: ' ', RAPPORT_PUBLIC_URL: '', RAPPORT_DEMO_CONTACTS: '5' },
    { PORT: '4000', RAPPORT_DEMO_CONTACTS: undefined },
  );
  expect(config).toMatchObject({
    port: 4000,
    databaseUrl: undefined,
    demo: { contacts: 5, seed: 1 },
  });
  expect(config.publicUrl).toBe('http://127.0.0.1:4000');
});

test('F26 both client secrets are accepted while one is rotated, keys are a list', () => {
  const config = readConfig({
    RAPPORT_HUBSPOT_CLIENT_ID: 'id',
    RAPPORT_HUBSPOT_CLIENT_SECRET: 'new',
    RAPPORT_HUBSPOT_FORMER_SECRET: 'old',
    RAPPORT_ENCRYPTION_KEYS: 'a,b,',
    RAPPORT_PUBLIC_URL: 'https://rapport.example.test/',
  });
  const secrets = ['new', 'old'];
  expect(config.hubspot).toEqual({ clientId: 'id', secrets, legacySignatures: false });
  expect(config.encryptionKeys).toEqual(['a', 'b']);
  expect(config.publicUrl).toBe('https://rapport.example.test');
});

test.each<[string, Record<string, string>, RegExp]>([
  ['a port that is none', { PORT: 'web' }, /^PORT: /],
  ['a port out of range', { PORT: '70000' }, /^PORT: /],
  ['a public URL that is none', { RAPPORT_PUBLIC_URL: 'rapport' }, /^RAPPORT_PUBLIC_URL: /],
  ['an unknown log level', { RAPPORT_LOG_LEVEL: 'loud' }, /^RAPPORT_LOG_LEVEL: /],
  ['too many contacts', { RAPPORT_DEMO_CONTACTS: '1e9' }, /^RAPPORT_DEMO_CONTACTS: /],
  ['Redis alone', { REDIS_URL: 'redis://x' }, /REDIS_URL needs DATABASE_URL/],
  ['half an app', { RAPPORT_HUBSPOT_CLIENT_ID: 'id' }, /Set both/],
  ['the other half', { RAPPORT_HUBSPOT_CLIENT_SECRET: 's' }, /Set both/],
])('%s is one clear line', (_name, environment, message) => {
  let thrown: unknown;
  try {
    readConfig(environment);
  } catch (error) {
    thrown = error;
  }
  expect(thrown).toMatchObject({ code: 'config_invalid', message: expect.stringMatching(message) });
  expect((thrown as Error).message).not.toContain('\n');
});

test('a data folder that cannot be written, and a server without keys, are one clear line too', async () => {
  const quiet = { RAPPORT_LOG_LEVEL: 'silent' };
  const open = (environment: Record<string, string>) =>
    openParts(readConfig({ ...quiet, ...environment }), createClosers());
  await expect(open({ RAPPORT_DATA_DIR: '/dev/null/rapport' })).rejects.toMatchObject({
    code: 'config_invalid',
    message: expect.stringMatching(/^The data folder \/dev\/null\/rapport cannot be written/),
  });
  await expect(open({ DATABASE_URL: 'postgres://127.0.0.1:1/none' })).rejects.toMatchObject({
    code: 'config_invalid',
    message: expect.stringMatching(/RAPPORT_ENCRYPTION_KEYS/),
  });
});

test('what was opened is closed in reverse order, once, even if one closing fails', async () => {
  const closers = createClosers();
  const order: number[] = [];
  closers.add(async () => void order.push(1));
  closers.add(() => Promise.reject(new Error('stuck')));
  closers.add(async () => void order.push(3));
  const both = [closers.closeAll(), closers.closeAll()];
  await expect(Promise.all(both)).rejects.toThrow('stuck');
  expect(order).toEqual([3, 1]);
});
