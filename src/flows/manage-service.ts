/** The operator's questions and decisions about serving customers, of outside form: rules, labels, answers, chat. */
import { z } from 'zod';
import { parsePayload } from '../core/payload.ts';
import { type Correction, type ServiceRules, serviceRulesSchema } from '../core/service.ts';
import type { FaqEntry } from '../ports/service-store.ts';
import { changeSettings, orThrow } from './change-settings.ts';
import { type ChatAnswer, chat, chatSchema } from './chat.ts';
import type { FlowContext } from './context.ts';
import { faqSchema, type ImportedFaq, importFaq } from './faq.ts';
import { correctionSchema, giveCorrection } from './give-correction.ts';
import { leastCertain, type Uncertain } from './labelling.ts';
import { oneTenant } from './one-tenant.ts';

const tenantSchema = z.object({ tenant: z.string().optional() });
const named = (ctx: FlowContext, query: unknown) =>
  oneTenant(ctx, parsePayload(tenantSchema, query).tenant);

const rulesSchema = tenantSchema.extend({ service: serviceRulesSchema.partial() });
const labelSchema = correctionSchema.extend(tenantSchema.shape);
const entriesSchema = tenantSchema.extend({ entries: faqSchema });

export async function readRules(ctx: FlowContext, query: unknown) {
  const { tenant } = await named(ctx, query);
  return { tenant: tenant.id, service: tenant.settings.service };
}

export async function setRules(
  ctx: FlowContext,
  body: unknown,
): Promise<{ service: ServiceRules }> {
  const { tenant, service } = parsePayload(rulesSchema, body);
  const one = await oneTenant(ctx, tenant);
  return { service: orThrow(await changeSettings(one, { service }, 'console')).settings.service };
}

export const listUncertain = async (
  ctx: FlowContext,
  query: unknown,
): Promise<{ items: Uncertain[] }> => ({ items: await leastCertain(await named(ctx, query)) });

export async function giveLabel(
  ctx: FlowContext,
  body: unknown,
): Promise<{ correction: Correction }> {
  const { tenant, ...given } = parsePayload(labelSchema, body);
  return { correction: await giveCorrection(await oneTenant(ctx, tenant), given, 'labelling') };
}

export async function listFaq(ctx: FlowContext, query: unknown): Promise<{ entries: FaqEntry[] }> {
  const { store, tenant } = await named(ctx, query);
  return { entries: await store.faq.all(tenant.id) };
}

export async function replaceFaq(ctx: FlowContext, body: unknown): Promise<ImportedFaq> {
  const { tenant, entries } = parsePayload(entriesSchema, body);
  return importFaq(await oneTenant(ctx, tenant), entries);
}

export async function takeTurn(ctx: FlowContext, body: unknown): Promise<ChatAnswer> {
  const given = parsePayload(chatSchema, body);
  return chat(await oneTenant(ctx, given.tenant), given);
}
