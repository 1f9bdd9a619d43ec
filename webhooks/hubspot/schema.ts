/** The shape of HubSpot's events, as far as we rely on it; unknown fields are passed over. */
import { z } from 'zod';

/** Ids are numbers that may exceed 2^53; `parseExact` keeps them as text. */
const id = z
  .union([z.string(), z.number()])
  .transform(String)
  .pipe(z.string().regex(/^\d{1,30}$/));

/** Absent and `null` are one and the same: the event still says "look again". */
const maybe = <T extends z.ZodType>(type: T) =>
  type.nullish().transform((value) => value ?? undefined);

export const eventSchema = z
  .object({
    subscriptionType: maybe(z.string()),
    eventType: maybe(z.string()),
    objectId: maybe(id),
    objectTypeId: maybe(z.string()),
    occurredAt: z.coerce.number().optional().catch(undefined),
    propertyName: maybe(z.string()),
    changeSource: maybe(z.string()),
    primaryObjectId: maybe(id),
    mergedObjectIds: maybe(z.array(id)),
    newObjectId: maybe(id),
    fromObjectId: maybe(id),
    fromObjectTypeId: maybe(z.string()),
    toObjectId: maybe(id),
    toObjectTypeId: maybe(z.string()),
    associationType: maybe(z.string()),
  })
  .refine((e) => (e.subscriptionType ?? e.eventType) !== undefined, 'no subscriptionType');

export type HubSpotEvent = z.infer<typeof eventSchema>;
