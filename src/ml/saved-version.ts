/** The version that a saved model carries, and the refusal of any other. */
import { RapportError } from '../core/errors.ts';

/** What a saved model holds besides its own fields. */
export interface Saved {
  readonly version?: number;
}

/**
 * Hands `json` back when it was saved as `kind` in this version.
 * @throws RapportError invalid_payload for anything else, null included.
 */
export function requireVersion<T extends Saved>(json: T | null, kind: string, version: number): T {
  if (json?.version === version) return json;
  throw new RapportError('invalid_payload', `this is no ${kind} of version ${version}`);
}
