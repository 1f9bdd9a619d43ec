/** The JSON of a signed request, whose body arrives unparsed because the signature covers its bytes. */
import { RapportError } from '../core/errors.ts';

/** An absent body is `null`. Throws `invalid_payload` for what is not JSON. */
export function signedJson(body: unknown): unknown {
  if (!Buffer.isBuffer(body) || body.byteLength === 0) return null;
  try {
    return JSON.parse(body.toString('utf8'));
  } catch (cause) {
    throw new RapportError('invalid_payload', 'The body is not JSON.', { cause });
  }
}
