/** Which differences are worth a write: the causes, and what goes along with them. */
import { describe, expect, test } from 'vitest';
import type { ManifestProperty } from '../../../src/core/manifest.ts';
import { worthWriting } from '../../../src/flows/plan-writes.ts';

const property = (
  name: string,
  writes: ManifestProperty['writes'],
  minChange?: number,
): ManifestProperty => ({
  name,
  writes,
  label: name,
  labelZh: name,
  type: 'string',
  fieldType: 'text',
  description: name,
  ...(minChange === undefined ? {} : { minChange }),
});
const properties = [
  property('rapport_band', 'on_change'),
  property('rapport_prob', 'on_change', 0.05),
  property('rapport_at', 'with_others'),
  property('rapport_flag', 'never'),
];
const old = { rapport_band: 'top', rapport_prob: '0.30', rapport_at: 'monday', rapport_flag: 'no' };

type Wanted = Record<string, string | null>;
const changed = (wanted: Wanted, stale = false, held: Record<string, string> = old) =>
  worthWriting(properties, held, { ...held, ...wanted }, stale);

describe('F11 I3 a write is a difference that matters', () => {
  test.each<[string, Wanted, string[] | null]>([
    ['nothing changed', {}, null],
    ['a band changed', { rapport_band: 'high' }, ['rapport_band']],
    ['a number moved too little', { rapport_prob: '0.34' }, null],
    ['a number moved just enough', { rapport_prob: '0.35' }, ['rapport_prob']],
    ['a number moved down just enough', { rapport_prob: '0.25' }, ['rapport_prob']],
    ['a time alone changed', { rapport_at: 'tuesday' }, null],
    ["a person's own property changed", { rapport_flag: 'yes' }, null],
    [
      'a cause takes the others along, but never what is a person’s',
      { rapport_band: 'low', rapport_prob: '0.31', rapport_at: 'tuesday', rapport_flag: 'yes' },
      ['rapport_at', 'rapport_band', 'rapport_prob'],
    ],
    ['a value becomes unknown', { rapport_prob: null }, ['rapport_prob']],
    ['unknown stays unknown', { rapport_new: null }, null],
  ])('%s', (_name, wanted, expected) => {
    const changes = changed(wanted);
    expect(changes === null ? null : Object.keys(changes).sort()).toEqual(expected);
  });

  test('a first value is a cause however small, and says there was none before', () => {
    expect(worthWriting(properties, {}, { rapport_prob: '0.01' }, false)).toEqual({
      rapport_prob: { old: null, new: '0.01' },
    });
  });

  test('age brings small changes along, but never an empty write', () => {
    expect(changed({ rapport_prob: '0.31' }, true)).toEqual({
      rapport_prob: { old: '0.30', new: '0.31' },
    });
    expect(changed({}, true)).toBeNull();
  });

  test('what was written is not worth writing again', () => {
    const wanted = { rapport_band: 'low', rapport_prob: null, rapport_at: 'tuesday' };
    const changes = changed(wanted) ?? {};
    const now = Object.fromEntries(
      Object.entries({ ...old, ...wanted }).map(([k, v]) => [k, v ?? '']),
    );
    expect(Object.keys(changes)).toHaveLength(3);
    expect(worthWriting(properties, now, { ...old, ...wanted }, true)).toBeNull();
  });
});
