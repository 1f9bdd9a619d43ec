/** Somebody a card advises to reach, by the name they are called. */
import type { CardPerson } from '../core/card.ts';
import type { Contact } from '../core/record.ts';
import type { ContactScore } from '../core/score.ts';
import type { Tenant } from '../core/tenant.ts';
import type { Store } from '../ports/store.ts';
import { calledName } from './show-card.ts';

/** `null` when the person is no longer stored. */
export async function cardPerson(
  store: Store,
  tenant: Tenant,
  advice: {
    readonly id: string;
    readonly channel: string;
    readonly chance: number;
    readonly at: string | null;
  },
): Promise<CardPerson | null> {
  const [contact] = await store.records.get<Contact>(tenant.id, 'contact', [advice.id]);
  if (contact === undefined) return null;
  const { id, channel, chance, at } = advice;
  return {
    id,
    name: calledName(contact),
    timeZone: contact.timeZone ?? tenant.settings.reach.defaultTimeZone,
    channel,
    chance,
    at,
  };
}

/** How to reach a contact by their own score; `null` when that is unknown, forbidden or held out. */
export async function adviceFor(
  store: Store,
  tenant: Tenant,
  contactId: string,
): Promise<CardPerson | null> {
  const [row] = await store.scores.get(tenant.id, 'contact', [contactId]);
  const score = row?.data as ContactScore | undefined;
  const best = score?.heldOut === true ? undefined : score?.reach?.ranked[0];
  if (best === undefined) return null;
  const { channel, chance } = best;
  const at = score?.reach?.nextContactAt ?? null;
  return cardPerson(store, tenant, { id: contactId, channel, chance, at });
}
