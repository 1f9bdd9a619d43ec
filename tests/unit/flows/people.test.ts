/** Names of segments and the opt-in of personal fields, over a real store. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Contact } from '../../../src/core/record.ts';
import { readFacts } from '../../../src/flows/facts.ts';
import { changeDemographics, listDemographics } from '../../../src/flows/manage-demographics.ts';
import { namesOf, renameSegment } from '../../../src/flows/manage-segments.ts';
import { AT, contact, later, newTenant } from '../../support/builders.ts';
import { type Database, openPglite } from '../../support/databases.ts';
import { createRig } from '../../support/flow-context.ts';

let database: Database;
beforeAll(async () => {
  database = await openPglite();
});
afterAll(() => database?.close());

describe('fields about the person', () => {
  it('reach no model until an admin allows them; each change is audited and read anew', async () => {
    const rig = createRig(database.store);
    const tenant = await newTenant(rig.store);
    const traits = { country: 'PT', gender: 'f', born: '1980s', industry: 'retail' };
    await rig.store.records.put(tenant.id, [contact(1, { traits }) as Contact]);
    const seen = async () => {
      const now = await rig.store.tenants.get(tenant.id);
      if (now === null) throw new Error('no tenant');
      const [facts] = await readFacts({ store: rig.store, tenant: now }, ['1']);
      return Object.keys(facts?.contact.traits ?? {}).sort();
    };
    const change = (field: string, allow: boolean) =>
      changeDemographics(rig, { tenant: tenant.id, field, allow, actor: 'console' });
    expect(await seen()).toEqual(['industry']);
    await change('location', true);
    expect(await seen()).toEqual(['country', 'industry']);
    expect((await rig.store.marks.count(tenant.id)).sync).toBe(1);
    await change('location', false);
    expect(await seen()).toEqual(['industry']);
    const { allowed, audit } = await listDemographics(rig, { tenant: tenant.id });
    expect(allowed).toEqual([]);
    expect(audit.map(({ actor, detail }) => [actor, detail])).toEqual([
      ['console', { field: 'location', allow: false, before: ['location'], after: [] }],
      ['console', { field: 'location', allow: true, before: [], after: ['location'] }],
    ]);
    await expect(change('religion', true)).rejects.toMatchObject({ code: 'invalid_payload' });
  });
});

describe('a segment’s name', () => {
  it('belongs to the group that had the id when it was given', async () => {
    const rig = createRig(database.store);
    const { id } = await newTenant(rig.store);
    await rig.store.segmentNames.put(id, 'seg_01', 'Gold', AT);
    const same = { id: 'seg_01', since: later(-1000).toISOString() };
    const other = { id: 'seg_01', since: later(3 * 86_400_000).toISOString() };
    expect((await namesOf(rig.store, id, [same])).get('seg_01')).toBe('Gold');
    expect((await namesOf(rig.store, id, [other])).get('seg_01')).toBeUndefined();
    await expect(renameSegment(rig, { tenant: id, id: 'seg_09', name: 'x' })).rejects.toMatchObject(
      {
        code: 'invalid_payload',
      },
    );
  });
});
