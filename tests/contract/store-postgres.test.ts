/** The store batteries on PostgreSQL, each in a database of its own, and what only side by side can go wrong. */
import { expect, test } from 'vitest';
import { newTenantId } from '../support/builders.ts';
import { openPostgres, withService } from '../support/databases.ts';
import { accountStoreContract } from './account-store.contract.ts';
import { activityStoreContract } from './activity-store.contract.ts';
import { exposuresContract } from './exposures.contract.ts';
import { peopleStoreContract } from './people-store.contract.ts';
import { retentionContract } from './retention.contract.ts';
import { serviceStoreContract } from './service-store.contract.ts';
import { storeContract } from './store.contract.ts';

withService('PostgreSQL', 'store on PostgreSQL', (server) =>
  storeContract(() => openPostgres(server)),
);
withService('PostgreSQL', 'account store on PostgreSQL', (server) =>
  accountStoreContract(() => openPostgres(server)),
);
withService('PostgreSQL', 'service store on PostgreSQL', (server) =>
  serviceStoreContract(() => openPostgres(server)),
);
withService('PostgreSQL', 'activity store on PostgreSQL', (server) =>
  activityStoreContract(() => openPostgres(server)),
);
withService('PostgreSQL', 'exposures on PostgreSQL', (server) =>
  exposuresContract(() => openPostgres(server)),
);
withService('PostgreSQL', 'people store on PostgreSQL', (server) =>
  peopleStoreContract(() => openPostgres(server)),
);
withService('PostgreSQL', 'retention on PostgreSQL', (server) =>
  retentionContract(() => openPostgres(server)),
);

withService('PostgreSQL', 'writes claimed while others are planned, on PostgreSQL', (server) => {
  test('F30 a claim neither waits for a record that is planned anew, nor takes it', async () => {
    const { store, close } = await openPostgres(server);
    try {
      const id = newTenantId();
      const at = new Date('2026-01-01T00:00:00Z');
      const plan = (record: string, value: string) => ({
        kind: 'contact' as const,
        id: record,
        changes: { rapport_segment: { old: null, new: value } },
        modelVersion: 'v',
        eventAt: null,
      });
      const claimed = async () =>
        (await store.writes.claim(id, 'contact', 9, true)).map((w) => [
          w.id,
          w.changes['rapport_segment']?.new,
        ]);
      await store.writes.plan(id, 1, [plan('1', 'a'), plan('2', 'a')], at);
      await store.transaction(async (tx) => {
        await tx.writes.plan(id, 2, [plan('1', 'b')], at);
        expect(await claimed()).toEqual([['2', 'a']]);
      });
      expect(await claimed()).toContainEqual(['1', 'b']);
    } finally {
      await close();
    }
  });
});
