/** One tenant's conversation with HubSpot, through the official client; its own limiter and retries stay off. */
import { Client } from '@hubspot/api-client';
import { RapportError } from '../../core/errors.ts';
import { recordId } from '../../core/ids.ts';
import type { Manifest } from '../../core/manifest.ts';
import { partsOf } from '../../core/parts.ts';
import type { CrmRecord, RecordKind, RecordRef } from '../../core/record.ts';
import type { Tenant } from '../../core/tenant.ts';
import type { HostSession, PropertyUpdate, RefusedUpdate } from '../../ports/host.ts';
import type { CallKind } from '../../ports/limiter.ts';
import type { Meter } from '../../ports/meter.ts';
import { createActivityCalls } from './activities.ts';
import { API_VERSION } from './api-version.ts';
import { type CallSize, createCallSize } from './call-size.ts';
import { changedSince } from './changed-since.ts';
import { fromClientError, hubspotError } from './errors.ts';
import {
  DEMOGRAPHIC_PROPERTIES,
  type HubSpotObject,
  type PortalTerms,
  toRecord,
} from './mapping.ts';
import { OBJECT_TYPES } from './object-types.ts';
import { ensureProperties } from './properties.ts';
import { ensureOptions, relabelOption } from './property-options.ts';
import { writeBatch } from './write-batch.ts';

const PAGE = 100;
const TIMEOUT_MS = 30_000;

export interface SessionOptions {
  readonly apiOrigin: string;
  readonly manifest: Manifest;
  readonly tenant: Tenant;
  readonly accessToken: (refused?: string) => Promise<string>;
  readonly pace: (kind: CallKind) => Promise<void>;
  readonly meter: Meter;
}

