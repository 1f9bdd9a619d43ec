/** The foreign CRM: a small truth that tests change by hand, with a log of each call and scripted failures. */
import type { NewActivity } from '../../src/core/activity.ts';
import { RapportError } from '../../src/core/errors.ts';
import type { CrmRecord, RecordKind } from '../../src/core/record.ts';
import type { Account, Host, HostSession, PropertyUpdate, Tokens } from '../../src/ports/host.ts';
import { AT, later } from './builders.ts';

export interface FakeHost extends Host {
  /** What the CRM holds now, by `kind id`. */
  readonly truth: Map<string, CrmRecord>;
  /** Values written to it, by `kind id`. */
  readonly held: Map<string, Record<string, string | null>>;
  /** Options added to enumerations, by `kind property`. */
  readonly options: Map<string, ReadonlySet<string>>;
  /** Tasks and notes made in it, by id. */
  readonly activities: Map<string, NewActivity>;
  readonly calls: string[];
  /** What waiting executions were told, by callback id. */
  readonly completed: Map<string, Readonly<Record<string, string>>>;
  put(...records: readonly CrmRecord[]): void;
  drop(kind: RecordKind, id: string): void;
  /** Runs before each session call; throw to fail it. */
  before: (call: string) => Promise<void> | void;
  /** Records per page of `list`; 2 unless a test says otherwise. */
  pageSize: number;
  /** Record id → reason of refusal. */
  readonly refuses: Map<string, string>;
  /** Records that a call of `write` judges; the rest stays unsent. */
  judges: number;
  tokens: () => Promise<Tokens>;
  account: (token: string) => Promise<Account>;
}

