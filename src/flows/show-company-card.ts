/** Everything one company card needs, from stored scores alone. */
import type { CardEngaged, CompanyCard } from '../core/card.ts';
import type { Company, Contact } from '../core/record.ts';
import type { CompanyScore } from '../core/score.ts';
import type { Tenant } from '../core/tenant.ts';
import { healthScore } from '../models/company-score.ts';
import { inOrderOfShowing } from '../models/explain.ts';
import { cardPerson } from './card-person.ts';
import { namesOf } from './manage-segments.ts';
import { type CardPorts, fullName, stateOf } from './show-card.ts';
import { topicNamed } from './show-ticket-card.ts';

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
  const named = async (people: CompanyScore['mostEngaged'] = []): Promise<CardEngaged[]> => {
    const ids = people.map((p) => p.id);
    const contacts = await store.records.get<Contact>(tenant.id, 'contact', ids);
    return people.flatMap(({ id, answers }) => {
      const contact = contacts.find((c) => c.id === id);
      return contact === undefined ? [] : [{ id, name: fullName(contact), answers90d: answers }];
    });
  };
  return {
    ...known,
    state: stateOf(score, row, clock.now()),
    health:
      health === null
        ? null
        : {
            band: health.band,
            score: healthScore(health.total),
            reasons: inOrderOfShowing(health.reasons),
          },
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
    segments: await segmentsOf(store, tenant, score.segments ?? []),
    topics: (score.topics ?? []).map(({ id, cases }) => ({
      topic: topicNamed(tenant.settings.feedback.topics, id),
      cases,
    })),
    mostEngaged: await named(score.mostEngaged),
    leastEngaged: await named(score.leastEngaged),
    sentiment90d: score.sentiment90d,
    topIssue: score.topIssue,
    scoredAt: row.scoredAt.toISOString(),
    modelVersion: row.modelVersion,
  };
}

async function segmentsOf(
  store: CardPorts['store'],
  tenant: Tenant,
  segments: CompanyScore['segments'],
): Promise<CompanyCard['segments']> {
  const known = segments.flatMap(({ id, since }) => (since === null ? [] : [{ id, since }]));
  const names = known.length === 0 ? new Map() : await namesOf(store, tenant.id, known);
  return segments.map(({ id, code, people }) => ({
    id,
    code,
    people,
    name: names.get(id) ?? null,
  }));
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
  segments: [],
  topics: [],
  mostEngaged: [],
  leastEngaged: [],
  sentiment90d: null,
  topIssue: null,
  scoredAt: null,
  modelVersion: null,
});
