/** The vault port: AES-256-GCM with the tenant and column as associated data, and named keys for rotation. */
import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto';
import { RapportError } from '../core/errors.ts';
import type { Vault } from '../ports/vault.ts';

const IV_BYTES = 12;
const TAG_BYTES = 16;
const KEY_BYTES = 32;

/**
 * `keys` are base64 of 32 bytes; the first seals, all open. Throws `config_invalid` for a key of
 * another length. A sealed text is `v1.<key id>.<base64url of iv, tag and ciphertext>`.
 */
export function createVault(keys: readonly string[]): Vault {
  const ring = new Map(keys.map((key) => [keyId(key), decodeKey(key)] as const));
  const [current] = ring.keys();
  if (current === undefined)
    throw new RapportError(
      'config_invalid',
      'Set RAPPORT_ENCRYPTION_KEYS: at least one key is needed.',
    );
  return {
    seal(plain, context) {
      const iv = randomBytes(IV_BYTES);
      const cipher = createCipheriv('aes-256-gcm', keyOf(ring, current), iv).setAAD(
        Buffer.from(context),
      );
      const text = Buffer.concat([cipher.update(plain, 'utf8'), cipher.final()]);
      return `v1.${current}.${Buffer.concat([iv, cipher.getAuthTag(), text]).toString('base64url')}`;
    },
    open(sealed, context) {
      const [version, id, body] = sealed.split('.');
      if (version !== 'v1' || id === undefined || body === undefined)
        throw new RapportError('config_invalid', 'A stored secret is not in a known form.');
      const bytes = Buffer.from(body, 'base64url');
      const key = keyOf(ring, id);
      try {
        // The tag's length is fixed, or a cut text could be forged against a short tag.
        const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, IV_BYTES), {
          authTagLength: TAG_BYTES,
        })
          .setAAD(Buffer.from(context))
          .setAuthTag(bytes.subarray(IV_BYTES, IV_BYTES + TAG_BYTES));
        return (
          decipher.update(bytes.subarray(IV_BYTES + TAG_BYTES), undefined, 'utf8') +
          decipher.final('utf8')
        );
      } catch (cause) {
        throw new RapportError(
          'config_invalid',
          'A stored secret was moved or altered; reconnect the account.',
          { cause },
        );
      }
    },
  };
}

/** A new random key in the form the configuration takes. */
export const generateKey = (): string => randomBytes(32).toString('base64');

const keyId = (key: string): string => createHash('sha256').update(key).digest('hex').slice(0, 8);

/** Whether the text is 32 bytes in base64. */
export const isKey = (key: string): boolean => Buffer.from(key, 'base64').length === KEY_BYTES;

function decodeKey(key: string): Buffer {
  if (!isKey(key))
    throw new RapportError(
      'config_invalid',
      'Each of RAPPORT_ENCRYPTION_KEYS must be 32 bytes in base64; make one with: openssl rand -base64 32',
    );
  return Buffer.from(key, 'base64');
}

function keyOf(ring: ReadonlyMap<string, Buffer>, id: string): Buffer {
  const key = ring.get(id);
  if (key === undefined)
    throw new RapportError(
      'config_invalid',
      `A stored secret needs key ${id}; add it back to RAPPORT_ENCRYPTION_KEYS.`,
    );
  return key;
}
