/** The manifest: what the code writes and reads is declared there. */
import { expect, test } from 'vitest';
import { manifestSchema, WRITTEN_KINDS } from '../../../src/core/manifest.ts';
import { RECORD_KINDS } from '../../../src/core/record.ts';
import { EVIDENCES, STATUSES, VALUE_BANDS } from '../../../src/core/score.ts';
import { manifest } from '../../support/flow-context.ts';

const optionsOf = (name: string): string[] =>
  WRITTEN_KINDS.flatMap((kind) => manifest.properties[kind])
    .filter((p) => p.name === name)
    .flatMap((p) => Object.keys(p.options ?? {}));

test('declares every kind of record', () => {
  expect(Object.keys(manifest.objects).sort()).toEqual([...RECORD_KINDS].sort());
});

test('each value a score can take is an option of its property', () => {
  expect(optionsOf('rapport_status')).toEqual(expect.arrayContaining([...STATUSES]));
  expect(optionsOf('rapport_reach_evidence')).toEqual(expect.arrayContaining([...EVIDENCES]));
  expect(optionsOf('rapport_value_band')).toEqual(expect.arrayContaining([...VALUE_BANDS]));
});

test('F52 none of our own scores is subscribed to or read', () => {
  const ours = WRITTEN_KINDS.flatMap((kind) => manifest.properties[kind])
    .filter((p) => p.writes !== 'never')
    .map((p) => p.name);
  const read = Object.values(manifest.objects).flatMap((o) => o.reads);
  expect(ours.filter((name) => read.includes(name))).toEqual([]);
});

test('an unknown field is refused, so that a typing mistake is not silently without effect', () => {
  expect(manifestSchema.safeParse({ ...manifest, cardz: [] }).success).toBe(false);
});

test('every option has a word in both languages, and a property has one label wherever it stands', () => {
  const properties = WRITTEN_KINDS.flatMap((kind) => manifest.properties[kind]);
  const labels = new Map<string, string>();
  for (const { name, label, labelZh, options, optionsZh } of properties) {
    expect([name, Object.keys(optionsZh ?? {})]).toEqual([name, Object.keys(options ?? {})]);
    const said = JSON.stringify([label, labelZh, options, optionsZh]);
    expect([name, labels.get(name) ?? said]).toEqual([name, said]);
    labels.set(name, said);
  }
});
