/** The options of an enumeration: what the account has stays, what is missing is put behind it. */
import type { Client } from '@hubspot/api-client';
import { RapportError } from '../../core/errors.ts';
import type { RecordKind } from '../../core/record.ts';
import type { PropertyOption } from '../../ports/host.ts';
import { OBJECT_TYPES } from './object-types.ts';

export type Call = <T>(run: (client: Client) => Promise<T>) => Promise<T>;

export interface HeldOption extends PropertyOption {
  readonly hidden: boolean;
  readonly displayOrder?: number;
  readonly description?: string;
}

/** See `HostSession.ensureOptions`. */
export async function ensureOptions(
  kind: RecordKind,
  name: string,
  options: readonly PropertyOption[],
  call: Call,
): Promise<number> {
  const { plural } = OBJECT_TYPES[kind];
  const held = await call((c) => c.crm.properties.coreApi.getByName(plural, name)).catch(
    (error: unknown) => {
      if (error instanceof RapportError && error.code === 'record_gone') return null;
      throw error;
    },
  );
  if (held === null) return 0;
  const after = joined(held.options, options);
  const added = after.length - held.options.length;
  if (added > 0)
    await call((c) => c.crm.properties.coreApi.update(plural, name, { options: after }));
  return added;
}

/**
 * The options held, then the new ones. HubSpot tells neither values nor labels apart by their case:
 * a value held in another spelling is not added, a label that is taken gets its value beside it.
 */
export function joined(
  held: readonly HeldOption[],
  wanted: readonly PropertyOption[],
): (HeldOption & { readonly displayOrder: number })[] {
  const values = new Set(held.map((o) => o.value.toLowerCase()));
  const labels = new Set(held.map((o) => o.label.toLowerCase()));
  const added = wanted.flatMap(({ value, label }) => {
    if (values.has(value.toLowerCase())) return [];
    values.add(value.toLowerCase());
    const own = labels.has(label.toLowerCase()) ? `${label} (${value})` : label;
    labels.add(own.toLowerCase());
    return [{ value, label: own, hidden: false }];
  });
  return [...held, ...added].map((option, displayOrder) => ({ displayOrder, ...option }));
}
