/** Everything one deal card needs, from stored scores alone. */
import type { CardDealPerson, DealCard } from '../core/card.ts';
import { type Contact, type Deal, INTERACTION_KINDS, type Interaction } from '../core/record.ts';
import type { ContactScore, DealScore } from '../core/score.ts';
import type { Tenant } from '../core/tenant.ts';
import { inOrderOfShowing } from '../models/explain.ts';
import { cardPerson } from './card-person.ts';
import { type CardPorts, fullName, stateOf } from './show-card.ts';

/** Every state is an answer; `null` tenant = the account is not connected. */
export async function showDealCard(
  { store, clock }: CardPorts,
  tenant: Tenant | null,
  dealId: string,
): Promise<DealCard> {
  if (tenant === null || tenant.state === 'parked') return bare('not_connected', dealId);
  const [deal] = await store.records.get<Deal>(tenant.id, 'deal', [dealId]);
  if (deal === undefined) return bare('empty', dealId);
  const { currency } = tenant;
  const known = { deal: { id: dealId, name: deal.name, amount: deal.amount, currency } };
  const [row] = await store.scores.get(tenant.id, 'deal', [dealId]);
  if (row === undefined || deal.stage !== 'open') return { ...bare('empty', dealId), ...known };
  const score = row.data as DealScore;
  const { win, nextTouch } = score;
  return {
    ...known,
    state: stateOf(score, row, clock.now()),
    win:
      win === null
        ? null
        : {
            chance: win.chance,
            low: win.low,
            high: win.high,
            usual: win.usual,
            band: win.band,
            better: win.better,
            won: win.won,
            lost: win.lost,
            reasons: inOrderOfShowing(win.reasons),
          },
    silentDays: score.silentDays,
    stalledAfterDays: score.stalledAfterDays,
    stalled: score.stalled,
    people: await peopleOn(store, tenant, deal),
    nextTouch:
      nextTouch === null
        ? null
        : await cardPerson(store, tenant, { ...nextTouch, id: nextTouch.contactId }),
    expectedValue: score.expectedValue,
    scoredAt: row.scoredAt.toISOString(),
    modelVersion: row.modelVersion,
  };
}

/** Who is on the deal, how to reach each, and when anybody last did. */
async function peopleOn(
  store: CardPorts['store'],
  tenant: Tenant,
  deal: Deal,
): Promise<CardDealPerson[]> {
  const ids = deal.links.filter((l) => l.kind === 'contact').map((l) => l.id);
  const contacts = await store.records.get<Contact>(tenant.id, 'contact', ids);
  const scores = new Map(
    (await store.scores.get(tenant.id, 'contact', ids)).map((r) => [r.id, r.data as ContactScore]),
  );
  const touched = new Map<string, number>();
  for (const { parentId, record } of await store.records.children(
    tenant.id,
    'contact',
    ids,
    INTERACTION_KINDS,
  )) {
    const at = (record as Interaction).at.getTime();
    touched.set(parentId, Math.max(at, touched.get(parentId) ?? 0));
  }
  return contacts
    .map((contact): CardDealPerson => {
      const score = scores.get(contact.id);
      const best = score?.heldOut === true ? undefined : score?.reach?.ranked[0];
      const last = touched.get(contact.id);
      return {
        id: contact.id,
        name: fullName(contact),
        channel: best?.channel ?? null,
        chance: best?.chance ?? null,
        lastTouchAt: last === undefined ? null : new Date(last).toISOString(),
      };
    })
    .sort((a, b) => (b.lastTouchAt ?? '').localeCompare(a.lastTouchAt ?? ''));
}

const bare = (state: DealCard['state'], id: string): DealCard => ({
  state,
  deal: { id, name: '', amount: null, currency: '' },
  win: null,
  silentDays: null,
  stalledAfterDays: null,
  stalled: null,
  people: [],
  nextTouch: null,
  expectedValue: null,
  scoredAt: null,
  modelVersion: null,
});
