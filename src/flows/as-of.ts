/** The moment that scores look back from. */
import { DateTime } from 'luxon';

/**
 * Features look back from the end of the UTC day, so that a score depends on the day and the data,
 * not on the minute it was computed.
 */
export const asOf = (now: Date): Date =>
  DateTime.fromJSDate(now, { zone: 'utc' }).endOf('day').toJSDate();
