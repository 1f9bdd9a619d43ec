/** One batch update that a single bad record or property cannot spoil: partial answers are read, whole refusals narrowed down. */
import type { Client } from '@hubspot/api-client';
import { RapportError } from '../../core/errors.ts';
import type { PropertyUpdate, RefusedUpdate, WriteAnswer } from '../../ports/host.ts';
import { type HeldProperty, readDefinitions } from './properties.ts';
import type { Call } from './property-options.ts';

interface PartialAnswer {
  readonly errors?: readonly {
    message: string;
    category: string;
    context?: Record<string, string[]>;
  }[];
}

/** Refused calls a batch may cost: enough to single out two bad records, few enough for HubSpot's share of errors. */
const MAX_REFUSED_CALLS = 16;

/**
 * At most 100 updates. After a refusal the definitions are read: a property that is gone, or whose
 * options were changed, is left out for all. What is refused then is narrowed down by halves.
 */
export async function writeBatch(
  plural: string,
  updates: readonly PropertyUpdate[],
  call: Call,
): Promise<WriteAnswer> {
  const first = await attempt(plural, updates, call);
  if (!(first instanceof RapportError)) return { refused: first, unusable: [] };
  const { usable, unusable } = withoutUnusable(updates, await readDefinitions(plural, call));
  const budget = { left: MAX_REFUSED_CALLS };
  const refused =
    unusable.length > 0
      ? await narrowed(plural, usable, call, budget)
      : await halved(plural, usable, call, budget, first);
  return { refused, unusable };
}

async function narrowed(
  plural: string,
  updates: readonly PropertyUpdate[],
  call: Call,
  budget: { left: number },
): Promise<readonly RefusedUpdate[]> {
  if (updates.length === 0) return [];
  const answer = await attempt(plural, updates, call);
  if (!(answer instanceof RapportError)) return answer;
  budget.left -= 1;
  return halved(plural, updates, call, budget, answer);
}

async function halved(
  plural: string,
  updates: readonly PropertyUpdate[],
  call: Call,
  budget: { left: number },
  error: RapportError,
): Promise<readonly RefusedUpdate[]> {
  if (updates.length <= 1 || budget.left <= 0)
    return updates.map(({ id }) => ({ id, reason: error.message }));
  const middle = updates.length >> 1;
  return [
    ...(await narrowed(plural, updates.slice(0, middle), call, budget)),
    ...(await narrowed(plural, updates.slice(middle), call, budget)),
  ];
}

/** The refused records of a batch that was taken, or the refusal of the whole. */
async function attempt(
  plural: string,
  updates: readonly PropertyUpdate[],
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
    const written = answer.results.map((r) => r.id);
    return refusals(updates, answer as PartialAnswer, written);
  } catch (error) {
    const bad =
      error instanceof RapportError &&
      (error.code === 'host_rejected' || error.code === 'record_gone');
    if (!bad) throw error;
    return error;
  }
}

/** The updates with only those values that the account's definitions allow; emptied ones are dropped. */
function withoutUnusable(
  updates: readonly PropertyUpdate[],
  definitions: ReadonlyMap<string, HeldProperty>,
): { usable: PropertyUpdate[]; unusable: string[] } {
  const unusable = new Set<string>();
  const usable = updates.flatMap(({ id, values }): PropertyUpdate[] => {
    const kept = Object.entries(values).filter(([name, value]) => {
      const good = fits(definitions.get(name), value);
      if (!good) unusable.add(name);
      return good;
    });
    return kept.length === 0 ? [] : [{ id, values: Object.fromEntries(kept) }];
  });
  return { usable, unusable: [...unusable].sort() };
}

function fits(definition: HeldProperty | undefined, value: string | null): boolean {
  if (definition === undefined) return false;
  if (value === null || value === '' || definition.type !== 'enumeration') return true;
  const options = new Set(definition.options?.map((o) => o.value));
  return value.split(';').every((part) => options.has(part));
}

function refusals(
  updates: readonly PropertyUpdate[],
  answer: PartialAnswer,
  written: readonly string[],
): RefusedUpdate[] {
  const done = new Set(written);
  return updates
    .filter(({ id }) => !done.has(id))
    .map(({ id }) => {
      const error = answer.errors?.find((e) =>
        Object.values(e.context ?? {})
          .flat()
          .includes(id),
      );
      return {
        id,
        reason:
          error === undefined
            ? 'not among the written records'
            : `${error.category}: ${error.message}`,
      };
    });
}
