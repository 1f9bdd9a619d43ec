/** The checksum of a set of ids: page by page, in any order, and sensitive to every id. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { addToChecksum, EMPTY_CHECKSUM } from '../../../src/flows/id-checksum.ts';

const ids = fc.uniqueArray(fc.bigInt({ min: 1n, max: 10n ** 20n }).map(String), { maxLength: 40 });

test('does not depend on order or pages', () => {
  fc.assert(
    fc.property(ids, fc.nat(40), (all, cut) => {
      const whole = addToChecksum(EMPTY_CHECKSUM, all);
      const reversed = [...all].reverse();
      const paged = addToChecksum(
        addToChecksum(EMPTY_CHECKSUM, reversed.slice(0, cut)),
        reversed.slice(cut),
      );
      expect(paged).toBe(whole);
      expect(whole).toMatch(/^[0-9a-f]{16}$/);
    }),
  );
});

test('changes with one id more, fewer or different', () => {
  const sum = (...all: string[]) => addToChecksum(EMPTY_CHECKSUM, all);
  const sums = [sum('1', '2', '3'), sum('1', '2'), sum('1', '2', '4'), sum(), sum('12', '3')];
  expect(new Set(sums).size).toBe(sums.length);
});
