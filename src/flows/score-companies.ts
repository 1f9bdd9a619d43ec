/** Scores marked companies from the stored scores and facts of their people. */
import type { Company, Contact } from '../core/record.ts';
import type { ContactScore, TextScore } from '../core/score.ts';
import { type CompanyPerson, scoreCompany } from '../models/company-score.ts';
import type { PortalModels } from '../models/portal-models.ts';
import type { Mark } from '../ports/sync-store.ts';
import { asOf } from './as-of.ts';
import type { ScoredRecord } from './commit-scores.ts';
import type { TenantContext } from './context.ts';
import { readFacts } from './facts.ts';
import { ownTrouble } from './own-trouble.ts';
import { companyValues } from './property-values.ts';

export async function scoreCompanies(
  ctx: TenantContext,
  models: PortalModels,
  marks: readonly Mark[],
): Promise<ScoredRecord[]> {
  const now = ctx.clock.now();
  const until = asOf(now);
  const ids = marks.map((m) => m.id);
  const companies = await ctx.store.records.get<Company>(ctx.tenant.id, 'company', ids);
  const people = await peopleOf(ctx, ids);
  return companies.map(({ id }): ScoredRecord => {
    const all = people.get(id) ?? [];
    const data = ownTrouble(
      ctx,
      'company',
      () => scoreCompany(all, until, models.version),
      () => ({ ...scoreCompany([], until, models.version), status: 'error' as const }),
    );
    return { id, modelVersion: models.version, data, values: companyValues(data, now) };
  });
}

async function peopleOf(
  ctx: TenantContext,
  companyIds: readonly string[],
): Promise<Map<string, CompanyPerson[]>> {
  const { store, tenant } = ctx;
  const linked = await store.records.children(tenant.id, 'company', companyIds, ['contact']);
  const ids = [...new Set(linked.map(({ record }) => record.id as string))];
  const facts = new Map((await readFacts(ctx, ids)).map((f) => [f.contact.id as string, f]));
  const scores = new Map(
    (await store.scores.get(tenant.id, 'contact', ids)).map((r) => [r.id, r.data as ContactScore]),
  );
  const topics = await topicsOf(
    ctx,
    [...facts.values()].flatMap((f) => f.tickets.map((t) => t.id)),
  );
  const people = new Map<string, CompanyPerson[]>();
  for (const { parentId, record } of linked as { parentId: string; record: Contact }[]) {
    const known = facts.get(record.id);
    if (known === undefined) continue;
    const person = { facts: known, score: scores.get(record.id) ?? null, topics };
    people.set(parentId, [...(people.get(parentId) ?? []), person]);
  }
  return people;
}

async function topicsOf(
  { store, tenant }: TenantContext,
  ids: readonly string[],
): Promise<Map<string, string>> {
  const rows = await store.scores.get(tenant.id, 'ticket', [...new Set(ids)]);
  return new Map(
    rows.flatMap(({ id, data }) => {
      const { topic } = data as TextScore;
      return topic === null ? [] : [[id, topic] as const];
    }),
  );
}