export function createFakeHost(): FakeHost {
  const byNumber = (a: CrmRecord, b: CrmRecord) =>
    a.id.length - b.id.length || (a.id < b.id ? -1 : 1);
  const of = (kind: RecordKind) =>
    [...host.truth.values()].filter((r) => r.kind === kind).sort(byNumber);
  const enter = async (call: string) => {
    host.calls.push(call);
    await host.before(call);
  };
  const session: HostSession = {
    async completeAction(callbackId, outputFields) {
      await enter(`completeAction ${callbackId}`);
      host.completed.set(callbackId, outputFields);
    },
    async ensureProperties() {
      await enter('ensureProperties');
      return { created: [], patched: [], noRoom: [], refused: [] };
    },
    async ensureOptions(kind, property, options) {
      await enter(`ensureOptions ${kind} ${property}`);
      const known = host.options.get(`${kind} ${property}`) ?? new Set();
      const added = options.filter(({ value }) => !known.has(value));
      host.options.set(
        `${kind} ${property}`,
        new Set([...known, ...added.map(({ value }) => value)]),
      );
      return added.length;
    },
    async relabelOption(kind, property, { value, from, to }) {
      await enter(`relabelOption ${kind} ${property} ${value}: ${from} > ${to}`);
      return true;
    },
    async list(kind, after) {
      await enter(`list ${kind} ${after ?? ''}`.trim());
      const all = of(kind);
      const from = after === null ? 0 : all.findIndex((r) => r.id === after) + 1;
      const records = all.slice(from, from + host.pageSize);
      const last = records.at(-1);
      return {
        records,
        after: last === undefined || from + host.pageSize >= all.length ? null : last.id,
      };
    },
    async ids(kind, after) {
      await enter(`ids ${kind} ${after ?? ''}`.trim());
      const rest = of(kind)
        .map((r) => r.id as string)
        .filter((id) => after === null || Number(id) > Number(after));
      const ids = rest.slice(0, host.pageSize);
      return { ids, after: rest.length > ids.length ? (ids.at(-1) ?? null) : null };
    },
    async read(kind, ids) {
      await enter(`read ${kind} ${ids.join(',')}`);
      const records = ids.flatMap((id) => host.truth.get(`${kind} ${id}`) ?? []);
      return { records, gone: ids.filter((id) => !host.truth.has(`${kind} ${id}`)) };
    },
    async changedSince(kind, since) {
      await enter(`changedSince ${kind}`);
      const changes = of(kind).filter((r) => r.updatedAt >= since);
      return { changes: changes.map(({ id, updatedAt }) => ({ id, updatedAt })), after: null };
    },
    async count(kind) {
      await enter(`count ${kind}`);
      return of(kind).length;
    },
    async values(kind, ids, properties) {
      await enter(`values ${kind} ${ids.join(',')}`);
      return new Map(
        ids.flatMap((id) => {
          const held = host.held.get(`${kind} ${id}`);
          return held === undefined
            ? []
            : [[id, Object.fromEntries(properties.map((p) => [p, held[p] ?? '']))] as const];
        }),
      );
    },
    async write(kind, asked: readonly PropertyUpdate[]) {
      await enter(`write ${kind} ${asked.map((u) => u.id).join(',')}`);
      const updates = asked.slice(0, host.judges);
      const refused = updates.flatMap(({ id }) => {
        const reason = host.refuses.get(id);
        return reason === undefined ? [] : [{ id, reason }];
      });
      for (const { id, values } of updates)
        if (!host.refuses.has(id))
          host.held.set(`${kind} ${id}`, { ...host.held.get(`${kind} ${id}`), ...values });
      return { refused, unsent: asked.slice(host.judges).map((u) => u.id), unusable: [] };
    },
    async uninstall() {
      await enter('uninstall');
    },
    createTask: (task) => make(task),
    createNote: (note) => make(note),
    async findActivity(activity) {
      await enter(`findActivity ${activity.kind}`);
      const found = [...host.activities].find(
        ([, a]) =>
          a.kind === activity.kind &&
          a.subject === activity.subject &&
          a.about[0]?.id === activity.about[0]?.id &&
          a.at.getTime() === activity.at.getTime(),
      );
      return found?.[0] ?? null;
    },
    async hasActivity(id, activity) {
      await enter(`hasActivity ${id}`);
      const held = host.activities.get(id);
      return held?.subject === activity.subject && held.body === activity.body;
    },
    async removeActivity(kind, id) {
      await enter(`removeActivity ${kind} ${id}`);
      host.activities.delete(id);
    },
  };
  async function make(activity: NewActivity): Promise<string> {
    await enter(`create ${activity.kind}`);
    const reason = host.refuses.get(activity.subject);
    if (reason !== undefined) throw new RapportError('host_rejected', reason);
    const id = String(9000 + host.activities.size);
    host.activities.set(id, activity);
    return id;
  }
  const host: FakeHost = {
    truth: new Map(),
    held: new Map(),
    activities: new Map(),
    options: new Map(),
    calls: [],
    completed: new Map(),
    refuses: new Map(),
    judges: Number.POSITIVE_INFINITY,
    pageSize: 2,
    before: () => {},
    put: (...records) => {
      for (const record of records) host.truth.set(`${record.kind} ${record.id}`, record);
    },
    drop: (kind, id) => void host.truth.delete(`${kind} ${id}`),
    tokens: async () => ({
      accessToken: 'a-1',
      refreshToken: 'r-1',
      expiresAt: later(1e12),
      scopes: null,
    }),
    authorizeUrl: (redirectUri, state) =>
      `https://crm.example.test/authorize?${new URLSearchParams({ redirect_uri: redirectUri, state })}`,
    exchangeCode: () => host.tokens(),
    refresh: () => host.tokens(),
    introspect: async () => ({
      accountId: '7777',
      scopes: null,
      user: 'ana@example.test',
    }),
    account: async () => ({
      accountId: '7777',
      name: 'Example Ltd',
      currency: 'EUR',
      timeZone: 'Europe/Berlin',
    }),
    journal: null,
    recordUrl: (accountId, kind, id) => `https://crm.test/${accountId}/${kind}/${id}`,
    connect: () => session,
  };
  return host;
}

export const fixedTokens = (n: number, expiresAt: Date = later(3_600_000, AT)): Tokens => ({
  accessToken: `access-${n}`,
  refreshToken: `refresh-${n}`,
  expiresAt,
  scopes: null,
});
