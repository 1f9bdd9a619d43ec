/** Everything one company card needs, from stored scores alone. */
import type { CompanyCard } from '../core/card.ts';
import type { Company } from '../core/record.ts';
import type { CompanyScore } from '../core/score.ts';
import type { Tenant } from '../core/tenant.ts';
import { inOrderOfShowing } from '../models/explain.ts';
import { cardPerson } from './card-person.ts';
import { type CardPorts, stateOf } from './show-card.ts';

/** Every state is an answer; `null` tenant = the account is not connected. */
export async function showCompanyCard(
  { store, clock }: CardPorts,
  tenant: Tenant | null,
  companyId: string,
): Promise<CompanyCard> {
  if (tenant === null || tenant.state === 'parked') return bare('not_connected', companyId);
  const [company] = await store.records.get<Company>(tenant.id, 'company', [companyId]);
  if (company === undefined) return bare('empty', companyId);
  const known = { company: { id: companyId, name: company.name } };
  const [row] = await store.scores.get(tenant.id, 'company', [companyId]);
  if (row === undefined) return { ...bare('empty', companyId), ...known };
  const score = row.data as CompanyScore;
  const { health, value12m, bestContact } = score;
  return {
    ...known,
    state: stateOf(score, row, clock.now()),
    health: health === null ? null : { ...health, reasons: inOrderOfShowing(health.reasons) },
    value:
      value12m === null
        ? null
        : {
            expected12m: value12m.expected,
            low: value12m.low,
            high: value12m.high,
            currency: tenant.currency,
          },
    people: score.people,
    engaged90d: score.engaged90d,
    singleThreaded: score.singleThreaded,
    bestContact: bestContact === null ? null : await cardPerson(store, tenant, bestContact),
    sentiment90d: score.sentiment90d,
    topIssue: score.topIssue,
    scoredAt: row.scoredAt.toISOString(),
    modelVersion: row.modelVersion,
  };
}

const bare = (state: CompanyCard['state'], id: string): CompanyCard => ({
  state,
  company: { id, name: '' },
  health: null,
  value: null,
  people: 0,
  engaged90d: null,
  singleThreaded: null,
  bestContact: null,
  sentiment90d: null,
  topIssue: null,
  scoredAt: null,
  modelVersion: null,
});
