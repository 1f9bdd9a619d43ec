/** What the account's models read in a text that a rep writes down: its type, urgency and sentiment. */
import { z } from 'zod';
import type { CardReading } from '../core/card.ts';
import { builtInFeedback } from '../models/built-in-feedback.ts';
import { classifyText } from '../models/text.ts';
import { activeModels } from './active-models.ts';
import type { TenantContext } from './context.ts';

export const readingSchema = z.strictObject({ text: z.string().trim().min(1).max(10_000) });

/** Nothing of it is kept. */
export async function readText(
  ctx: Pick<TenantContext, 'store' | 'tenant' | 'memory' | 'log'>,
  text: string,
): Promise<CardReading> {
  const models = await activeModels(ctx);
  const version = models?.version ?? builtInFeedback().state.version;
  const { type, urgency, sentiment } = classifyText(models?.text ?? null, { text }, version);
  return {
    type: type?.label ?? null,
    urgency: urgency?.label ?? null,
    sentiment: sentiment?.label ?? null,
  };
}
