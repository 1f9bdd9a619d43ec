/** The whole advice on one record: every contribution, what is blocked and why, what would change it. */
import { RapportError } from '../core/errors.ts';
import type { Company, Contact, Deal } from '../core/record.ts';
import type { CompanyScore, ContactScore, DealScore, Reason } from '../core/score.ts';
import { type WhatIf, whatIf } from '../models/what-if.ts';
import type { ScoreRow } from '../ports/score-store.ts';
import { activeModels } from './active-models.ts';
import { asOf } from './as-of.ts';
import type { TenantContext } from './context.ts';
import { readFacts } from './facts.ts';
import { namesOf } from './manage-segments.ts';
import { churnSentence, reasonSentence } from './why-text.ts';

export interface Explanation<S> {
  readonly tenant: string;
  readonly kind: string;
  readonly id: string;
  readonly name: string;
  readonly scoredAt: string;
  readonly modelVersion: string;
  /** ISO 4217, of every amount. */
  readonly currency: string;
  readonly score: S;
  /** English sentences for the reasons, by code and parameters, as `score` carries them. */
  readonly words: Readonly<Record<string, string>>;
}
export interface ContactExplanation extends Explanation<ContactScore> {
  readonly whatIf: readonly WhatIf[];
  /** What people call the segment; `null` while nobody has named it. */
  readonly segmentName: string | null;
}

/** Throws `not_found` for a record that is not stored or has no score yet. */
export async function explainContact(ctx: TenantContext, id: string): Promise<ContactExplanation> {
  const { tenant, clock } = ctx;
  const contact = await stored<Contact>(ctx, 'contact', id);
  const row = await scored(ctx, 'contact', id);
  const score = row.data as ContactScore;
  const models = await activeModels(ctx);
  const [facts] = await readFacts(ctx, [id]);
  const changes =
    models === null || models.channel === null || score.reach === null || facts === undefined
      ? []
      : whatIf(models.channel, facts, score.reach, tenant.settings.reach, asOf(clock.now()));
  const words = [
    ...(score.reach?.ranked ?? []).flatMap((c) =>
      c.reasons.map((r): [string, string] => [wordKey(r, c.channel), reasonSentence(r, c.channel)]),
    ),
    ...inWords([...(score.segment?.reasons ?? []), ...(score.value?.reasons ?? [])]),
    ...(score.risk?.reasons ?? []).map((r): [string, string] => [wordKey(r), churnSentence(r)]),
  ];
  return {
    ...head(ctx, row, [contact.firstName, contact.lastName].filter(Boolean).join(' ')),
    score,
    words: Object.fromEntries(words),
    whatIf: changes,
    segmentName: await nameOf(ctx, score.segment),
  };
}

export async function explainDeal(ctx: TenantContext, id: string): Promise<Explanation<DealScore>> {
  const deal = await stored<Deal>(ctx, 'deal', id);
  const row = await scored(ctx, 'deal', id);
  const score = row.data as DealScore;
  return {
    ...head(ctx, row, deal.name),
    score,
    words: Object.fromEntries(inWords(score.win?.reasons ?? [])),
  };
}

export async function explainCompany(
  ctx: TenantContext,
  id: string,
): Promise<Explanation<CompanyScore>> {
  const company = await stored<Company>(ctx, 'company', id);
  const row = await scored(ctx, 'company', id);
  const score = row.data as CompanyScore;
  return {
    ...head(ctx, row, company.name),
    score,
    words: Object.fromEntries(inWords(score.health?.reasons ?? [])),
  };
}

/** The key of a reason in `words`; the same code may say the opposite on another channel. */
export const wordKey = ({ code, effect, params }: Reason, channel = ''): string =>
  `${channel} ${code} ${effect >= 0 ? '+' : '−'} ${JSON.stringify(params)}`.trim();

const inWords = (reasons: readonly Reason[]): [string, string][] =>
  reasons.map((r) => [wordKey(r), reasonSentence(r)]);

const head = ({ tenant }: TenantContext, row: ScoreRow, name: string) => ({
  tenant: tenant.id,
  kind: row.kind,
  id: row.id,
  name,
  scoredAt: row.scoredAt.toISOString(),
  modelVersion: row.modelVersion,
  currency: tenant.currency,
});

async function nameOf(
  { store, tenant }: TenantContext,
  segment: ContactScore['segment'],
): Promise<string | null> {
  if (segment === null || segment.since === null) return null;
  const { id, since } = segment;
  return (await namesOf(store, tenant.id, [{ id, since }])).get(id) ?? null;
}

async function stored<R extends Contact | Deal | Company>(
  { store, tenant }: TenantContext,
  kind: R['kind'],
  id: string,
): Promise<R> {
  const [record] = await store.records.get<R>(tenant.id, kind, [id]);
  if (record === undefined) throw new RapportError('not_found', `There is no ${kind} ${id} here.`);
  return record;
}

async function scored(
  { store, tenant }: TenantContext,
  kind: ScoreRow['kind'],
  id: string,
): Promise<ScoreRow> {
  const [row] = await store.scores.get(tenant.id, kind, [id]);
  if (row === undefined)
    throw new RapportError('not_found', `The ${kind} ${id} has no score (yet).`);
  return row;
}
