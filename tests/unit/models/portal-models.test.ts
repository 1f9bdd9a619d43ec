import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CHANNELS, DEFAULT_REACH_RULES, type ReachRules } from '../../../src/core/channel.ts';
import type { Contact } from '../../../src/core/record.ts';
import { VALUE_BANDS } from '../../../src/core/score.ts';
import type { ContactFacts } from '../../../src/features/facts.ts';
import { scoreContact } from '../../../src/models/contact-score.ts';
import { parseModels, RECIPE, serializeModels } from '../../../src/models/portal-models.ts';
import { SEGMENT_WORDS } from '../../../src/models/segment-names.ts';
import { trainPortalModels } from '../../../src/models/train-portal.ts';
import { AS_OF, person, SIMULATED, simulatePortal } from './simulated-portal.ts';

const { facts: contacts } = simulatePortal(400, 3);
const input = {
  contacts,
  tickets: [],
  feedback: [],
  rules: DEFAULT_REACH_RULES,
  asOf: AS_OF,
  seed: 1,
};
const models = trainPortalModels(input);
const RULES: ReachRules = { ...DEFAULT_REACH_RULES, touchesPerWeek: 50 };
const empty = (contact: Contact): ContactFacts => ({
  contact,
  interactions: [],
  deals: [],
  lineItems: [],
  tickets: [],
  feedback: [],
});
const score = (facts: ContactFacts, rules = RULES) =>
  scoreContact(models, facts, rules, AS_OF, AS_OF);

describe('training', () => {
  it('gives the same bytes again and leaves its input alone', () => {
    const before = JSON.stringify(contacts);
    expect(serializeModels(trainPortalModels(input))).toBe(serializeModels(models));
    expect(JSON.stringify(contacts)).toBe(before);
    expect(models.version).toMatch(
      /^reach-2\.seg-2\.value-2\.churn-1\.deal-2\.text-4\+[0-9a-f]{8}$/,
    );
  });

  it('survives an empty portal and says that it has no data', () => {
    const none = trainPortalModels({ ...input, contacts: [] });
    expect(scoreContact(none, empty(person()), RULES, AS_OF, AS_OF)).toMatchObject({
      status: 'no_data',
      segment: null,
      value: null,
      risk: null,
      reach: null,
    });
  });
});

describe('stored models', () => {
  it('come back with the same answers', () => {
    const copy = parseModels(serializeModels(models));
    for (const facts of contacts.slice(0, 50)) {
      expect(scoreContact(copy, facts, RULES, AS_OF, AS_OF)).toEqual(score(facts));
    }
  });

  it('F73 of another format are refused: their parts may mean something else', () => {
    const old = serializeModels(models).replace(RECIPE, 'portal-models/1');
    expect(() => parseModels(old)).toThrow(/stored models/);
  });

  it('F73 are refused when cut anywhere or changed', () => {
    const text = serializeModels(models);
    const cuts = [1, 20, 60, text.length >> 1, text.length - 9, text.length - 1];
    const changed = text.replace('seg_01', 'seg_02');
    for (const broken of ['', '{}', 'null', changed, ...cuts.map((at) => text.slice(0, at))]) {
      expect(() => parseModels(broken)).toThrow(/stored models/);
    }
  });
});

describe('a contact’s score', () => {
  it('always has a segment, a value band and a channel, even without any history', () => {
    for (const facts of [...contacts, empty(person())]) {
      const { segment, value, reach } = score(facts);
      for (const word of segment?.code.split('+') ?? [''])
        expect([...SEGMENT_WORDS, 'outlier']).toContain(word);
      expect(segment?.id).toMatch(/^(seg_0\d|outlier)$/);
      expect(VALUE_BANDS).toContain(value?.band);
      expect(value?.low).toBeLessThanOrEqual(value?.expected12m ?? -1);
      expect(value?.high).toBeGreaterThanOrEqual(value?.expected12m ?? Infinity);
      expect(reach?.ranked.length).toBeGreaterThan(0);
      expect(reach?.nextContactAt).not.toBeNull();
    }
    expect(score(empty(person())).status).toBe('learning');
  });

  it('explains the value to the cent', () => {
    for (const facts of contacts) {
      const { value } = score(facts);
      const sum = value?.reasons.reduce((s, r) => s + r.effect, value.base) ?? 0;
      expect(sum).toBeCloseTo(value?.expected12m ?? -1, 8);
    }
  });

  it('is absent for those left out', () => {
    const out = empty({ ...person(), doNotScore: true });
    expect(score(out)).toMatchObject({
      status: 'excluded',
      segment: null,
      value: null,
      risk: null,
      reach: null,
    });
  });
});

