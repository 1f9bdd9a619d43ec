/** What a process keeps in mind between jobs, so that it is neither read nor asked twice. Lost without harm. */
import type { PortalModels } from '../models/portal-models.ts';
import type { TextModels } from '../models/text-models.ts';

export interface BegunTexts {
  /** Hash of the texts. */
  readonly of: string;
  /** `undefined` when the fit failed. */
  readonly fitted: Promise<TextModels | null | undefined>;
}

export interface Memory {
  /** Parsed models by tenant and version, the oldest first. */
  readonly models: Map<string, PortalModels>;
  /** The CRM's own counts of contacts, with the time of asking. */
  readonly crmCounts: Map<string, { readonly at: number; readonly count: number | null }>;
  /** Text models whose fit began before the training, by tenant. */
  readonly texts: Map<string, BegunTexts>;
}

export const createMemory = (): Memory => ({
  models: new Map(),
  crmCounts: new Map(),
  texts: new Map(),
});
