/** What an admin may set: the bounds, the merge, and who may do it. */
import { describe, expect, test } from 'vitest';
import { applySettings, checkSettings, mayChangeSettings } from '../../../src/core/settings.ts';
import { DEFAULT_SETTINGS } from '../../../src/core/tenant.ts';

const problemsOf = (value: unknown): string[] => {
  const checked = checkSettings(value);
  return checked.ok ? [] : checked.problems.map(({ path, code }) => `${path} ${code}`);
};

describe('a change', () => {
  test.each([
    [{ holdout: { share: 0.6 } }, 'holdout.share too_big'],
    [{ reach: { explorationShare: 0.2 } }, 'reach.explorationShare too_big'],
    [{ reach: { businessHours: { fromHour: 18, toHour: 9 } } }, 'reach.businessHours hours_order'],
    [{ reach: { quietHours: { fromHour: 25, toHour: 8 } } }, 'reach.quietHours.fromHour too_big'],
    [{ reach: { holidays: ['2026-02-30'] } }, 'reach.holidays.0 invalid_format'],
    [{ reach: { defaultTimeZone: 'Mars/Base' } }, 'reach.defaultTimeZone time_zone'],
    [{ reach: { touchesPerWeek: 0 } }, 'reach.touchesPerWeek too_small'],
    [{ demographics: ['religion'] }, 'demographics.0 invalid_value'],
    [{ access: { editors: [] } }, 'access.editors too_small'],
    [{ models: { freeze: null } }, 'models unrecognized_keys'],
    [{ tenantId: 'other' }, ' unrecognized_keys'],
    [[], ' invalid_type'],
  ])('%j is refused as %s', (value, problem) => {
    expect(problemsOf(value)).toContain(problem);
  });

  test('names every field that cannot be taken, and takes none', () => {
    expect(problemsOf({ holdout: { share: -1 }, churn: { days: 1 } })).toHaveLength(2);
  });

  test('replaces what it names and nothing else', () => {
    const checked = checkSettings({
      reach: { touchesPerWeek: 2 },
      service: { due: [] },
      models: { autoFreeze: false },
    });
    if (!checked.ok) throw new Error('refused');
    const after = applySettings(DEFAULT_SETTINGS, checked.change);
    expect(after).toEqual({
      ...DEFAULT_SETTINGS,
      reach: { ...DEFAULT_SETTINGS.reach, touchesPerWeek: 2 },
      service: { ...DEFAULT_SETTINGS.service, due: [] },
      models: { ...DEFAULT_SETTINGS.models, autoFreeze: false },
    });
  });

  test('every default may be set again', () => {
    const { models, access: _, ...rest } = DEFAULT_SETTINGS;
    const { freeze: __, ...modelSettings } = models;
    expect(problemsOf({ ...rest, models: modelSettings })).toEqual([]);
  });
});

test('people are known by user id or by address, whatever its case', () => {
  const settings = { ...DEFAULT_SETTINGS, access: { editors: ['ana@example.test', '9'] } };
  const may = (userId: string | null, userEmail: string | null) =>
    mayChangeSettings(settings, { userId, userEmail });
  expect(may('7', 'Ana@Example.test')).toBe(true);
  expect(may('9', null)).toBe(true);
  expect(may('7', 'ben@example.test')).toBe(false);
  expect(may(null, null)).toBe(false);
  expect(mayChangeSettings(DEFAULT_SETTINGS, { userId: '', userEmail: '' })).toBe(false);
});
