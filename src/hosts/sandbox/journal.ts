/** The sandbox's webhooks journal: what changed, in order, for an app that asks instead of being told. */
import { randomUUID } from 'node:crypto';
import type { Clock } from '../../ports/clock.ts';
import type { Sql, SqlClient } from '../../ports/sql.ts';
import type { Change } from './events.ts';
import { plainJson } from './plain-text.ts';
import type { Identity, Knobs } from './settings.ts';

export interface JournalSubscription {
  readonly subscriptionType: string;
  readonly portalId?: number;
  readonly objectTypeId?: string;
  readonly eventTypeId?: string;
  readonly actions?: readonly string[];
  readonly properties?: readonly string[];
  readonly associatedObjectTypeIds?: readonly string[];
}

export interface JournalFile {
  readonly offset: string;
  readonly publishedAt: string;
  readonly journalEvents: readonly unknown[];
}

export interface PublishedFile {
  readonly offset: string;
  readonly fileKey: string;
}

export interface Journal {
  /** Publishes what is subscribed of `changes`, in the caller's transaction. */
  record(tx: SqlClient, changes: readonly Change[], at: Date): Promise<void>;
  /** Publishes that the account took the app out. */
  recordUninstall(): Promise<void>;
  subscriptions(): Promise<readonly (JournalSubscription & { id: number; createdAt: Date })[]>;
  subscribe(subscription: JournalSubscription): Promise<void>;
  unsubscribe(portalId: number): Promise<void>;
  earliest(): Promise<PublishedFile | undefined>;
  latest(): Promise<PublishedFile | undefined>;
  /** `unknown` for an offset that is not kept. */
  after(offset: string): Promise<PublishedFile | undefined | 'unknown'>;
  file(fileKey: string): Promise<JournalFile | undefined>;
}

const UNINSTALLED = '4-1916193';
const ACTIONS = {
  creation: 'CREATE',
  propertyChange: 'UPDATE',
  deletion: 'DELETE',
  restore: 'RESTORE',
  merge: 'MERGE',
} as const;

export function createJournal(
  sql: Sql,
  clock: Clock,
  { portalId }: Identity,
  knobs: () => Knobs,
): Journal {
  const subscribed = (client: SqlClient) =>
    client.query<{ id: number; body: JournalSubscription; created_at: Date }>(
      'select id, body, created_at from sandbox.journal_subscriptions order by id',
    );

  async function publish(tx: SqlClient, events: readonly unknown[], at: Date): Promise<void> {
    if (events.length === 0) return;
    // Whoever reads on after an offset must not find an earlier one published later.
    await tx.query('lock table sandbox.journal in exclusive mode');
    await tx.query(
      `insert into sandbox.journal (journal_offset, file_key, published_at, events)
       values ($1, $2, $3, $4::jsonb)`,
      [randomUUID(), randomUUID(), at, plainJson(events)],
    );
  }

  async function one(where: string, params: unknown[] = []): Promise<PublishedFile | undefined> {
    const keptSince = new Date(clock.now().getTime() - knobs().journalKeepMinutes * 60_000);
    await sql.query('delete from sandbox.journal where published_at < $1', [keptSince]);
    const rows = await sql.query<{ journal_offset: string; file_key: string }>(
      `select journal_offset, file_key from sandbox.journal ${where} limit 1`,
      params,
    );
    const [row] = rows;
    return row === undefined ? undefined : { offset: row.journal_offset, fileKey: row.file_key };
  }

  return {
    async record(tx, changes, at) {
      const wanted = (await subscribed(tx)).map((row) => row.body);
      if (wanted.length > 0) await publish(tx, entries(changes, wanted, portalId, at), at);
    },
    async recordUninstall() {
      const wanted = (await subscribed(sql)).some((row) => row.body.eventTypeId === UNINSTALLED);
      if (!wanted) return;
      const at = clock.now();
      const event = {
        type: 'app_lifecycle_event',
        portalId,
        occurredAt: at.toISOString(),
        action: 'APP_UNINSTALL',
        eventTypeId: UNINSTALLED,
      };
      await sql.transaction((tx) => publish(tx, [event], at));
    },
    subscriptions: async () =>
      (await subscribed(sql)).map(({ id, body, created_at: createdAt }) => ({
        ...body,
        id,
        createdAt,
      })),
    async subscribe(subscription) {
      await sql.transaction(async (tx) => {
        await tx.query(
          `delete from sandbox.journal_subscriptions
            where body->>'subscriptionType' = $1 and body->'portalId' is not distinct from $2::jsonb
              and body->>'objectTypeId' is not distinct from $3
              and body->>'eventTypeId' is not distinct from $4`,
          [
            subscription.subscriptionType,
            subscription.portalId === undefined ? null : String(subscription.portalId),
            subscription.objectTypeId ?? null,
            subscription.eventTypeId ?? null,
          ],
        );
        await tx.query(
          'insert into sandbox.journal_subscriptions (body, created_at) values ($1::jsonb, $2)',
          [plainJson(subscription), clock.now()],
        );
      });
    },
    async unsubscribe(portal) {
      await sql.query(
        `delete from sandbox.journal_subscriptions where body->'portalId' = to_jsonb($1::bigint)`,
        [portal],
      );
    },
    earliest: () => one('order by seq'),
    latest: () => one('order by seq desc'),
    async after(offset) {
      const known = await one('where journal_offset = $1', [offset]);
      if (known === undefined) return 'unknown';
      return one(
        'where seq > (select seq from sandbox.journal where journal_offset = $1) order by seq',
        [offset],
      );
    },
    async file(fileKey) {
      const rows = await sql.query<{
        journal_offset: string;
        published_at: Date;
        events: unknown[];
      }>('select journal_offset, published_at, events from sandbox.journal where file_key = $1', [
        fileKey,
      ]);
      return rows.map((row) => ({
        offset: row.journal_offset,
        publishedAt: row.published_at.toISOString(),
        journalEvents: row.events,
      }))[0];
    },
  };
}

