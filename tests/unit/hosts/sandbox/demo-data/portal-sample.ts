/** One generated portal of 2,000 contacts, shared by the tests of this folder. */
import {
  type ContactTruth,
  type DemoAssociation,
  type DemoObject,
  type DemoTruth,
  generatePortal,
  type TextTruth,
} from '../../../../../src/hosts/sandbox/demo-data/generate.ts';

export const NOW = new Date('2026-11-23T12:00:00Z');
export const TOUCH_TYPES = ['calls', 'emails', 'meetings', 'communications'];

export interface Sample {
  readonly objects: readonly DemoObject[];
  readonly associations: readonly DemoAssociation[];
  readonly truths: readonly DemoTruth[];
  /** Of this process's own work, whatever else the machine does. */
  readonly seconds: number;
}

export function generateAll(contacts: number, seed: number): Sample {
  const start = cpuSeconds();
  const objects: DemoObject[] = [];
  const associations: DemoAssociation[] = [];
  const truths: DemoTruth[] = [];
  for (const batch of generatePortal({ contacts, seed, now: NOW })) {
    objects.push(...batch.objects);
    associations.push(...batch.associations);
    truths.push(...batch.truths);
  }
  return { objects, associations, truths, seconds: cpuSeconds() - start };
}

let shared: Sample | undefined;
export function sample(): Sample {
  shared ??= generateAll(2000, 7);
  return shared;
}

export const ofType = (objectType: string): DemoObject[] =>
  sample().objects.filter((object) => object.objectType === objectType);

export const share = <T>(items: readonly T[], holds: (item: T) => boolean): number =>
  items.filter(holds).length / items.length;

export const isOutbound = ({ properties }: DemoObject): boolean =>
  properties['hs_email_direction'] !== 'INCOMING_EMAIL' &&
  properties['hs_call_direction'] !== 'INBOUND';

/** Outbound touches by the contact they belong to. */
export function touchesByContact(): Map<string, DemoObject[]> {
  const { objects, associations } = sample();
  const byKey = new Map(objects.map((o) => [`${o.objectType}/${o.id}`, o]));
  const touches = new Map<string, DemoObject[]>();
  for (const { fromType, fromId, toType, toId } of associations) {
    if (toType !== 'contacts' || !TOUCH_TYPES.includes(fromType)) continue;
    const touch = byKey.get(`${fromType}/${fromId}`)!;
    if (!isOutbound(touch)) continue;
    touches.set(toId, [...(touches.get(toId) ?? []), touch]);
  }
  return touches;
}

export const contactTruths = (): [id: string, truth: ContactTruth][] =>
  sample().truths.flatMap(({ id, truth }) => ('bestChannel' in truth ? [[id, truth]] : []));

export const textTruths = (): [object: DemoObject, truth: TextTruth][] => {
  const byKey = new Map(sample().objects.map((o) => [`${o.objectType}/${o.id}`, o]));
  return sample().truths.flatMap(({ objectType, id, truth }) =>
    'sentiment' in truth ? [[byKey.get(`${objectType}/${id}`)!, truth]] : [],
  );
};

function cpuSeconds(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
}
