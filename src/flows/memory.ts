/** What a process keeps in mind between jobs, so that it is neither read nor asked twice. Lost without harm. */
import type { PortalModels } from '../models/portal-models.ts';

export interface Memory {
  /** Parsed models by tenant and version, the oldest first. */
  readonly models: Map<string, PortalModels>;
  /** The CRM's own counts of contacts, with the time of asking. */
  readonly crmCounts: Map<string, { readonly at: number; readonly count: number | null }>;
}

export const createMemory = (): Memory => ({ models: new Map(), crmCounts: new Map() });
