/** Durable memory, grouped by aggregate. Every method is about one tenant unless it says otherwise. */
import type { ActivityStore, NotNowStore } from './activity-store.ts';
import type { ErasureStore } from './erasure-store.ts';
import type { DriftStore, ModelStore, SegmentNameStore } from './model-store.ts';
import type { RetentionStore } from './retention-store.ts';
import type { ExposureStore, HistoryStore, ScoreStore } from './score-store.ts';
import type { ChatStore, CorrectionStore, FaqStore, FollowUpStore } from './service-store.ts';
import type {
  CertificateStore,
  CursorStore,
  InboxStore,
  JournalStore,
  MarkStore,
  RecordStore,
  SeenStore,
} from './sync-store.ts';
import type {
  AuditStore,
  InstallStore,
  NoticeStore,
  SecretStore,
  TenantStore,
} from './tenant-store.ts';
import type { ActionRunStore, RunStore, WriteStore } from './write-store.ts';

export interface Store {
  readonly tenants: TenantStore;
  readonly notices: NoticeStore;
  readonly secrets: SecretStore;
  readonly installs: InstallStore;
  readonly inbox: InboxStore;
  readonly journals: JournalStore;
  readonly seen: SeenStore;
  readonly marks: MarkStore;
  readonly records: RecordStore;
  readonly cursors: CursorStore;
  readonly certificates: CertificateStore;
  readonly models: ModelStore;
  readonly drift: DriftStore;
  readonly scores: ScoreStore;
  readonly history: HistoryStore;
  readonly segmentNames: SegmentNameStore;
  readonly audit: AuditStore;
  readonly writes: WriteStore;
  readonly runs: RunStore;
  readonly activities: ActivityStore;
  readonly notNow: NotNowStore;
  readonly followUps: FollowUpStore;
  readonly corrections: CorrectionStore;
  readonly faq: FaqStore;
  readonly chats: ChatStore;
  readonly actionRuns: ActionRunStore;
  readonly exposures: ExposureStore;
  readonly retention: RetentionStore;
  readonly erasures: ErasureStore;
  /** Runs `fn` with a store whose every call is part of one transaction. Not nestable. */
  transaction<T>(fn: (store: Store) => Promise<T>): Promise<T>;
  /** Refreshes the planner's statistics, after many rows are new and none is dead. */
  analyze(): Promise<void>;
  /** Refreshes the planner's statistics and frees dead rows; the embedded engine never does so by itself. */
  tidy(): Promise<void>;
  /** Resolves when the database answers. */
  ping(): Promise<void>;
}
