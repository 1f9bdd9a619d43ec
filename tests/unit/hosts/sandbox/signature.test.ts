/** The v3 signature against values computed elsewhere. */
import { describe, expect, test } from 'vitest';
import { signatureV3 } from '../../../../src/hosts/sandbox/signature.ts';

const SECRET = 'rapport-test-secret-0001';
const TIMESTAMP = 1764000000000;

describe('signatureV3', () => {
  test('covers the body in UTF-8', () => {
    const body =
      '[{"eventId":1,"subscriptionId":22,"portalId":7777,"appId":42,"occurredAt":1763999999000,"subscriptionType":"object.propertyChange","attemptNumber":0,"objectId":101,"objectTypeId":"0-1","propertyName":"email","propertyValue":"zoë@example.test","changeSource":"CRM_UI","sourceId":"userId:9"}]';
    const uri = 'https://rapport.example.test/hubspot/webhooks';
    expect(signatureV3(SECRET, { method: 'POST', uri, body, timestampMs: TIMESTAMP })).toBe(
      'tCsEFfz2UMfI4lVWtXfAquzKdZKst7UYOr8FjrPwsHg=',
    );
  });

  test('decodes the twelve escapes, and only those', () => {
    const uri =
      'https://rapport.example.test/card/recommendation?objectId=101&userId=9&portalId=7777&userEmail=ana%40example.test&appId=42&q=a%20b%26c';
    expect(signatureV3(SECRET, { method: 'GET', uri, body: '', timestampMs: TIMESTAMP })).toBe(
      'yxzZvM1IL5e6wTp0dXb4GXkobBbyLH/seHqbaG2dPCA=',
    );
  });

  test('agrees with the published value', () => {
    const request = {
      method: 'POST',
      uri: 'https://www.example.com/webhook_uri',
      body: "{'example_field':'example_value'}",
      timestampMs: 1693657560000,
    };
    expect(signatureV3('yyyyyyyy-yyyy-yyyy-yyyy-yyyyyyyyyyyy', request)).toBe(
      'K36dawei4A+QBNolUOqo7s91KQDWQ5MXZ/QufNYuk/Y=',
    );
  });
});