describe('what is allowed', () => {
  it('never ranks a channel against consent, opt-out, address or touch cap', () => {
    const consent = fc.constantFrom('granted' as const, 'denied' as const, 'unknown' as const);
    const drawn = fc.record({
      who: fc.integer({ min: 0, max: contacts.length - 1 }),
      consent: fc.dictionary(fc.constantFrom(...CHANNELS), consent),
      explicit: fc.subarray([...CHANNELS]),
      emailOptOut: fc.boolean(),
      email: fc.constantFrom('a@b.example', '', null),
      phone: fc.constantFrom('+1', null),
      cap: fc.constantFrom(0, 1, 50),
      days: fc.subarray([1, 2, 3, 4, 5, 6, 7]),
      fromHour: fc.integer({ min: 0, max: 23 }),
    });
    fc.assert(
      fc.property(drawn, (d) => {
        const facts = contacts[d.who] ?? empty(person());
        const contact = {
          ...facts.contact,
          consent: d.consent,
          emailOptOut: d.emailOptOut,
          email: d.email,
          phone: d.phone,
        };
        const rules = {
          ...RULES,
          explicitConsent: d.explicit,
          touchesPerWeek: d.cap,
          businessDays: d.days,
          businessHours: { fromHour: d.fromHour, toHour: 20 },
        };
        const { reach, status } = score({ ...facts, contact }, rules);
        for (const { channel } of reach?.ranked ?? []) {
          expect(d.consent[channel]).not.toBe('denied');
          if (d.explicit.includes(channel)) expect(d.consent[channel]).toBe('granted');
          if (channel === 'email') expect([d.emailOptOut, d.email]).toEqual([false, 'a@b.example']);
          if (['phone', 'sms', 'whatsapp'].includes(channel)) expect(d.phone).toBe('+1');
          expect(reach?.touches7d).toBeLessThan(d.cap);
        }
        const all = [...(reach?.ranked ?? []), ...(reach?.blocked ?? [])].map((c) => c.channel);
        expect(new Set(all).size).toBe(all.length);
        if (reach?.ranked.length === 0) expect(reach.nextContactAt).toBeNull();
        if (status === 'consent_blocked') expect(reach?.ranked).toEqual([]);
        if (reach?.nextContactAt) {
          const start = new Date(reach.nextContactAt);
          expect(d.days).toContain(start.getUTCDay() === 0 ? 7 : start.getUTCDay());
          expect(start.getUTCHours()).toBeGreaterThanOrEqual(d.fromHour);
          expect(start.getTime()).toBeGreaterThan(AS_OF.getTime());
        }
      }),
      { numRuns: 400 },
    );
  });

  it('shows the first rule that blocks', () => {
    const blocked = (contact: Partial<Contact>, rules = RULES) =>
      Object.fromEntries(
        score(empty({ ...person(), ...contact }), rules).reach?.blocked.map((b) => [
          b.channel,
          b.code,
        ]) ?? [],
      );
    expect(blocked({ consent: { phone: 'denied' }, phone: null })).toEqual({
      phone: 'consent_denied',
      sms: 'consent_missing',
      whatsapp: 'consent_missing',
    });
    expect(blocked({ emailOptOut: true })).toEqual({ email: 'consent_denied' });
    expect(blocked({ email: null })).toEqual({ email: 'no_address' });
    expect(Object.values(blocked({}, { ...RULES, touchesPerWeek: 0 }))).toEqual(
      SIMULATED.map(() => 'touch_cap'),
    );
  });
});
