/** The generated portal: deterministic, in the past, consistent, of the stated shape, in bounded memory. */
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { describe, expect, it } from 'vitest';
import {
  DEMO_PORTAL,
  DEMO_PROPERTIES,
  generatePortal,
} from '../../../../../src/hosts/sandbox/demo-data/generate.ts';
import { generateAll, NOW, ofType, sample, share, touchesByContact } from './portal-sample.ts';

const DATE_PROPERTY = /date$|_date$|timestamp$|_time$/;
const MONTH = 30.5 * 86_400_000;

describe('generatePortal', () => {
  it('gives the same bytes for the same seed and others for another', () => {
    const bytes = JSON.stringify(generateAll(300, 3), (key, value: unknown) =>
      key === 'seconds' ? 0 : value,
    );
    const again = JSON.stringify(generateAll(300, 3), (key, value: unknown) =>
      key === 'seconds' ? 0 : value,
    );
    expect(again === bytes).toBe(true);
    expect(
      JSON.stringify(generateAll(300, 4).objects) === JSON.stringify(generateAll(300, 3).objects),
    ).toBe(false);
  });

  it('begins a larger portal with the contacts of a smaller one', () => {
    const small = generateAll(200, 5).objects;
    const large = generateAll(600, 5).objects.slice(0, small.length);
    expect(large).toEqual(small);
  });

  it('writes 2,000 contacts in under five seconds', () => {
    expect(sample().seconds).toBeLessThan(5);
    expect(ofType('contacts')).toHaveLength(2000);
  });

  it('knows no moment after now', () => {
    const late: string[] = [];
    for (const object of sample().objects) {
      const { createdAt, updatedAt, properties } = object;
      const dates = Object.keys(properties).filter((name) => DATE_PROPERTY.test(name));
      for (const at of [createdAt, updatedAt, ...dates.map((name) => properties[name]!)]) {
        const ms = Date.parse(at);
        if (!(ms <= NOW.getTime())) late.push(`${object.objectType}/${object.id} ${at}`);
      }
      if (createdAt > updatedAt) late.push(`${object.objectType}/${object.id} updated before`);
    }
    expect(late).toEqual([]);
  });

  it('gives every object an id of its own and links only objects of the same batch or earlier', () => {
    const seen = new Set<string>();
    for (const batch of generatePortal({ contacts: 900, seed: 2, now: NOW })) {
      for (const { objectType, id } of batch.objects) {
        expect(seen.has(`${objectType}/${id}`)).toBe(false);
        seen.add(`${objectType}/${id}`);
      }
      const pairs = new Set<string>();
      for (const { fromType, fromId, toType, toId } of batch.associations) {
        const pair = `${fromType}/${fromId} ${toType}/${toId}`;
        if (
          !seen.has(`${fromType}/${fromId}`) ||
          !seen.has(`${toType}/${toId}`) ||
          pairs.has(pair)
        ) {
          expect.fail(`bad link ${pair}`);
        }
        pairs.add(pair);
      }
      for (const { objectType, id } of batch.truths)
        expect(seen.has(`${objectType}/${id}`)).toBe(true);
    }
  });

  it('touches contacts log-normally: median about 8, at most 60, over 18 months, some never', () => {
    const touches = touchesByContact();
    const counts = [...touches.values()].map((list) => list.length).sort((a, b) => a - b);
    const median = counts[counts.length >> 1]!;
    expect(median).toBeGreaterThanOrEqual(7);
    expect(median).toBeLessThanOrEqual(9);
    expect(counts.at(-1)).toBeLessThanOrEqual(60);
    expect(counts.at(-1)).toBeGreaterThan(40);
    expect(1 - touches.size / 2000).toBeCloseTo(0.05, 1);
    const times = [...touches.values()]
      .flat()
      .map((o) => Date.parse(o.properties['hs_timestamp']!));
    expect(Math.min(...times.map((t) => (t - NOW.getTime()) / MONTH))).toBeGreaterThan(-18.1);
  });

  it('keeps the stated shares of languages, tickets, surveys and refusals', () => {
    const contacts = ofType('contacts');
    expect(
      Math.abs(share(contacts, (c) => c.properties['hs_language'] === 'en') - 0.7),
    ).toBeLessThan(0.04);
    const withTicket = new Set(
      sample()
        .associations.filter((a) => a.fromType === 'tickets' && a.toType === 'contacts')
        .map((a) => a.toId),
    );
    expect(Math.abs(withTicket.size / 2000 - 0.15)).toBeLessThan(0.03);
    expect(Math.abs(ofType('feedback_submissions').length / 2000 - 0.25)).toBeLessThan(0.03);
    for (const [name, value] of [
      ['hs_email_optout', 'true'],
      ['phone_consent', 'denied'],
      ['sms_consent', 'denied'],
      ['whatsapp_consent', 'denied'],
    ] as const) {
      const refused = share(contacts, (c) => c.properties[name] === value);
      expect(refused, name).toBeGreaterThan(0.04);
      expect(refused, name).toBeLessThan(0.09);
    }
  });

  it('has the odd cases', () => {
    const contacts = ofType('contacts').map(({ properties }) => properties);
    const has = (holds: (p: Readonly<Record<string, string>>) => boolean) => contacts.some(holds);
    expect(has((p) => p['email'] === undefined)).toBe(true);
    expect(has((p) => p['phone'] === undefined && p['mobilephone'] === undefined)).toBe(true);
    expect(has((p) => p['hs_timezone'] === undefined)).toBe(true);
    expect(has((p) => /\p{Extended_Pictographic}/u.test(p['firstname']!))).toBe(true);
    expect(has((p) => p['lastname']!.length > 30)).toBe(true);
    expect(has((p) => /\p{Script=Han}/u.test(p['lastname']!))).toBe(true);
    expect(
      has(
        (p) =>
          p['hs_email_optout'] === 'true' &&
          ['phone_consent', 'sms_consent', 'whatsapp_consent'].every((c) => p[c] === 'denied'),
      ),
    ).toBe(true);
    const people = contacts.map(
      (p) => `${p['firstname']} ${p['lastname']} ${p['company']} ${p['phone']}`,
    );
    expect(new Set(people).size).toBeLessThan(people.length);
  });

  it('fills defined properties only, enumerations with defined options', () => {
    const strange = new Set<string>();
    for (const { objectType, properties } of sample().objects) {
      for (const [name, value] of Object.entries(properties)) {
        const definition = DEMO_PROPERTIES[objectType].find((p) => p.name === name);
        if (definition === undefined) strange.add(`${objectType}.${name}`);
        else if (definition.options && !definition.options.some((o) => o.value === value)) {
          strange.add(`${objectType}.${name}=${value}`);
        }
      }
    }
    expect([...strange]).toEqual([]);
  });

  it('adds deals up from catalogue lines', () => {
    expect(DEMO_PORTAL.products).toHaveLength(40);
    expect(DEMO_PORTAL.owners).toHaveLength(5);
    const skus = new Set(DEMO_PORTAL.products.map(({ sku }) => sku));
    expect(skus.size).toBe(40);
    const sums = new Map<string, number>();
    const lines = new Map(ofType('line_items').map((line) => [line.id, line.properties]));
    for (const { fromType, fromId, toId } of sample().associations) {
      if (fromType !== 'line_items') continue;
      const line = lines.get(fromId)!;
      expect(skus.has(line['hs_sku']!)).toBe(true);
      sums.set(toId, (sums.get(toId) ?? 0) + Number(line['quantity']) * Number(line['price']));
    }
    for (const { id, properties } of ofType('deals')) {
      expect(Math.abs(Number(properties['amount']) - sums.get(id)!)).toBeLessThan(0.05);
    }
  });

  it('holds no more memory after many batches than after a few', () => {
    setFlagsFromString('--expose-gc');
    const gc = runInNewContext('gc') as () => void;
    const live = (): number => {
      gc();
      return process.memoryUsage().heapUsed / 1e6;
    };
    let early = 0;
    let batches = 0;
    for (const _ of generatePortal({ contacts: 20_000, seed: 1, now: NOW })) {
      batches++;
      if (batches === 5) early = live();
      if (batches === 30) break;
    }
    expect(live() - early).toBeLessThan(10);
  });
});