/** Changed properties of one record are one entry. */
function entries(
  changes: readonly Change[],
  wanted: readonly JournalSubscription[],
  portalId: number,
  at: Date,
): unknown[] {
  const common = { portalId, occurredAt: at.toISOString() };
  const updates = new Map<string, { propertyChanges: Record<string, string | null> }>();
  return changes.flatMap((change): unknown[] => {
    if (change.kind === 'associationChange') {
      const action = change.removed ? 'ASSOCIATION_REMOVED' : 'ASSOCIATION_ADDED';
      const [from, to] = [change.from.typeId, change.to.typeId];
      const told = wanted.some(
        (s) =>
          s.subscriptionType === 'ASSOCIATION' &&
          s.objectTypeId === from &&
          s.actions?.includes(action) &&
          s.associatedObjectTypeIds?.includes(to),
      );
      const ends = {
        objectTypeId: from,
        objectId: change.fromId,
        associatedObjectTypeId: to,
        associatedObjectId: change.toId,
      };
      return told ? [{ type: 'association', ...common, action, ...ends }] : [];
    }
    const objectTypeId = change.type.typeId;
    if (change.kind === 'privacyDeletion') {
      const told = wanted.some(
        (s) => s.subscriptionType === 'GDPR_PRIVACY_DELETION' && s.objectTypeId === objectTypeId,
      );
      const entry = { action: 'GDPR_DELETE', objectTypeId, objectId: change.id };
      return told ? [{ type: 'gdpr_privacy_deletion', ...common, ...entry }] : [];
    }
    const action = ACTIONS[change.kind];
    const told = wanted.some(
      (s) =>
        s.subscriptionType === 'OBJECT' &&
        s.objectTypeId === objectTypeId &&
        s.actions?.includes(action) &&
        (change.kind !== 'propertyChange' || s.properties?.includes(change.name)),
    );
    if (!told) return [];
    const entry = { type: 'object', ...common, action, objectTypeId };
    if (change.kind === 'merge')
      return [
        {
          ...entry,
          objectId: change.newId,
          primaryObjectId: change.primaryId,
          mergedObjectIds: change.mergedIds,
          newObjectId: change.newId,
        },
      ];
    if (change.kind !== 'propertyChange') return [{ ...entry, objectId: change.id }];
    const key = `${objectTypeId} ${change.id}`;
    const known = updates.get(key);
    if (known !== undefined) {
      known.propertyChanges[change.name] = change.value;
      return [];
    }
    const update = {
      ...entry,
      objectId: change.id,
      propertyChanges: { [change.name]: change.value },
    };
    updates.set(key, update);
    return [update];
  });
}
