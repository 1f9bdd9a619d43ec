/** The shape of HubSpot's events, as far as we rely on it; unknown fields are passed over. */
import { z } from 'zod';

/** Ids are numbers that may exceed 2^53; `parseEvents` keeps them as text. */
const id = z
  .union([z.string(), z.number()])
  .transform(String)
  .pipe(z.string().regex(/^\d{1,30}$/));

export const eventSchema = z
  .object({
    subscriptionType: z.string().optional(),
    eventType: z.string().optional(),
    objectId: id.optional(),
    objectTypeId: z.string().optional(),
    occurredAt: z.coerce.number().optional().catch(undefined),
    propertyName: z.string().optional(),
    changeSource: z.string().optional(),
    primaryObjectId: id.optional(),
    mergedObjectIds: z.array(id).optional(),
    newObjectId: id.optional(),
    fromObjectId: id.optional(),
    fromObjectTypeId: z.string().optional(),
    toObjectId: id.optional(),
    toObjectTypeId: z.string().optional(),
    associationType: z.string().optional(),
  })
  .refine((e) => (e.subscriptionType ?? e.eventType) !== undefined, 'no subscriptionType');

export type HubSpotEvent = z.infer<typeof eventSchema>;

/** Parses JSON without losing digits of ids. Throws `SyntaxError`. */
export function parseExact(text: string): unknown {
  return JSON.parse(outsideStrings(text));
}

/** Quotes integers of 16 digits and more. Only text outside string literals is touched, so that customers' words stay what they are. */
function outsideStrings(text: string): string {
  if (!/\d{16}/.test(text)) return text;
  return text.replace(/"(?:\\.|[^"\\])*"|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g, (token) =>
    /^\d{16,}$/.test(token) ? `"${token}"` : token,
  );
}
