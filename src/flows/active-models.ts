/** The fitted models that give a tenant's scores. */
import { RapportError } from '../core/errors.ts';
import { type PortalModels, parseModels } from '../models/portal-models.ts';
import type { TenantContext } from './context.ts';

const REMEMBERED = 16;

/**
 * The champion; parsed once per version and process. `null` before the first training, and for
 * models an older release stored, which the next training replaces.
 */
export async function activeModels({
  store,
  tenant,
  memory,
  log,
}: Pick<TenantContext, 'store' | 'tenant' | 'memory' | 'log'>): Promise<PortalModels | null> {
  const version = await store.models.championVersion(tenant.id);
  if (version === null) return null;
  const key = `${tenant.id} ${version}`;
  const known = memory.models.get(key);
  if (known !== undefined) return known;
  const row = await store.models.get(tenant.id, version);
  if (row === null) return null;
  try {
    const models = parseModels(row.artefact);
    if (memory.models.size >= REMEMBERED)
      memory.models.delete(memory.models.keys().next().value ?? '');
    memory.models.set(key, models);
    return models;
  } catch (error) {
    if (!(error instanceof RapportError)) throw error;
    log.warn('stored models cannot be read', { code: error.message });
    return null;
  }
}
