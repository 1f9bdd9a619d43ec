/** What every vault must do: give a secret back only whole, under its own context and a key that is still known. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Vault } from '../../src/ports/vault.ts';

export interface VaultMaker {
  /** The first key seals, all open. */
  create(keys: readonly string[]): Vault;
  newKey(): string;
}

export function vaultContract({ create, newKey }: VaultMaker): void {
  const refused = expect.objectContaining({ code: 'config_invalid' });
  const failure = (work: () => unknown): unknown => {
    try {
      work();
    } catch (error) {
      return error;
    }
    return undefined;
  };

  test('F63 gives back what was sealed, and shows none of it', () => {
    const vault = create([newKey()]);
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.string(), (plain, context) => {
        const sealed = vault.seal(plain, context);
        expect(vault.open(sealed, context)).toBe(plain);
        if (plain.length >= 6) expect(sealed).not.toContain(plain);
      }),
    );
    expect(vault.seal('same', 'c')).not.toBe(vault.seal('same', 'c'));
  });

  test('F63 a secret moved to another row does not open', () => {
    const vault = create([newKey()]);
    const sealed = vault.seal('token', 'hubspot:1/access_token');
    for (const context of ['hubspot:2/access_token', 'hubspot:1/refresh_token', ''])
      expect(failure(() => vault.open(sealed, context))).toEqual(refused);
  });

  test('F63 an altered or shortened secret does not open, and says so', () => {
    const vault = create([newKey()]);
    const sealed = vault.seal('a token of some length', 'c');
    for (let i = 0; i < sealed.length; i++) {
      const other = sealed[i] === 'A' ? 'B' : 'A';
      const altered = sealed.slice(0, i) + other + sealed.slice(i + 1);
      // The last character of base64 may carry spare bits that mean nothing.
      if (i < sealed.length - 1) expect(failure(() => vault.open(altered, 'c'))).toEqual(refused);
      expect(failure(() => vault.open(sealed.slice(0, i), 'c'))).toEqual(refused);
    }
  });

  test('F63 rotation: a new key seals, the former still opens until it is taken away', () => {
    const [former, present] = [newKey(), newKey()];
    const sealed = create([former]).seal('token', 'c');
    const rotated = create([present, former]);
    expect(rotated.open(sealed, 'c')).toBe('token');
    const renewed = rotated.seal('token', 'c');
    expect(create([present]).open(renewed, 'c')).toBe('token');
    expect(failure(() => create([present]).open(sealed, 'c'))).toEqual(refused);
  });

  test('no key, or one of another length, is refused at once', () => {
    expect(failure(() => create([]))).toEqual(refused);
    expect(failure(() => create([Buffer.alloc(16).toString('base64')]))).toEqual(refused);
    expect(failure(() => create([newKey(), 'secret']))).toEqual(refused);
  });
}
