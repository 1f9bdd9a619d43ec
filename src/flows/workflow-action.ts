/** What a workflow action is asked, what it may answer, and the answer it may give late. */
import { z } from 'zod';
import type { TenantContext } from './context.ts';

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

/** `later`: the workflow waits, and the late action answers it. */
export type Action = (
  ctx: TenantContext,
  request: ActionRequest,
) => Promise<OutputFields | 'later'>;

export interface LateRequest {
  readonly recordId: string | null;
  readonly askedAt: Date;
  /** The input of that name, as it was given. */
  readonly gate: string;
}
/** `null` = not yet. */
export type LateAction = (ctx: TenantContext, request: LateRequest) => Promise<OutputFields | null>;
