/** Collects one batch: hands out ids, stamps the standard dates, keeps every time at or before `now`. */
import type { DemoAssociation, DemoBatch, DemoObject, DemoObjectType, DemoTruth } from './types.ts';

const FIRST_ID: Readonly<Record<DemoObjectType, number>> = {
  contacts: 101,
  companies: 5_001,
  deals: 200_001,
  line_items: 1_000_001,
  products: 1_601_001,
  tickets: 400_001,
  feedback_submissions: 600_001,
  calls: 10_000_001,
  emails: 20_000_001,
  meetings: 30_000_001,
  notes: 40_000_001,
  communications: 50_000_001,
};
const CREATED_PROPERTY: Readonly<Partial<Record<DemoObjectType, string>>> = {
  contacts: 'createdate',
  companies: 'createdate',
  deals: 'createdate',
  line_items: 'createdate',
  products: 'createdate',
  tickets: 'createdate',
};

export const iso = (ms: number): string => new Date(ms).toISOString();

/** `undefined` values are left out: in HubSpot an unset property is no property. */
export type Fields = Readonly<Record<string, string | undefined>>;

export class PortalWriter {
  readonly nowMs: number;
  private readonly next = { ...FIRST_ID };
  private objects: DemoObject[] = [];
  private associations: DemoAssociation[] = [];
  private truths: DemoTruth[] = [];

  constructor(now: Date) {
    this.nowMs = now.getTime();
  }

  /** An id ahead of its object, for those that refer to it before it is complete. */
  reserve(objectType: DemoObjectType): string {
    return String(this.next[objectType]++);
  }

  add(
    objectType: DemoObjectType,
    fields: Fields,
    createdMs: number,
    updatedMs = createdMs,
    id = this.reserve(objectType),
  ): string {
    const createdAt = iso(Math.min(createdMs, this.nowMs));
    const updatedAt = iso(Math.min(Math.max(updatedMs, createdMs), this.nowMs));
    const properties: Record<string, string> = { hs_object_id: id };
    for (const name in fields) {
      const value = fields[name];
      if (value !== undefined && value !== '') properties[name] = value;
    }
    properties[CREATED_PROPERTY[objectType] ?? 'hs_createdate'] = createdAt;
    properties[objectType === 'contacts' ? 'lastmodifieddate' : 'hs_lastmodifieddate'] = updatedAt;
    this.objects.push({ objectType, id, properties, createdAt, updatedAt });
    return id;
  }

  link(fromType: DemoObjectType, fromId: string, toType: DemoObjectType, toId: string): void {
    this.associations.push({ fromType, fromId, toType, toId });
  }

  tell(objectType: DemoObjectType, id: string, truth: DemoTruth['truth']): void {
    this.truths.push({ objectType, id, truth });
  }

  flush(): DemoBatch {
    const { objects, associations, truths } = this;
    this.objects = [];
    this.associations = [];
    this.truths = [];
    return { objects, associations, truths };
  }
}
