/** Assembles the repositories into the store port, over whichever driver is handed in. */
import type { Sql, SqlClient } from '../ports/sql.ts';
import type { Store } from '../ports/store.ts';
import { createActionRunStore } from './action-runs.ts';
import { createActivityStore, createNotNowStore } from './activities.ts';
import { createAuditStore } from './audit.ts';
import { createCertificateStore } from './certificates.ts';
import { createCorrectionStore } from './corrections.ts';
import { createErasureStore } from './erasures.ts';
import { createExposureStore } from './exposures.ts';
import { createChatStore, createFaqStore } from './faq.ts';
import { createFollowUpStore } from './follow-ups.ts';
import { createHistoryStore } from './history.ts';
import { createInboxStore } from './inbox.ts';
import { createJournalStore, createSeenStore } from './journals.ts';
import { createMarkStore } from './marks.ts';
import { createDriftStore, createModelStore } from './models.ts';
import { createNoticeStore } from './notices.ts';
import { createRecordStore } from './records.ts';
import { createRetentionStore } from './retention.ts';
import { createRunStore } from './runs.ts';
import { createCursorStore, createScoreStore } from './scores.ts';
import { createInstallStore, createSecretStore } from './secrets.ts';
import { createSegmentNameStore } from './segment-names.ts';
import { createTenantStore } from './tenants.ts';
import { createWriteStore } from './writes.ts';

const CHANGING_TABLES = [
  'records',
  'links',
  'marks',
  'inbox',
  'scores',
  'score_history',
  'written',
  'writes',
];

export function createStore(sql: Sql): Store {
  return {
    ...repositories(sql),
    transaction: (fn) => sql.transaction((tx) => fn(inTransaction(tx))),
    analyze: async () => {
      for (const table of CHANGING_TABLES) await sql.exec(`ANALYZE rapport.${table}`);
    },
    tidy: async () => {
      for (const table of CHANGING_TABLES) await sql.exec(`VACUUM ANALYZE rapport.${table}`);
    },
    ping: async () => {
      await sql.query('SELECT 1');
    },
  };
}

const repositories = (client: SqlClient) => ({
  tenants: createTenantStore(client),
  notices: createNoticeStore(client),
  secrets: createSecretStore(client),
  installs: createInstallStore(client),
  inbox: createInboxStore(client),
  journals: createJournalStore(client),
  seen: createSeenStore(client),
  marks: createMarkStore(client),
  records: createRecordStore(client),
  cursors: createCursorStore(client),
  certificates: createCertificateStore(client),
  models: createModelStore(client),
  drift: createDriftStore(client),
  scores: createScoreStore(client),
  history: createHistoryStore(client),
  segmentNames: createSegmentNameStore(client),
  audit: createAuditStore(client),
  writes: createWriteStore(client),
  runs: createRunStore(client),
  activities: createActivityStore(client),
  notNow: createNotNowStore(client),
  followUps: createFollowUpStore(client),
  corrections: createCorrectionStore(client),
  faq: createFaqStore(client),
  chats: createChatStore(client),
  actionRuns: createActionRunStore(client),
  exposures: createExposureStore(client),
  retention: createRetentionStore(client),
  erasures: createErasureStore(client),
});

/** A store inside a transaction: what would open another one joins this one instead. */
function inTransaction(tx: SqlClient): Store {
  const store: Store = {
    ...repositories(tx),
    transaction: (fn) => fn(store),
    // Not for the middle of a transaction, and never urgent.
    analyze: async () => {},
    tidy: async () => {},
    ping: async () => {
      await tx.query('SELECT 1');
    },
  };
  return store;
}
