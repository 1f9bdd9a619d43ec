/** One batch update that a single bad record or property cannot spoil: partial answers are read, whole refusals narrowed down. */
import type { Client } from '@hubspot/api-client';
import { RapportError } from '../../core/errors.ts';
import type { PropertyUpdate, RefusedUpdate, WriteAnswer } from '../../ports/host.ts';
import type { CallSize } from './call-size.ts';
import { readDefinitions } from './properties.ts';
import type { Call } from './property-options.ts';
import { errorsOf, type NamedError, namedProperties, namedRecords, refusalOf } from './refusal.ts';
import { withoutUnusable } from './usable-values.ts';

/** Refused calls after which nothing more is begun: the rest is sent another time. */
const MAX_REFUSED_CALLS = 16;

type Updates = readonly PropertyUpdate[];
type Attempt = (updates: Updates) => Promise<readonly RefusedUpdate[] | RapportError>;

/**
 * At most 100 updates, of records of one kind. After a refusal that names no record the definitions
 * are read: a property that is gone, or whose options were changed, is left out for all. What is
 * refused then is narrowed down; one bad record is singled out in at most eight calls. What was not
 * tried is `unsent`; nothing at all is tried once `size` is spent.
 */
export async function writeBatch(
  plural: string,
  updates: Updates,
  call: Call,
  size: CallSize,
): Promise<WriteAnswer> {
  const refused: RefusedUpdate[] = [];
  let refusedCalls = 0;
  let unusable: readonly string[] | undefined;
  let left = updates;
  const attempt: Attempt = async (some) => {
    const answer = await send(plural, some, call);
    if (answer instanceof RapportError) refusedCalls += 1;
    return answer;
  };
  while (left.length > 0 && refusedCalls < MAX_REFUSED_CALLS && !size.isSpent) {
    const group = left.slice(0, size.records);
    const after = left.slice(size.records);
    const answer = await attempt(group);
    if (!(answer instanceof RapportError)) {
      size.taken('batch');
      refused.push(...answer);
      left = after;
      continue;
    }
    const named = namedRecords(errorsOf(answer), idsOf(group));
    if (named.length === 0 && unusable === undefined) {
      const known = withoutUnusable(left, await readDefinitions(plural, call));
      unusable = known.unusable;
      if (unusable.length > 0) {
        left = known.usable;
        continue;
      }
    }
    size.refused('batch');
    const found =
      named.length > 0
        ? { bad: named, rest: without(group, named) }
        : await singleOut(group, answer, attempt, size);
    refused.push(...found.bad);
    left = [...found.rest, ...after];
  }
  return { refused, unsent: idsOf(left), unusable: unusable ?? [] };
}

/**
 * The bad record of a group that was refused whole, and those not judged yet. Only the first part is
 * tried: when it is taken the bad one is in the second, which is not sent whole again; when it is
 * refused nothing is known of the second.
 */
async function singleOut(
  refusedGroup: Updates,
  refusal: RapportError,
  attempt: Attempt,
  size: CallSize,
): Promise<{ bad: readonly RefusedUpdate[]; rest: Updates }> {
  const bad: RefusedUpdate[] = [];
  const rest: PropertyUpdate[] = [];
  let group = refusedGroup;
  let error = refusal;
  while (group.length > 1) {
    const [first, second] = parted(group, errorsOf(error));
    const answer = await attempt(first);
    if (answer instanceof RapportError) {
      size.refused('call');
      rest.push(...second);
      group = first;
      error = answer;
    } else {
      size.taken('call');
      bad.push(...answer);
      group = second;
    }
  }
  return { bad: [...bad, ...group.map(({ id }) => ({ id, reason: error.message }))], rest };
}

/** Halves; who carries a property that the errors name goes into the first, alone where they are few. */
function parted(group: Updates, errors: readonly NamedError[]): [Updates, Updates] {
  const names = namedProperties(errors);
  const suspect = ({ values }: PropertyUpdate) => Object.keys(values).some((n) => names.has(n));
  const suspects = group.filter(suspect);
  const ordered = [...suspects, ...group.filter((u) => !suspect(u))];
  const half = group.length >> 1;
  const cut = suspects.length === 0 ? half : Math.min(half, suspects.length);
  return [ordered.slice(0, cut), ordered.slice(cut)];
}

/** The refused records of a batch that was taken, or the refusal of the whole. */
async function send(
  plural: string,
  updates: Updates,
  call: Call,
): Promise<readonly RefusedUpdate[] | RapportError> {
  const inputs = updates.map(({ id, values }) => ({
    id,
    properties: Object.fromEntries(
      Object.entries(values).map(([name, value]) => [name, value ?? '']),
    ),
    objectWriteTraceId: id,
  }));
  try {
    const answer = await call((c: Client) => c.crm.objects.batchApi.update(plural, { inputs }));
    return unwritten(
      updates,
      answer.results.map((r) => r.id),
      (answer as { errors?: readonly NamedError[] }).errors ?? [],
    );
  } catch (error) {
    const refusal = refusalOf(error);
    if (refusal === null) throw error;
    return refusal;
  }
}

function unwritten(
  updates: Updates,
  written: readonly string[],
  errors: readonly NamedError[],
): RefusedUpdate[] {
  const done = new Set(written);
  const missing = idsOf(updates).filter((id) => !done.has(id));
  const reasons = new Map(namedRecords(errors, missing).map((r) => [r.id, r.reason]));
  return missing.map((id) => ({ id, reason: reasons.get(id) ?? 'not among the written records' }));
}

const idsOf = (updates: Updates): string[] => updates.map(({ id }) => id);

const without = (updates: Updates, named: readonly RefusedUpdate[]): Updates => {
  const ids = new Set(named.map((r) => r.id));
  return updates.filter(({ id }) => !ids.has(id));
};
