/** One batch update that a single bad record cannot spoil: partial answers are read, whole refusals halved. */
import type { Client } from '@hubspot/api-client';
import { RapportError } from '../../core/errors.ts';
import type { PropertyUpdate, RefusedUpdate } from '../../ports/host.ts';

type Call = <T>(run: (client: Client) => Promise<T>) => Promise<T>;

interface PartialAnswer {
  readonly errors?: readonly {
    message: string;
    category: string;
    context?: Record<string, string[]>;
  }[];
}

/** At most 100 updates. Returns those HubSpot refused, with its reason. */
export async function writeBatch(
  plural: string,
  updates: readonly PropertyUpdate[],
  call: Call,
): Promise<RefusedUpdate[]> {
  const inputs = updates.map(({ id, values }) => ({
    id,
    properties: Object.fromEntries(
      Object.entries(values).map(([name, value]) => [name, value ?? '']),
    ),
    objectWriteTraceId: id,
  }));
  try {
    const answer = await call((c) => c.crm.objects.batchApi.update(plural, { inputs }));
    return refusals(
      updates,
      answer as PartialAnswer,
      answer.results.map((r) => r.id),
    );
  } catch (error) {
    const bad =
      error instanceof RapportError &&
      (error.code === 'host_rejected' || error.code === 'record_gone');
    if (!bad) throw error;
    if (updates.length === 1) return updates.map(({ id }) => ({ id, reason: error.message }));
    const middle = updates.length >> 1;
    return [
      ...(await writeBatch(plural, updates.slice(0, middle), call)),
      ...(await writeBatch(plural, updates.slice(middle), call)),
    ];
  }
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
