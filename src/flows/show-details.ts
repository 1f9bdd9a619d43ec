/** How the chance on a contact's card came about, step by step, and what would change it. */
import type { CardDetails } from '../core/card.ts';
import { RapportError } from '../core/errors.ts';
import type { ContactScore } from '../core/score.ts';
import { sigmoid } from '../ml/linear/logistic-regression.ts';
import { byWeight } from '../models/explain.ts';
import { whatIf } from '../models/what-if.ts';
import { activeModels } from './active-models.ts';
import { asOf } from './as-of.ts';
import type { TenantContext } from './context.ts';
import { readFacts } from './facts.ts';

/** Throws `record_gone` where nothing is advised, or nothing may be shown. */
export async function showDetails(ctx: TenantContext, contactId: string): Promise<CardDetails> {
  const { store, tenant, clock } = ctx;
  const [row] = await store.scores.get(tenant.id, 'contact', [contactId]);
  const score = row?.data as ContactScore | undefined;
  const best = score?.reach?.ranked[0];
  if (score?.reach == null || best === undefined || score.status === 'holdout')
    throw new RapportError('record_gone', `Nothing is advised on contact ${contactId}.`);
  const models = await activeModels(ctx);
  const [facts] = await readFacts(ctx, [contactId]);
  let sum = best.base;
  return {
    channel: best.channel,
    start: sigmoid(best.base),
    steps: byWeight(best.reasons).map((reason) => {
      sum += reason.effect;
      return { reason, chance: sigmoid(sum) };
    }),
    changes:
      models?.channel == null || facts === undefined
        ? []
        : whatIf(models.channel, facts, score.reach, tenant.settings.reach, asOf(clock.now())).map(
            ({ code, channel, chance }) => ({ code, channel, chance }),
          ),
  };
}
