/**
 * The sandbox's own controls, which HubSpot does not have:
 * `PUT /sandbox/app` registers the app as a project upload would, `GET|PUT /sandbox/knobs` makes the
 * sandbox misbehave, `GET|DELETE /sandbox/calls` tells how hard it was called, `POST /sandbox/restore`
 * brings a deleted record back as a person would from the recycle bin. Private token only.
 */
import type { Sql } from '../../ports/sql.ts';
import type { ApiRoute, Call } from './api.ts';
import { invalid, missingScopes } from './api-error.ts';
import type { CallLimits } from './call-limits.ts';
import { parseIds } from './object-store.ts';
import { findObjectType } from './object-types.ts';
import { typeNamed } from './request-parts.ts';
import { DEFAULT_KNOBS, type Knobs, readApp, type Subscription, writeSetting } from './settings.ts';
import type { Writes } from './writes.ts';

export interface ControlParts {
  readonly sql: Sql;
  readonly limits: CallLimits;
  readonly writes: Writes;
  readonly knobs: () => Knobs;
  readonly setKnobs: (knobs: Knobs) => Promise<void>;
}

const EVENTS = ['creation', 'deletion', 'merge', 'restore', 'propertyChange', 'associationChange'];
const NOT_SUBSCRIBABLE = new Set([
  'hs_email_html',
  'hs_email_subject',
  'hs_communication_body',
  'hs_lastmodifieddate',
  'lastmodifieddate',
  'num_unique_conversion_events',
]);
const MAX_SUBSCRIPTIONS = 1_000;
const MAX_KNOB = 3_600_000;

export function controlRoutes({
  sql,
  limits,
  writes,
  knobs,
  setKnobs,
}: ControlParts): readonly ApiRoute[] {
  return [
    {
      method: 'get',
      path: '/sandbox/app',
      request: undefined,
      replies: {},
      handle: owner(async () => ({ status: 200, body: await readApp(sql) })),
    },
    {
      method: 'put',
      path: '/sandbox/app',
      request: 'own.App',
      replies: {},
      handle: owner(async (call) => {
        const body = call.body as {
          targetUrl: string | null;
          redirectUrls: string[];
          scopes: string[];
          subscriptions: Subscription[];
        };
        for (const url of [
          ...body.redirectUrls,
          ...(body.targetUrl === null ? [] : [body.targetUrl]),
        ]) {
          if (!URL.canParse(url)) throw invalid(`${url.slice(0, 200)} is no URL.`);
        }
        if (body.subscriptions.length > MAX_SUBSCRIPTIONS)
          throw invalid('At most 1000 subscriptions are allowed.');
        for (const subscription of body.subscriptions) checkSubscription(subscription);
        await writeSetting(sql, 'app', body);
        return { status: 200, body };
      }),
    },
    {
      method: 'get',
      path: '/sandbox/knobs',
      replies: {},
      handle: owner(async () => ({ status: 200, body: knobs() })),
    },
    {
      method: 'put',
      path: '/sandbox/knobs',
      request: 'own.Knobs',
      replies: {},
      handle: owner(async (call) => {
        const wanted = { ...DEFAULT_KNOBS, ...(call.body as Partial<Knobs>) };
        for (const [name, value] of Object.entries(wanted)) {
          const most = /^rate|Duplicate$|Reorder$|Drop$/.test(name) ? 1 : MAX_KNOB;
          if (value < 0 || value > most) throw invalid(`${name} must be between 0 and ${most}.`);
        }
        if (wanted.clockSpeed === 0) throw invalid('clockSpeed must be positive.');
        await setKnobs(wanted);
        return { status: 200, body: wanted };
      }),
    },
    {
      method: 'get',
      path: '/sandbox/calls',
      replies: {},
      handle: owner(async () => ({ status: 200, body: limits.counts() })),
    },
    {
      method: 'delete',
      path: '/sandbox/calls',
      replies: {},
      handle: owner(async () => {
        limits.reset();
        return { status: 204 };
      }),
    },
    {
      method: 'post',
      path: '/sandbox/restore',
      request: 'own.Restore',
      replies: {},
      handle: owner(async (call) => {
        const { objectType, ids } = call.body as { objectType: string; ids: string[] };
        const restored = await writes.restore(typeNamed(objectType), parseIds(ids), {
          ...call.actor,
          changeSource: 'CRM_UI',
        });
        return { status: 200, body: { restored: restored.map(String) } };
      }),
    },
  ].map(({ request, ...route }) => ({
    ...route,
    method: route.method as ApiRoute['method'],
    uncounted: true,
    ...(request === undefined ? {} : { request }),
  }));
}

/** An installed app cannot turn the sandbox's knobs. */
function owner(handle: ApiRoute['handle']): ApiRoute['handle'] {
  return async (call: Call) => {
    if (call.caller.kind !== 'private') throw missingScopes(['the private token']);
    return handle(call);
  };
}

function checkSubscription({ subscriptionType, objectType, propertyName }: Subscription): void {
  if (subscriptionType === 'contact.privacyDeletion') return;
  const [prefix, event] = subscriptionType.split('.', 2);
  if (prefix !== 'object' || event === undefined || !EVENTS.includes(event)) {
    throw invalid(`There is no subscription type ${subscriptionType.slice(0, 100)}.`);
  }
  if (objectType === undefined || findObjectType(objectType) === undefined) {
    throw invalid(`There is no object type ${String(objectType).slice(0, 100)}.`);
  }
  if ((event === 'propertyChange') !== (propertyName !== undefined)) {
    throw invalid('A propertyName belongs to propertyChange subscriptions, and only to them.');
  }
  if (propertyName !== undefined && NOT_SUBSCRIBABLE.has(propertyName)) {
    throw invalid(`Changes of ${propertyName} cannot be subscribed to.`);
  }
}
