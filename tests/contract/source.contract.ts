/** What every webhook source must do: believe only signed bytes, part them by account, and read them without ever throwing. */
import type { IncomingHttpHeaders } from 'node:http';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { HostName } from '../../src/core/tenant.ts';
import type { Source } from '../../webhooks/source.ts';

export interface SourceCase {
  readonly source: Source;
  readonly host: HostName;
  readonly path: string;
  /** Headers that sign these bytes at this time. */
  sign(body: Uint8Array, now: Date): IncomingHttpHeaders;
  /** One change of a contact, as the host would send it. */
  event(account: string, contactId: string): unknown;
}

const NOW = new Date('2026-03-02T10:00:00Z');

export function sourceContract({ source, host, path, sign, event }: SourceCase): void {
  const verify = (body: Uint8Array, headers: IncomingHttpHeaders, at = NOW) =>
    source.verifyDelivery({ method: 'POST', pathAndQuery: path, headers, body }, at.getTime());

  describe('verify', () => {
    test('F22 believes exactly the bytes that were signed', () => {
      fc.assert(
        fc.property(fc.uint8Array({ minLength: 1 }), fc.nat(), (bytes, at) => {
          const headers = sign(bytes, NOW);
          expect(verify(bytes, headers)).toBe(host);
          const altered = Uint8Array.from(bytes);
          altered[at % bytes.length] = (altered[at % bytes.length] ?? 0) ^ 1;
          expect(verify(altered, headers)).toBeNull();
          expect(verify(bytes, {})).toBeNull();
        }),
      );
    });

    test('F24 believes nothing that is an hour off', () => {
      const body = Buffer.from('[]');
      for (const hours of [-1, 1])
        expect(verify(body, sign(body, new Date(NOW.getTime() + hours * 3_600_000)))).toBeNull();
    });
  });

  describe('split', () => {
    test('keeps the delivery of one account as it came, and parts those of several', () => {
      const own = JSON.stringify([event('7', '1'), event('7', '2')]);
      expect(source.split(own)?.accounts).toEqual(new Map([['7', own]]));
      const mixed = source.split(JSON.stringify([event('7', '1'), event('8', '2')]));
      expect([...(mixed?.accounts.keys() ?? [])].sort()).toEqual(['7', '8']);
    });

    test('F15 tells what is no list of events, whatever it is', () => {
      fc.assert(
        fc.property(fc.oneof(fc.string(), fc.json()), (text) => {
          const parts = source.split(text);
          expect(parts !== null).toBe(isList(text));
        }),
      );
    });
  });

  describe('translate', () => {
    test('looks at the record that changed', () => {
      const { events } = source.translate(JSON.stringify([event('7', '901')]), NOW);
      expect(events.map((e) => e.records)).toEqual([[{ kind: 'contact', id: '901' }]]);
    });

    test('F13 reads every list without throwing, and accounts for each of its members', () => {
      fc.assert(
        fc.property(fc.array(fc.jsonValue(), { maxLength: 6 }), (list) => {
          const { events, malformed, ignored } = source.translate(JSON.stringify(list), NOW);
          const passedOver = Object.values(ignored).reduce((sum, n) => sum + n, 0);
          expect(events.length + malformed.length + passedOver).toBe(list.length);
        }),
      );
    });
  });
}

function isList(text: string): boolean {
  try {
    return Array.isArray(JSON.parse(text));
  } catch {
    return false;
  }
}
