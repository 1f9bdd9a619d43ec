/** One contact scored anew in a stored portal: from its mark to the journal, facts read from the database. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { composeApp, openParts } from '../../src/app/compose.ts';
import { readConfig } from '../../src/app/config.ts';
import { createClosers } from '../../src/app/shutdown.ts';
import { tenantId } from '../../src/core/ids.ts';
import { DEFAULT_SETTINGS, type Tenant } from '../../src/core/tenant.ts';
import type { TenantContext } from '../../src/flows/context.ts';
import { score } from '../../src/flows/score.ts';
import { type PortalModels, serializeModels } from '../../src/models/portal-models.ts';
import type { DemoFacts } from '../unit/models/demo-facts.ts';

const NOW = new Date('2026-06-01T12:00:00Z');
const ROUNDS = 50;

export interface Spread {
  readonly n: number;
  readonly median: number;
  readonly p95: number;
}

export async function rescoreOne(demo: DemoFacts, models: PortalModels): Promise<Spread> {
  const dataDir = await mkdtemp(join(tmpdir(), 'rapport-rescore-'));
  const closers = createClosers();
  try {
    const config = readConfig({}, { RAPPORT_DATA_DIR: dataDir, RAPPORT_LOG_LEVEL: 'error' });
    const app = composeApp(config, await openParts(config, closers), undefined, () => {}).ctx;
    const { store } = app;
    const of: Tenant = {
      id: tenantId('hubspot', '1'),
      host: 'hubspot',
      accountId: '1',
      name: 'Bench',
      state: 'ready',
      currency: 'EUR',
      timeZone: 'UTC',
      settings: DEFAULT_SETTINGS,
      lastEventAt: null,
      lastError: null,
    };
    await store.tenants.upsert(of, NOW);
    for (const f of demo.facts)
      await store.records.put(of.id, [
        f.contact,
        ...f.interactions,
        ...f.deals,
        ...f.lineItems,
        ...f.tickets,
        ...f.feedback,
      ]);
    await store.models.put(of.id, {
      version: models.version,
      trainedAt: NOW,
      artefact: serializeModels(models),
      report: {},
      query: {
        asOf: NOW.toISOString(),
        seed: 1,
        rules: of.settings.reach,
        filters: ['do_not_score'],
        settingsHash: '',
        factsHash: '',
      },
      verdict: {
        promoted: true,
        reason: 'first',
        cause: 'first',
        against: null,
        cutAt: null,
        parts: [],
      },
    });
    await store.models.promote(of.id, models.version, NOW);
    await store.tidy();
    const ctx: TenantContext = {
      ...app,
      clock: { now: () => NOW },
      tenant: of,
      // Scoring reads the store alone.
      session: undefined as never,
      signal: new AbortController().signal,
    };
    const runId = await store.runs.start(of.id, 'drain', NOW);
    const times: number[] = [];
    // The first rounds warm up.
    for (let round = -10; round < ROUNDS; round++) {
      const person = demo.facts[(round + 10) * 7]?.contact;
      if (person === undefined) break;
      const mark = { kind: 'contact', id: person.id, change: 'changed', eventAt: null } as const;
      await store.marks.raise(of.id, 'score', [mark], NOW);
      const begun = performance.now();
      await score(ctx, runId);
      if (round >= 0) times.push(performance.now() - begun);
    }
    times.sort((a, b) => a - b);
    const at = (share: number): number => times[Math.floor(share * times.length)] ?? Number.NaN;
    return { n: times.length, median: at(0.5), p95: at(0.95) };
  } finally {
    await closers.closeAll();
    await rm(dataDir, { recursive: true, force: true });
  }
}
