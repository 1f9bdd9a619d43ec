/** HubSpot's v3 signature: the published vectors, and everything that must not pass. */
import { Signature } from '@hubspot/api-client/lib/src/utils/signature.js';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createHubSpotSource } from '../../../../webhooks/hubspot/source.ts';
import {
  signatureV3,
  verifyActionSignature,
  verifySignature,
  WINDOW_MS,
} from '../../../../webhooks/hubspot/verify.ts';
import { ORIGIN, PATH, SECRET, sign } from '../../../support/deliveries.ts';

const NOW = new Date(1_764_000_000_000);
const secrets = [['hubspot', SECRET]] as const;

interface Ask {
  method?: string;
  path?: string;
  body?: string | Uint8Array;
  headers?: Record<string, string | string[] | undefined>;
  nowMs?: number;
  origin?: string;
  known?: readonly (readonly [string, string])[];
}

const verify = (ask: Ask): string | null =>
  verifySignature(
    {
      method: ask.method ?? 'POST',
      pathAndQuery: ask.path ?? PATH,
      headers: ask.headers ?? {},
      body: Buffer.from(ask.body ?? '[]'),
    },
    ask.origin ?? ORIGIN,
    ask.known ?? secrets,
    ask.nowMs ?? NOW.getTime(),
  );

const headersOf = (signature: string, timestamp = String(NOW.getTime())) => ({
  'x-hubspot-signature-v3': signature,
  'x-hubspot-request-timestamp': timestamp,
});

const A_BODY =
  '[{"eventId":1,"subscriptionId":22,"portalId":7777,"appId":42,"occurredAt":1763999999000,"subscriptionType":"object.propertyChange","attemptNumber":0,"objectId":101,"objectTypeId":"0-1","propertyName":"email","propertyValue":"zoë@example.test","changeSource":"CRM_UI","sourceId":"userId:9"}]';
const A = {
  path: '/hubspot/webhooks',
  body: A_BODY,
  headers: headersOf('tCsEFfz2UMfI4lVWtXfAquzKdZKst7UYOr8FjrPwsHg='),
};
const B_PATH =
  '/card/recommendation?objectId=101&userId=9&portalId=7777&userEmail=ana%40example.test&appId=42&q=a%20b%26c';

test('F21 workflow actions: vector A under v2 is believed, with any byte or header changed it is not', () => {
  const signature = 'c58f47cdf9a8f3923aaa4d292bb706cf97e10637c8dae6efc9214461374527a4';
  const believe = (body: string, version: string, given: string) =>
    verifyActionSignature(
      {
        method: 'POST',
        pathAndQuery: A.path,
        headers: { 'x-hubspot-signature': given, 'x-hubspot-signature-version': version },
        body: Buffer.from(body),
      },
      ORIGIN,
      secrets,
    );
  expect(believe(A_BODY, 'v2', signature)).toBe('hubspot');
  expect(believe(`${A_BODY} `, 'v2', signature)).toBeNull();
  expect(believe(A_BODY, 'v1', signature)).toBeNull();
  for (let length = 0; length < 64; length++)
    expect(believe(A_BODY, 'v2', signature.slice(0, length))).toBeNull();
});

test('F21 v1, of legacy apps: vector A is believed where it is allowed, for deliveries alone', () => {
  const v1 = 'e24ac92551ec1a1c821a0da34d833dc16d0cc0d98b55dc1989b7f6e088dbb2ba';
  const headers = { 'x-hubspot-signature': v1, 'x-hubspot-signature-version': 'v1' };
  const request = { method: 'POST', pathAndQuery: A.path, headers, body: Buffer.from(A_BODY) };
  const apps = [{ host: 'hubspot', secrets: ['present', SECRET] }] as const;
  const [modern, legacy] = [false, true].map((on) => createHubSpotSource(ORIGIN, apps, on));
  expect(legacy?.verifyDelivery(request, NOW.getTime())).toBe('hubspot');
  expect(modern?.verifyDelivery(request, NOW.getTime())).toBeNull();
  // A body says nothing of the record a card is opened on.
  expect(legacy?.verify(request, NOW.getTime())).toBeNull();
  expect(legacy?.verifyAction(request, NOW.getTime())).toBeNull();
  for (const changed of [
    { headers: { ...headers, 'x-hubspot-signature-version': 'v2' } },
    { headers: { ...headers, 'x-hubspot-signature': v1.slice(2) } },
    { headers: { ...headers, ...headersOf('AAAA') } },
    { body: Buffer.from(`${A_BODY} `) },
    { body: Buffer.alloc(0) },
  ])
    expect(legacy?.verifyDelivery({ ...request, ...changed }, NOW.getTime())).toBeNull();
});

