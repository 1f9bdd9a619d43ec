/** Association type ids between object types: HubSpot's own where it has one, invented where not. */
import { OBJECT_TYPES } from './object-types.ts';

export interface AssociationType {
  readonly typeId: number;
  readonly from: string;
  readonly to: string;
  /** `null` for the plain, unlabelled type. */
  readonly label: string | null;
  readonly inverse: number;
}

type Pair = readonly [from: string, to: string, there: number, back: number, label?: string];

const PAIRS: readonly Pair[] = [
  ['contacts', 'companies', 279, 280],
  ['contacts', 'companies', 1, 2, 'Primary'],
  ['contacts', 'deals', 4, 3],
  ['contacts', 'tickets', 15, 16],
  ['contacts', 'communications', 82, 81],
  ['contacts', 'feedback_submissions', 97, 98],
  ['contacts', 'calls', 193, 194],
  ['contacts', 'emails', 197, 198],
  ['contacts', 'meetings', 199, 200],
  ['contacts', 'notes', 201, 202],
  ['contacts', 'tasks', 203, 204],
  ['deals', 'companies', 341, 342],
  ['deals', 'companies', 5, 6, 'Primary'],
  ['deals', 'line_items', 19, 20],
  ['deals', 'tickets', 27, 28],
  ['deals', 'communications', 86, 85],
  ['deals', 'calls', 205, 206],
  ['deals', 'emails', 209, 210],
  ['deals', 'meetings', 211, 212],
  ['deals', 'notes', 213, 214],
  ['deals', 'tasks', 215, 216],
  ['tickets', 'companies', 339, 340],
  ['tickets', 'companies', 26, 25, 'Primary'],
  ['tickets', 'communications', 84, 83],
  ['tickets', 'feedback_submissions', 99, 100],
  ['tickets', 'calls', 219, 220],
  ['tickets', 'emails', 223, 224],
  ['tickets', 'meetings', 225, 226],
  ['tickets', 'notes', 227, 228],
  ['tickets', 'tasks', 229, 230],
  ['companies', 'communications', 88, 87],
  ['companies', 'calls', 181, 182],
  ['companies', 'emails', 185, 186],
  ['companies', 'meetings', 187, 188],
  ['companies', 'notes', 189, 190],
  ['companies', 'tasks', 191, 192],
];

const BY_ID = new Map<number, AssociationType>();
const DEFAULTS = new Map<string, AssociationType>();
const PRIMARIES = new Map<string, AssociationType>();
const key = (from: string, to: string) => `${from}>${to}`;

function register(from: string, to: string, typeId: number, inverse: number, label?: string): void {
  const type: AssociationType = { typeId, from, to, label: label ?? null, inverse };
  BY_ID.set(typeId, type);
  (label === undefined ? DEFAULTS : PRIMARIES).set(key(from, to), type);
}
for (const [from, to, there, back, label] of PAIRS) {
  register(from, to, there, back, label);
  register(to, from, back, there, label);
}
// HubSpot publishes no id for the remaining pairs; ours are stable and far from its range.
OBJECT_TYPES.forEach((from, i) => {
  OBJECT_TYPES.forEach((to, j) => {
    if (DEFAULTS.has(key(from.name, to.name))) return;
    register(from.name, to.name, 10_000 + i * 100 + j, 10_000 + j * 100 + i);
  });
});

export const associationType = (typeId: number): AssociationType | undefined => BY_ID.get(typeId);

export function defaultAssociation(from: string, to: string): AssociationType {
  const type = DEFAULTS.get(key(from, to));
  if (type === undefined) throw new RangeError(`No association between ${from} and ${to}.`);
  return type;
}

/** The type that marks one company as the main one, where such a thing exists. */
export const primaryAssociation = (from: string, to: string): AssociationType | undefined =>
  PRIMARIES.get(key(from, to));
