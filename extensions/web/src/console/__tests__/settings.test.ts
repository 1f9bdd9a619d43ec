/** The settings form: what it sends is what changed, and it stops what the server would refuse. */
import { describe, expect, it } from 'vitest';
import { checkSettings } from '../../../../../src/core/settings.ts';
import { DEFAULT_SETTINGS } from '../../../../../src/core/tenant.ts';
import { changeOf, type Draft, draftOf, LIMITS, NUMBER_FIELDS, problemsOf } from '../settings.ts';

const draft = draftOf(DEFAULT_SETTINGS);
const changed = (over: Partial<Draft>) => changeOf(DEFAULT_SETTINGS, { ...draft, ...over });

describe('the form', () => {
  it('sends nothing while nothing differs', () => {
    expect(changed({})).toEqual({});
    expect(problemsOf(draft)).toEqual({});
  });

  it('sends only what differs, in the server’s units', () => {
    expect(changed({ holdoutPercent: 12.5 })).toEqual({ holdout: { share: 0.125 } });
    expect(changed({ quietFrom: 21 })).toEqual({
      reach: { quietHours: { fromHour: 21, toHour: 8 } },
    });
    expect(changed({ businessDays: ['5', '1'], demographics: ['age'] })).toEqual({
      reach: { businessDays: [1, 5] },
      demographics: ['age'],
    });
  });

  it.each(NUMBER_FIELDS)('%s: its limits are the server’s', (field) => {
    const [least, most] = LIMITS[field];
    for (const value of [least, most]) {
      const over = { ...draft, [field]: value };
      if (Object.keys(problemsOf(over)).length > 0) continue;
      expect(checkSettings(changeOf(DEFAULT_SETTINGS, over))).toMatchObject({ ok: true });
    }
    const outside = { ...draft, [field]: most + 1 };
    expect(problemsOf(outside)).toHaveProperty(field);
    expect(checkSettings(changeOf(DEFAULT_SETTINGS, outside))).toMatchObject({ ok: false });
    expect(problemsOf({ ...draft, [field]: '' })).toHaveProperty(field);
  });

  it('names hours that end before they begin, and a week without a day', () => {
    expect(problemsOf({ ...draft, openFrom: 19, openTo: 8 })).toEqual({ openTo: 'order' });
    expect(problemsOf({ ...draft, businessDays: [] })).toEqual({ businessDays: 'days' });
  });
});
