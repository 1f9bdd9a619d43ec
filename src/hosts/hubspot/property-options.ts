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
  const held = await optionsHeld(kind, name, call);
  const after = joined(held, options);
  const added = held.length === 0 ? 0 : after.length - held.length;
  if (added > 0) await replaceOptions(kind, name, after, call);
  return added;
}

/** See `HostSession.relabelOption`. A label that another option has gets the value beside it. */
export async function relabelOption(
  kind: RecordKind,
  name: string,
  { value, from, to }: { readonly value: string; readonly from: string; readonly to: string },
  call: Call,
): Promise<boolean> {
  const held = await optionsHeld(kind, name, call);
  const same = (a: string, b: string) => a.toLowerCase() === b.toLowerCase();
  const option = held.find((o) => same(o.value, value));
  const written = [from, `${from} (${value})`];
  if (option === undefined || !written.some((label) => same(label, option.label))) return false;
  const taken = held.some((o) => o !== option && same(o.label, to));
  const label = taken ? `${to} (${value})` : to;
  const after = held.map((o) => (o === option ? { ...o, label } : o));
  await replaceOptions(kind, name, after, call);
  return true;
}

/** Empty for a property that is gone; every property of ours that takes options has some. */
async function optionsHeld(kind: RecordKind, name: string, call: Call): Promise<HeldOption[]> {
  const { plural } = OBJECT_TYPES[kind];
  return call(async (c) => (await c.crm.properties.coreApi.getByName(plural, name)).options).catch(
    (error: unknown) => {
      if (error instanceof RapportError && error.code === 'record_gone') return [];
      throw error;
    },
  );
}

async function replaceOptions(
  kind: RecordKind,
  name: string,
  held: readonly HeldOption[],
  call: Call,
): Promise<void> {
  const options = held.map((option, displayOrder) => ({ displayOrder, ...option }));
  await call((c) => c.crm.properties.coreApi.update(OBJECT_TYPES[kind].plural, name, { options }));
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