describe('vectors', () => {
  test('A: a delivery with a two-byte letter', () => {
    expect(Buffer.byteLength(A_BODY)).toBe(291);
    expect(verify(A)).toBe('hubspot');
    expect(verify({ ...A, body: A_BODY.replace('zoë', 'zoe') })).toBeNull();
    expect(verify({ ...A, method: 'PUT' })).toBeNull();
    expect(verify({ ...A, path: '/hubspot/webhooks/' })).toBeNull();
    expect(verify({ ...A, known: [['hubspot', 'another-secret']] })).toBeNull();
  });

  test('B: a signed call whose query holds escapes; only the listed ones are decoded', () => {
    const b = { method: 'GET', path: B_PATH, body: '' };
    const right = headersOf('yxzZvM1IL5e6wTp0dXb4GXkobBbyLH/seHqbaG2dPCA=');
    const undecoded = headersOf('8jxYRIkMj93DdNcnQKtAskc/VzWiciY07NrBMUEbVNA=');
    expect(verify({ ...b, headers: right })).toBe('hubspot');
    expect(verify({ ...b, headers: undecoded })).toBeNull();
    expect(verify({ ...b, path: B_PATH.replace('%40', '@'), headers: right })).toBe('hubspot');
    expect(verify({ ...b, path: B_PATH.replace('%20', '+'), headers: right })).toBeNull();
  });

  test("the official client's published vector", () => {
    const asked: Ask = {
      origin: 'https://www.example.com',
      path: '/webhook_uri',
      body: "{'example_field':'example_value'}",
      known: [['hubspot', 'yyyyyyyy-yyyy-yyyy-yyyy-yyyyyyyyyyyy']],
      headers: headersOf('K36dawei4A+QBNolUOqo7s91KQDWQ5MXZ/QufNYuk/Y=', '1693657560000'),
      nowMs: 1_693_657_560_000,
    };
    expect(verify(asked)).toBe('hubspot');
    expect(verify({ ...asked, body: '{"example_field":"example_value"}' })).toBeNull();
  });

  test('agrees with the official client wherever the URI needs no decoding', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.webPath(), (body, path) => {
        fc.pre(!path.includes('%') && body.isWellFormed());
        const url = `${ORIGIN}${path}`;
        const timestamp = NOW.getTime();
        const ours = signatureV3(SECRET, 'POST', url, Buffer.from(body), String(timestamp));
        const theirs = Signature.getSignature('POST', 'v3', {
          signature: '',
          clientSecret: SECRET,
          requestBody: body,
          url,
          timestamp,
        });
        expect(ours.toString('base64')).toBe(theirs);
      }),
    );
  });
});

describe('F21 headers that do not sign', () => {
  const good = sign('[]', NOW).headers;
  const signature = good['x-hubspot-signature-v3'] ?? '';
  const stamp = good['x-hubspot-request-timestamp'] ?? '';
  test.each<[string, Record<string, string | string[] | undefined>]>([
    ['none', {}],
    ['no signature', { 'x-hubspot-request-timestamp': stamp }],
    ['no timestamp', { 'x-hubspot-signature-v3': signature }],
    ['empty signature', headersOf('')],
    ['empty timestamp', headersOf(signature, '')],
    ['doubled signature', headersOf(`${signature}, ${signature}`)],
    ['doubled timestamp', headersOf(signature, `${stamp}, ${stamp}`)],
    ['array of signatures', { ...good, 'x-hubspot-signature-v3': [signature] }],
    ['array of timestamps', { ...good, 'x-hubspot-request-timestamp': [stamp] }],
    ['wrong signature', headersOf(Buffer.alloc(32).toString('base64'))],
    ['not base64', headersOf('%%%%')],
    ['hex instead', headersOf(Buffer.from(signature, 'base64').toString('hex'))],
    ['only v1', { 'x-hubspot-signature': signature, 'x-hubspot-request-timestamp': stamp }],
    [
      'v1 by its other name',
      { 'x-hubspot-signature': signature, 'x-hubspot-signature-version': 'v3', ...headersOf('') },
    ],
  ])('%s', (_name, headers) => {
    expect(verify({ headers })).toBeNull();
  });

  test('the same headers, whole, do sign', () => expect(verify({ headers: good })).toBe('hubspot'));
});

