/** A flow's ports over a real store, with a fake CRM, clock and recording log, meter and queue. */
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { type Manifest, manifestSchema } from '../../src/core/manifest.ts';
import type { Tenant } from '../../src/core/tenant.ts';
import type { FlowContext, TenantContext } from '../../src/flows/context.ts';
import { createMemory } from '../../src/flows/memory.ts';
import { createVault, generateKey } from '../../src/platform/vault.ts';
import type { Store } from '../../src/ports/store.ts';
import { translate } from '../../webhooks/hubspot/translate.ts';
import { createFakeClock, type FakeClock } from './fake-clock.ts';
import { createFakeHost, type FakeHost } from './fake-host.ts';
import { createNotingQueue, createRecordingLog, createRecordingMeter } from './recorders.ts';

export const manifest: Manifest = manifestSchema.parse(
  JSON.parse(readFileSync(resolve(import.meta.dirname, '../../manifest.json'), 'utf8')),
);

export interface Rig extends FlowContext {
  readonly clock: FakeClock;
  readonly queue: ReturnType<typeof createNotingQueue>;
  readonly log: ReturnType<typeof createRecordingLog>;
  readonly crm: FakeHost;
}

export function createRig(store: Store): Rig {
  const crm = createFakeHost();
  return {
    store,
    crm,
    queue: createNotingQueue(),
    limiter: { acquire: async () => {}, pause: async () => {}, forget: async () => {} },
    vault: createVault([generateKey()]),
    clock: createFakeClock(),
    log: createRecordingLog(),
    meter: createRecordingMeter(),
    manifest,
    hosts: { hubspot: crm },
    // Loaded when it is needed: the models bring their dictionaries.
    train: async (order) => (await import('../../src/models/training.ts')).runTraining(order),
    fitTexts: async (order) => (await import('../../src/models/training.ts')).fitTexts(order),
    memory: createMemory(),
    translators: { hubspot: translate, sandbox: translate },
    phrase: null,
    onProgress: () => {},
  };
}

export const forTenantOf = (
  rig: Rig,
  tenant: Tenant,
  signal: AbortSignal = new AbortController().signal,
): TenantContext => ({
  ...rig,
  tenant,
  signal,
  session: rig.crm.connect(
    tenant,
    async () => 'token',
    async () => {},
  ),
});
