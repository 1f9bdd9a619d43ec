/** What a CRM's workflow may ask of Rapport in the middle of its run: once per execution, never stopping it. */
import { RapportError } from '../core/errors.ts';
import type { ActionRun } from '../ports/write-store.ts';
import type { TenantContext } from './context.ts';
import type { Action, ActionRequest, LateAction, OutputFields } from './workflow-action.ts';
import {
  classifyMessage,
  draftReply,
  draftReplyLate,
  recommendChannel,
  scoreContactNow,
  scoredContact,
} from './workflow-answers.ts';

const ACTIONS: Readonly<Record<string, { readonly now: Action; readonly late?: LateAction }>> = {
  'recommend-channel': { now: recommendChannel },
  'classify-text': { now: classifyMessage },
  'suggest-reply': { now: draftReply, late: draftReplyLate },
  'score-contact-now': { now: scoreContactNow, late: scoredContact },
};

/** How long a workflow waits for us at most; HubSpot goes on by itself after that. */
const PATIENCE_MS = 5 * 60_000;
const PATIENCE_ISO = 'PT5M';
const LOOK_AGAIN_MS = 2_000;
const TROUBLE = { rapport_exit: 'abstain', hs_execution_state: 'FAIL_CONTINUE' } as const;

export const isAction = (name: string): boolean => Object.hasOwn(ACTIONS, name);

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
  const action = isAction(name) ? ACTIONS[name] : undefined;
  if (action === undefined) throw new RapportError('not_found', 'There is nothing here.');
  const { store, tenant, clock, queue, meter } = ctx;
  const { callbackId } = request;
  try {
    const known = await store.actionRuns.get(tenant.id, callbackId);
    if (known !== null) return { outputFields: known.answer };
    const askedAt = clock.now();
    const fields = await action.now(ctx, request);
    const answer =
      fields === 'later'
        ? {
            hs_execution_state: 'BLOCK',
            hs_expiration_duration: PATIENCE_ISO,
            gate: String(request.inputFields['gate'] ?? ''),
          }
        : { ...fields, hs_execution_state: 'SUCCESS' };
    meter.count('workflow_actions', {
      action: name,
      exit: fields === 'later' ? 'later' : fields.rapport_exit,
    });
    const recordId = request.object?.objectId ?? null;
    const kept = await store.actionRuns.keep(
      tenant.id,
      { callbackId, action: name, recordId, answer },
      askedAt,
    );
    if (fields === 'later')
      await queue.add(
        'answer',
        { tenantId: tenant.id, callbackId },
        { dedupe: `answer:${callbackId}`, delayMs: LOOK_AGAIN_MS },
      );
    return { outputFields: kept };
  } catch (error) {
    return { outputFields: failed(ctx, name, error) };
  }
}

/**
 * Completes an execution that waits, or looks again in two seconds; after five minutes the
 * workflow goes on without an answer. A completion that was sent twice changes nothing.
 */
export async function answerLater(ctx: TenantContext, callbackId: string): Promise<void> {
  const { store, tenant, clock, queue, session, meter } = ctx;
  const run = await store.actionRuns.get(tenant.id, callbackId);
  if (run === null || run.answer['hs_execution_state'] !== 'BLOCK') return;
  const fields = await lateFields(ctx, run);
  const waited = clock.now().getTime() - run.answeredAt.getTime();
  if (fields === null && waited < PATIENCE_MS) {
    await queue.add('answer', { tenantId: tenant.id, callbackId }, { delayMs: LOOK_AGAIN_MS });
    return;
  }
  const answer = fields ?? TROUBLE;
  await session.completeAction(callbackId, answer);
  await store.actionRuns.complete(tenant.id, callbackId, answer);
  meter.count('workflow_actions', { action: run.action, exit: answer.rapport_exit });
}

async function lateFields(
  ctx: TenantContext,
  { action, recordId, answeredAt, answer }: ActionRun,
): Promise<(OutputFields & { readonly hs_execution_state: string }) | null> {
  try {
    const late = ACTIONS[action]?.late;
    const fields = await late?.(ctx, {
      recordId,
      askedAt: answeredAt,
      gate: answer['gate'] ?? '',
    });
    return fields == null ? null : { ...fields, hs_execution_state: 'SUCCESS' };
  } catch (error) {
    return failed(ctx, action, error);
  }
}

function failed({ log, meter }: TenantContext, action: string, error: unknown): typeof TROUBLE {
  meter.count('workflow_actions', { action, exit: 'error' });
  log.error('workflow action failed', {
    event: action,
    code: error instanceof Error ? error.message : String(error),
  });
  return TROUBLE;
}
