/** Everything one deal card needs, from stored scores alone. */
import type { DealCard } from '../core/card.ts';
import type { Deal } from '../core/record.ts';
import type { DealScore } from '../core/score.ts';
import type { Tenant } from '../core/tenant.ts';
import { inOrderOfShowing } from '../models/explain.ts';
import { cardPerson } from './card-person.ts';
import { type CardPorts, stateOf } from './show-card.ts';

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
            won: win.won,
            lost: win.lost,
            reasons: inOrderOfShowing(win.reasons),
          },
    silentDays: score.silentDays,
    stalledAfterDays: score.stalledAfterDays,
    stalled: score.stalled,
    nextTouch:
      nextTouch === null
        ? null
        : await cardPerson(store, tenant, { ...nextTouch, id: nextTouch.contactId }),
    expectedValue: score.expectedValue,
    scoredAt: row.scoredAt.toISOString(),
    modelVersion: row.modelVersion,
  };
}

const bare = (state: DealCard['state'], id: string): DealCard => ({
  state,
  deal: { id, name: '', amount: null, currency: '' },
  win: null,
  silentDays: null,
  stalledAfterDays: null,
  stalled: null,
  nextTouch: null,
  expectedValue: null,
  scoredAt: null,
  modelVersion: null,
});
