/** What a CRM's workflow may ask of Rapport in the middle of its run; each answer has three exits. */
import { z } from 'zod';
import { RapportError } from '../core/errors.ts';
import { recordId } from '../core/ids.ts';
import type { ContactScore } from '../core/score.ts';
import type { TenantContext } from './context.ts';
import { whyText } from './why-text.ts';

/** `act`: sure enough to automate; `ask`: let a person decide; `abstain`: nothing can be said. */
export type Exit = 'act' | 'ask' | 'abstain';

export type OutputFields = Readonly<Record<string, string>> & { readonly rapport_exit: Exit };

export const actionRequestSchema = z.object({
  callbackId: z.string().min(1).max(200),
  origin: z.object({ portalId: z.coerce.string().regex(/^\d{1,20}$/) }),
  object: z
    .object({
      objectId: z.coerce.string().regex(/^\d{1,30}$/),
      objectType: z.string(),
    })
    .optional(),
  inputFields: z.record(z.string(), z.unknown()).default({}),
});
export type ActionRequest = z.output<typeof actionRequestSchema>;

type Action = (ctx: TenantContext, request: ActionRequest) => Promise<OutputFields>;

const ACTIONS: Readonly<Record<string, Action>> = {
  'recommend-channel': recommendChannel,
  'score-contact-now': scoreContactNow,
};

/**
 * Answers an execution once: asked again with the same callback id, it says the same. Trouble on
 * our side is answered `FAIL_CONTINUE`, so that a customer's workflow never stops for us.
 * Throws `not_found` for an action that does not exist.
 */
export async function runAction(
  ctx: TenantContext,
  name: string,
  request: ActionRequest,
): Promise<{ outputFields: Readonly<Record<string, string>> }> {
  const action = Object.hasOwn(ACTIONS, name) ? ACTIONS[name] : undefined;
  if (action === undefined) throw new RapportError('not_found', 'There is nothing here.');
  const { store, tenant, clock, log, meter } = ctx;
  const known = await store.actionRuns.get(tenant.id, request.callbackId);
  if (known !== null) return { outputFields: known };
  try {
    const fields = await action(ctx, request);
    meter.count('workflow_actions', { action: name, exit: fields.rapport_exit });
    const answer = { ...fields, hs_execution_state: 'SUCCESS' };
    return {
      outputFields: await store.actionRuns.keep(
        tenant.id,
        {
          callbackId: request.callbackId,
          action: name,
          recordId: request.object?.objectId ?? null,
          answer,
        },
        clock.now(),
      ),
    };
  } catch (error) {
    meter.count('workflow_actions', { action: name, exit: 'error' });
    log.error('workflow action failed', {
      event: name,
      code: error instanceof Error ? error.message : String(error),
    });
    return { outputFields: { rapport_exit: 'abstain', hs_execution_state: 'FAIL_CONTINUE' } };
  }
}

/** The confidence gate in percent; without one, 50. */
function gateOf(request: ActionRequest): number {
  const gate = Number(request.inputFields['gate'] ?? 50);
  return Number.isFinite(gate) ? Math.min(100, Math.max(0, gate)) / 100 : 0.5;
}

async function recommendChannel(
  { store, tenant }: TenantContext,
  request: ActionRequest,
): Promise<OutputFields> {
  const id = request.object?.objectId;
  const [row] = id === undefined ? [] : await store.scores.get(tenant.id, 'contact', [id]);
  const score = row?.data as ContactScore | undefined;
  const best = score?.reach?.ranked[0];
  if (score === undefined || best === undefined || score.reach === null)
    return { rapport_exit: 'abstain', status: score?.status ?? 'no_data' };
  const sure =
    score.status === 'ready' && best.evidence !== 'everyone' && best.chance >= gateOf(request);
  return {
    rapport_exit: sure ? 'act' : 'ask',
    status: score.status,
    channel: best.channel,
    reply_prob: best.chance.toFixed(2),
    evidence: best.evidence,
    next_contact_at: score.reach.nextContactAt ?? '',
    why: whyText(best),
  };
}

/** Has the record read and scored anew at once; what is known until then is in its properties. */
async function scoreContactNow(
  { store, tenant, queue, clock }: TenantContext,
  request: ActionRequest,
): Promise<OutputFields> {
  const id = request.object?.objectId;
  if (id === undefined) return { rapport_exit: 'abstain', status: 'no_data' };
  const now = clock.now();
  const mark = { kind: 'contact', id: recordId(id), change: 'changed', eventAt: now } as const;
  for (const stage of ['sync', 'score'] as const)
    await store.marks.raise(tenant.id, stage, [mark], now);
  await queue.add('drain', { tenantId: tenant.id }, { dedupe: `drain:${tenant.id}` });
  return { rapport_exit: 'act', status: 'queued' };
}
