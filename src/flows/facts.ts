/** Gathers, from the store alone, everything known of some contacts. */
import type { Contact, CrmRecord, Deal, Interaction, LineItem } from '../core/record.ts';
import type { Demographic } from '../core/tenant.ts';
import type { ContactFacts } from '../features/facts.ts';
import type { TenantContext } from './context.ts';

const OF_CONTACT = [
  'deal',
  'ticket',
  'feedback',
  'call',
  'email',
  'meeting',
  'communication',
] as const;

/** In the order of `ids`; contacts no longer stored are left out. */
export async function readFacts(
  { store, tenant }: Pick<TenantContext, 'store' | 'tenant'>,
  ids: readonly string[],
): Promise<ContactFacts[]> {
  const contacts = (await store.records.get<Contact>(tenant.id, 'contact', ids)).map((contact) =>
    onlyAllowed(contact, tenant.settings.demographics),
  );
  const children = byParent(await store.records.children(tenant.id, 'contact', ids, OF_CONTACT));
  const dealIds = [...children.values()]
    .flat()
    .filter((r) => r.kind === 'deal')
    .map((r) => r.id);
  const items = byParent(await store.records.children(tenant.id, 'deal', dealIds, ['line_item']));
  return contacts.map((contact) => {
    const own = children.get(contact.id) ?? [];
    const deals = own.filter((r): r is Deal => r.kind === 'deal');
    return {
      contact,
      deals,
      lineItems: deals.flatMap((d) => items.get(d.id) ?? []) as LineItem[],
      tickets: own.filter((r) => r.kind === 'ticket'),
      feedback: own.filter((r) => r.kind === 'feedback'),
      interactions: own.filter(
        (r): r is Interaction =>
          r.kind === 'call' ||
          r.kind === 'email' ||
          r.kind === 'meeting' ||
          r.kind === 'communication',
      ),
    };
  });
}

/** Traits about the person, by the field that allows them. */
const DEMOGRAPHIC_TRAITS: Readonly<Record<string, Demographic>> = {
  born: 'age',
  gender: 'gender',
  country: 'location',
};

/** A copy read under an older setting loses here what is no longer allowed. */
function onlyAllowed(contact: Contact, allowed: readonly Demographic[]): Contact {
  const traits = Object.entries(contact.traits).filter(([trait]) => {
    const field = DEMOGRAPHIC_TRAITS[trait];
    return field === undefined || allowed.includes(field);
  });
  return { ...contact, traits: Object.fromEntries(traits) };
}

/** What `children` of the store gave, by parent. */
export function byParent(
  rows: readonly { parentId: string; record: CrmRecord }[],
): Map<string, CrmRecord[]> {
  const grouped = new Map<string, CrmRecord[]>();
  for (const { parentId, record } of rows) {
    const known = grouped.get(parentId);
    if (known === undefined) grouped.set(parentId, [record]);
    else known.push(record);
  }
  return grouped;
}
