/** The command line's words for settings: each field by its path, values as people write them. */
import { describe, expect, it } from 'vitest';
import { changeOf, fieldsOf, printSettings } from '../../../src/app/settings-command.ts';
import { checkSettings } from '../../../src/core/settings.ts';
import { DEFAULT_SETTINGS } from '../../../src/core/tenant.ts';

const change = (path: string, text: string) => changeOf(DEFAULT_SETTINGS, path, text);

describe('a value as it is typed', () => {
  it.each([
    ['holdout.share', '20%', { holdout: { share: 0.2 } }],
    ['reach.explorationShare', '0.05', { reach: { explorationShare: 0.05 } }],
    ['reach.touchesPerWeek', '3', { reach: { touchesPerWeek: 3 } }],
    ['reach.quietHours', '21-7', { reach: { quietHours: { fromHour: 21, toHour: 7 } } }],
    ['reach.businessDays', '1, 2,3', { reach: { businessDays: [1, 2, 3] } }],
    ['reach.holidays', '2026-12-25', { reach: { holidays: ['2026-12-25'] } }],
    [
      'reach.consentProperties',
      '{"sms":"sms_ok"}',
      { reach: { consentProperties: { sms: 'sms_ok' } } },
    ],
    ['churn.days', '120', { churn: { days: 120 } }],
    ['demographics', 'age,location', { demographics: ['age', 'location'] }],
    ['demographics', 'none', { demographics: [] }],
    ['properties.optional', 'true', { properties: { optional: true } }],
  ])('%s %s', (path, text, expected) => {
    expect(change(path, text)).toEqual(expected);
    expect(checkSettings(change(path, text))).toMatchObject({ ok: true });
  });

  it.each([
    ['holdout.share', '70%'],
    ['reach.touchesPerWeek', 'many'],
    ['reach.businessHours', '19-8'],
    ['reach.explorationShare', '20%'],
    ['demographics', 'religion'],
    ['properties.optional', 'perhaps'],
  ])('%s %s is refused by the rules, not guessed', (path, text) => {
    expect(checkSettings(change(path, text))).toMatchObject({ ok: false });
  });

  it('an unknown field names those there are', () => {
    expect(() => change('reach.colour', '1')).toThrow(/reach\.touchesPerWeek/);
    expect(() => change('reach.businessHours', 'all day')).toThrow(/8-19/);
  });
});

it('every field that is listed can be set back to what it is', () => {
  for (const [path, value] of fieldsOf(DEFAULT_SETTINGS)) {
    if (path === 'access.editors') continue;
    const text = typeof value === 'object' ? JSON.stringify(value) : String(value);
    expect(checkSettings(change(path, text)), path).toMatchObject({ ok: true });
  }
});

it('the list shows each value in words, and who changed what', () => {
  const text = printSettings({
    tenant: 'sandbox:1',
    settings: DEFAULT_SETTINGS,
    audit: [
      {
        at: new Date('2026-03-01T09:00:00Z'),
        actor: 'console',
        action: 'settings.holdout',
        detail: { before: { share: 0.1 }, after: { share: 0.2 } },
      },
    ],
  });
  expect(text).toMatch(/reach\.businessHours\s+8-19/);
  expect(text).toMatch(/demographics\s+none/);
  expect(text).toMatch(/feedback\.topics\s+billing, refund/);
  expect(text).toContain('2026-03-01T09:00:00.000Z  console  settings.holdout');
  expect(text).not.toContain('[object');
});