export function createSession(options: SessionOptions): HostSession {
  const { manifest, tenant } = options;
  let client: { token: string; api: Client } | undefined;

  async function call<T>(
    run: (client: Client) => Promise<T>,
    kind: CallKind = 'call',
    refused?: string,
  ): Promise<T> {
    await options.pace(kind);
    const token = await options.accessToken(refused);
    if (client?.token !== token)
      client = { token, api: new Client({ accessToken: token, basePath: options.apiOrigin }) };
    try {
      const answer = await withTimeout(run(client.api));
      // The client gives nothing for an empty body; no method that is called here answers with none.
      if (answer === undefined) throw hubspotError(0, 'an empty answer');
      options.meter.count('host_calls', { status: 'ok' });
      return answer;
    } catch (cause) {
      const error = fromClientError(cause);
      options.meter.count('host_calls', { status: error.code });
      // A token may end before its time; a second refusal, of a token just made, ends the grant.
      if (error.code === 'needs_reconnect' && refused === undefined) return call(run, kind, token);
      throw error;
    }
  }

  const callSizes = new Map<RecordKind, CallSize>();
  let terms: Promise<PortalTerms> | undefined;
  const portalTerms = () => {
    terms ??= readTerms(call, tenant).catch((error: unknown) => {
      terms = undefined;
      throw error;
    });
    return terms;
  };

  const reads = (kind: RecordKind): string[] => {
    const { reach, demographics } = tenant.settings;
    const own =
      kind === 'contact'
        ? [
            ...Object.values(reach.consentProperties),
            ...demographics.map((field) => DEMOGRAPHIC_PROPERTIES[field]),
          ]
        : [];
    return [...new Set([...manifest.objects[kind].reads, ...own])];
  };

  async function toRecords(
    kind: RecordKind,
    objects: readonly HubSpotObject[],
    linksOf: (id: string) => readonly RecordRef[],
  ): Promise<CrmRecord[]> {
    const known = await portalTerms();
    return objects.flatMap((o) => {
      try {
        return toRecord(kind, o, linksOf(o.id), known) ?? [];
      } catch {
        // One object in a form HubSpot never sends holds up no other.
        options.meter.count('records_failed', { kind });
        return [];
      }
    });
  }

  return {
    ...createActivityCalls(call),

    async completeAction(callbackId, outputFields) {
      await call(async (c) => {
        await c.automation.actions.callbacksApi.complete(callbackId, { outputFields });
        return true;
      });
    },

    ensureProperties: () => ensureProperties(manifest, tenant.settings, call),
    ensureOptions: (kind, property, options) => ensureOptions(kind, property, options, call),
    relabelOption: (kind, property, option) => relabelOption(kind, property, option, call),

    async list(kind, after) {
      const { plural, parents } = OBJECT_TYPES[kind];
      const page = await call(
        (c) =>
          c.crm.objects.basicApi.getPage(
            plural,
            PAGE,
            after ?? undefined,
            reads(kind),
            undefined,
            parents.length === 0 ? undefined : parents.map((p) => OBJECT_TYPES[p].plural),
            false,
          ),
        'bulk',
      );
      const links = new Map(
        page.results.map((o) => [
          o.id,
          parents.flatMap((parent) =>
            unique(
              o.associations?.[OBJECT_TYPES[parent].plural]?.results.map((r) => r.id) ?? [],
            ).map((id): RecordRef => ({ kind: parent, id: recordId(id) })),
          ),
        ]),
      );
      const records = await toRecords(kind, page.results, (id) => links.get(id) ?? []);
      return { records, after: page.paging?.next?.after ?? null };
    },

    async ids(kind, after) {
      const page = await call(
        (c) =>
          c.crm.objects.basicApi.getPage(OBJECT_TYPES[kind].plural, PAGE, after ?? undefined, [
            'hs_object_id',
          ]),
        'background',
      );
      return { ids: page.results.map((o) => o.id), after: page.paging?.next?.after ?? null };
    },

    async read(kind, ids) {
      if (ids.length === 0) return { records: [], gone: [] };
      const { plural, parents } = OBJECT_TYPES[kind];
      const objects: HubSpotObject[] = [];
      const links = new Map<string, RecordRef[]>();
      for (const chunk of partsOf(ids, PAGE)) {
        const inputs = chunk.map((id) => ({ id }));
        const answer = await call((c) =>
          c.crm.objects.batchApi.read(plural, {
            inputs,
            properties: reads(kind),
            propertiesWithHistory: [],
          }),
        );
        objects.push(...answer.results);
        for (const parent of parents) {
          const found = await call((c) =>
            c.crm.associations.v4.batchApi.getPage(plural, OBJECT_TYPES[parent].plural, { inputs }),
          );
          for (const row of found.results) {
            const refs = row.to.map(
              (t): RecordRef => ({ kind: parent, id: recordId(t.toObjectId) }),
            );
            links.set(row._from.id, [...(links.get(row._from.id) ?? []), ...refs]);
          }
        }
      }
      const present = new Set(objects.map((o) => o.id));
      return {
        records: await toRecords(kind, objects, (id) => links.get(id) ?? []),
        gone: ids.filter((id) => !present.has(id)),
      };
    },

    changedSince: (kind, since, after) => changedSince(kind, since, after, call),

    async count(kind) {
      const page = await call(
        (c) =>
          c.crm.objects.searchApi.doSearch(OBJECT_TYPES[kind].plural, {
            filterGroups: [],
            sorts: [],
            properties: [],
            limit: 1,
          }),
        'search',
      );
      return page.total;
    },

    async values(kind, ids, properties) {
      const held = new Map<string, Record<string, string>>();
      for (const chunk of partsOf(ids, PAGE)) {
        const answer = await call((c) =>
          c.crm.objects.batchApi.read(OBJECT_TYPES[kind].plural, {
            inputs: chunk.map((id) => ({ id })),
            properties: [...properties],
            propertiesWithHistory: [],
          }),
        );
        for (const { id, properties: found } of answer.results)
          held.set(
            id,
            Object.fromEntries(
              properties.flatMap((name) => (name in found ? [[name, found[name] ?? '']] : [])),
            ),
          );
      }
      return held;
    },

    async write(kind, updates: readonly PropertyUpdate[]) {
      const refused: RefusedUpdate[] = [];
      const unsent: string[] = [];
      const unusable = new Set<string>();
      const size = callSizes.get(kind) ?? createCallSize();
      callSizes.set(kind, size);
      for (const chunk of partsOf(updates, PAGE)) {
        const answer = await writeBatch(OBJECT_TYPES[kind].plural, chunk, call, size);
        refused.push(...answer.refused);
        unsent.push(...answer.unsent);
        for (const name of answer.unusable) unusable.add(name);
      }
      return { refused, unsent, unusable: [...unusable] };
    },

    async uninstall() {
      const path = `/appinstalls/${API_VERSION}/external-install`;
      await call(async (c) => {
        const response = await c.apiRequest({ method: 'DELETE', path });
        if (!response.ok) throw hubspotError(response.status, 'uninstall');
        return true;
      });
    },
  };
}

async function readTerms(
  call: <T>(run: (client: Client) => Promise<T>) => Promise<T>,
  tenant: Tenant,
): Promise<PortalTerms> {
  const stagesOf = async (plural: string) => {
    try {
      const pipelines = await call((c) => c.crm.pipelines.pipelinesApi.getAll(plural));
      return pipelines.results.flatMap((p) => p.stages);
    } catch (error) {
      // Without the right to read an object there is none of it whose stage would have to be known.
      if (error instanceof RapportError && error.code === 'missing_scope') return [];
      throw error;
    }
  };
  const deals = await stagesOf('deals');
  const tickets = await stagesOf('tickets');
  const dealStages = new Map<string, 'open' | 'won' | 'lost'>();
  for (const stage of deals) {
    if (stage.metadata?.['isClosed'] !== 'true') dealStages.set(stage.id, 'open');
    else dealStages.set(stage.id, Number(stage.metadata?.['probability']) > 0.5 ? 'won' : 'lost');
  }
  const closed = tickets.filter((stage) => stage.metadata?.['ticketState'] === 'CLOSED');
  return {
    dealStages,
    closedTicketStages: new Set(closed.map((stage) => stage.id)),
    consentProperties: tenant.settings.reach.consentProperties,
    demographics: tenant.settings.demographics,
  };
}

function withTimeout<T>(work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(hubspotError(0, 'timeout')), TIMEOUT_MS);
  });
  return Promise.race([work, timeout]).finally(() => clearTimeout(timer));
}

const unique = (ids: readonly string[]): string[] => [...new Set(ids)];
