/** The language model only words what the draft says; whatever goes wrong, the draft stands. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { addsNothing, createPhraser } from '../../../src/platform/phraser.ts';
import { createRecordingLog } from '../../support/recorders.ts';

let server: Server;
let url = '';
let answer: { status: number; body: string; delayMs?: number } = { status: 200, body: '' };
let asked: { path: string | undefined; authorization: string | undefined; body: string }[] = [];
beforeAll(async () => {
  server = createServer((req, res) => {
    let body = '';
    req.on('data', (chunk: Buffer) => {
      body += chunk.toString();
    });
    req.on('end', () => {
      asked.push({ path: req.url, authorization: req.headers.authorization, body });
      setTimeout(() => {
        res.writeHead(answer.status, { 'content-type': 'application/json' }).end(answer.body);
      }, answer.delayMs ?? 0);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

const of = { message: 'Refund?', draft: 'Within 30 days.', language: 'en' as const };
const said = (content: string) => JSON.stringify({ choices: [{ message: { content } }] });
const phrase = (timeoutMs = 5_000) =>
  createPhraser({ url, model: 'small', key: 'k', timeoutMs }, createRecordingLog())(of);

test('asks an OpenAI-compatible endpoint and gives its words', async () => {
  asked = [];
  answer = { status: 200, body: said(' Of course, within 30 days. ') };
  expect(await phrase()).toBe('Of course, within 30 days.');
  expect(asked[0]).toMatchObject({ path: '/v1/chat/completions', authorization: 'Bearer k' });
  expect(JSON.parse(asked[0]?.body ?? '')).toMatchObject({ model: 'small', temperature: 0 });
});

test.each([
  ['an error', { status: 500, body: said('Within 30 days') }],
  ['no JSON', { status: 200, body: '<html>' }],
  ['another shape', { status: 200, body: '{"choices":[]}' }],
  ['nothing', { status: 200, body: said('  ') }],
  ['a new fact', { status: 200, body: said('Within 90 days.') }],
  ['a lost fact', { status: 200, body: said('Soon.') }],
  ['a new link', { status: 200, body: said('Within 30 days, see https://evil.example.test') }],
])('%s: no phrasing', async (_name, given) => {
  answer = given;
  expect(await phrase()).toBeNull();
});

test('F34 a slow endpoint is not waited for', async () => {
  answer = { status: 200, body: said('Within 30 days.'), delayMs: 3_000 };
  expect(await phrase(200)).toBeNull();
});

test('nobody there: no phrasing', async () => {
  const nowhere = { url: 'http://127.0.0.1:9/v1', model: 'm', key: undefined, timeoutMs: 500 };
  expect(await createPhraser(nowhere, createRecordingLog())(of)).toBeNull();
});

describe('facts', () => {
  test.each([
    ['Refunds take 30 days.', 'It takes 30 days to refund.', true],
    ['写信给 help@shop.example.test', '请写信到 help@shop.example.test 。', true],
    ['See https://a.example.test/x.', 'Look at https://a.example.test/x', true],
    ['See https://a.example.test/x.', 'Look at https://b.example.test/x', false],
    ['It costs 10 EUR', 'It costs 100 EUR', false],
  ])('%s → %s: %s', (draft, text, expected) => {
    expect(addsNothing(text, draft)).toBe(expected);
  });
});
