/** Input of outside form, checked against its schema. */
import type { z } from 'zod';
import { RapportError } from './errors.ts';

/** @throws RapportError invalid_payload naming the first field that does not fit. */
export function parsePayload<S extends z.ZodType>(schema: S, value: unknown): z.output<S> {
  const parsed = schema.safeParse(value ?? {});
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new RapportError('invalid_payload', `${issue?.path.join('.')}: ${issue?.message}`);
}