describe('F22 hashes the raw bytes', () => {
  test.each<[string, string, string]>([
    ['1.0 stays 1.0', '[{"portalId":1.0}]', '[{"portalId":1}]'],
    ['escapes stay escapes', '["\\u00e9\\/\\ud83d\\ude00"]', '["é/😀"]'],
    ['key order', '[{"2":1,"1":2}]', '[{"1":2,"2":1}]'],
    ['white space', ' [ 1 ,\r\n\t2 ] ', '[1,2]'],
    ['byte order mark', '\ufeff[]', '[]'],
    ['non-ASCII', '["zoë 你好 🙂"]', '["zoe\u0308 你好 🙂"]'],
  ])('%s', (_name, body, rewritten) => {
    const { headers } = sign(body, NOW);
    expect(verify({ body, headers })).toBe('hubspot');
    expect(verify({ body: rewritten, headers })).toBeNull();
  });

  test('bytes that are no UTF-8 at all', () => {
    const body = Buffer.from([0xff, 0xfe, 0x00, 0x80]);
    const { headers } = sign(body, NOW);
    expect(verify({ body, headers })).toBe('hubspot');
    expect(verify({ body: body.toString('utf8'), headers })).toBeNull();
  });
});

test('F23 signatures of every length are refused and never throw', () => {
  for (let length = 0; length <= 1_000; length++) {
    expect(verify({ headers: headersOf('A'.repeat(length)) })).toBeNull();
    expect(verify({ headers: headersOf(Buffer.alloc(length, 7).toString('base64')) })).toBeNull();
  }
});

describe('F24 the window', () => {
  const at = (timestamp: string) => verify({ headers: sign('[]', NOW, { timestamp }).headers });
  const ms = NOW.getTime();
  test.each<[string, string, boolean]>([
    ['now', String(ms), true],
    ['five minutes ago', String(ms - WINDOW_MS), true],
    ['just over five minutes ago', String(ms - WINDOW_MS - 1), false],
    ['six minutes ago', String(ms - 360_000), false],
    ['five minutes ahead', String(ms + WINDOW_MS), true],
    ['an hour ahead', String(ms + 3_600_000), false],
    ['seconds', String(Math.floor(ms / 1000)), false],
    ['microseconds', `${ms}000`, false],
    ['NaN', 'NaN', false],
    ['Infinity', 'Infinity', false],
    ['signed', `+${ms}`, false],
    ['exponent', '1.764e12', false],
    ['hexadecimal', `0x${ms.toString(16)}`, false],
    ['spaces', ` ${ms} `, false],
    ['other digits', String(ms).replaceAll('1', '١'), false],
  ])('%s', (_name, timestamp, passes) => {
    expect(at(timestamp)).toBe(passes ? 'hubspot' : null);
  });

  test('ours refuses the future delivery that the official verifier accepts', () => {
    const future = new Date(Date.now() + 3_600_000);
    const { headers } = sign('[]', future);
    const accepted = Signature.isValid({
      signatureVersion: 'v3',
      method: 'POST',
      clientSecret: SECRET,
      requestBody: '[]',
      url: `${ORIGIN}${PATH}`,
      signature: headers['x-hubspot-signature-v3'] ?? '',
      timestamp: future.getTime(),
    });
    expect(accepted).toBe(true);
    expect(verify({ headers, nowMs: Date.now() })).toBeNull();
  });
});

test('F25 forged Host and X-Forwarded headers change nothing', () => {
  const forged = {
    host: 'evil.example.test',
    'x-forwarded-host': 'evil.example.test',
    'x-forwarded-proto': 'http',
    'x-forwarded-port': '81',
    forwarded: 'host=evil.example.test;proto=http',
  };
  expect(verify({ headers: { ...sign('[]', NOW).headers, ...forged } })).toBe('hubspot');
  const elsewhere = signatureV3(
    SECRET,
    'POST',
    `http://evil.example.test${PATH}`,
    Buffer.from('[]'),
    String(NOW.getTime()),
  );
  expect(verify({ headers: { ...headersOf(elsewhere.toString('base64')), ...forged } })).toBeNull();
});

test('F26 the present and the former secret both sign, others do not, and each app is itself', () => {
  const source = createHubSpotSource(ORIGIN, [
    { host: 'hubspot', secrets: ['present', 'former'] },
    { host: 'sandbox', secrets: ['of the sandbox'] },
  ]);
  const by = (secret: string) => {
    const { body, headers } = sign('[]', NOW, { secret });
    const request = { method: 'POST', pathAndQuery: PATH, headers, body };
    return source.verify(request, NOW.getTime());
  };
  expect(by('present')).toBe('hubspot');
  expect(by('former')).toBe('hubspot');
  expect(by('of the sandbox')).toBe('sandbox');
  expect(by('expired')).toBeNull();
  expect(by('')).toBeNull();
  const rotated = createHubSpotSource(ORIGIN, [{ host: 'hubspot', secrets: ['present'] }]);
  const { body, headers } = sign('[]', NOW, { secret: 'former' });
  const request = { method: 'POST', pathAndQuery: PATH, headers, body };
  expect(rotated.verify(request, NOW.getTime())).toBeNull();
});
