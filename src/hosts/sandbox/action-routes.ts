/**
 * Workflow actions: `POST …/callbacks/{id}/complete` as HubSpot has it, and the sandbox's own
 * `POST /sandbox/actions/{name}`, which runs an action as a workflow would, `GET /sandbox/actions/{id}`,
 * which tells how an execution stands, and `POST /sandbox/actions/options/{list}`.
 */
import { randomUUID } from 'node:crypto';
import type { Sql } from '../../ports/sql.ts';
import type { ApiRoute, Call } from './api.ts';
import { invalid, missingScopes, objectNotFound } from './api-error.ts';
import { type Identity, readApp, readSetting, writeSetting } from './settings.ts';
import { actionHeaders } from './signature.ts';

export interface ActionParts {
  readonly sql: Sql;
  readonly identity: Identity;
}

interface Execution {
  readonly callbackId: string;
  readonly state: string;
  readonly outputFields: Readonly<Record<string, string>>;
}

const TIMEOUT_MS = 20_000;
const nameOf = (callbackId: string): string => `execution:${callbackId}`;

export function actionRoutes({ sql, identity }: ActionParts): readonly ApiRoute[] {
  const origin = { portalId: identity.portalId, actionDefinitionId: 5, actionDefinitionVersion: 1 };

  async function ask(path: string, asked: object): Promise<{ status: number; body: unknown }> {
    const { targetUrl } = await readApp(sql);
    if (targetUrl === null) throw invalid('No app is registered.');
    const uri = `${new URL(targetUrl).origin}/actions/${path}`;
    const body = JSON.stringify(asked);
    const headers = actionHeaders(identity.clientSecret, { method: 'POST', uri, body });
    const response = await fetch(uri, {
      method: 'POST',
      redirect: 'manual',
      signal: AbortSignal.timeout(TIMEOUT_MS),
      headers: { 'content-type': 'application/json', ...headers },
      body,
    });
    return { status: response.status, body: await response.json() };
  }

  const completions = ['v4/actions/callbacks', 'actions/callbacks/2026-03'].map(
    (path): ApiRoute => ({
      method: 'post',
      path: `/automation/${path}/:callbackId/complete`,
      request: 'actions.CallbackCompletionRequest',
      replies: {},
      async handle(call) {
        call.need(['automation']);
        const callbackId = call.param('callbackId');
        const known = await readSetting<Execution>(sql, nameOf(callbackId));
        if (known === undefined) throw objectNotFound('The execution');
        const { outputFields } = call.body as { outputFields: Record<string, string> };
        await writeSetting(sql, nameOf(callbackId), {
          callbackId,
          state: outputFields['hs_execution_state'] ?? 'SUCCESS',
          outputFields,
        } satisfies Execution);
        return { status: 204 };
      },
    }),
  );

  const owned: readonly Omit<ApiRoute, 'uncounted' | 'replies'>[] = [
    {
      method: 'post',
      path: '/sandbox/actions/options/:list',
      request: 'own.OptionsFetch',
      async handle(call) {
        const fetchOptions = call.body as object;
        const list = call.param('list');
        const answer = await ask(`options/${list}`, {
          origin,
          objectTypeId: '0-1',
          inputFieldName: list,
          inputFields: {},
          fetchOptions,
        });
        return { status: 200, body: answer.body };
      },
    },
    {
      method: 'post',
      path: '/sandbox/actions/:name',
      request: 'own.ActionRun',
      async handle(call) {
        const {
          objectType,
          objectId,
          inputFields,
          callbackId = `ap-${randomUUID()}`,
        } = call.body as {
          objectType: string;
          objectId: number;
          inputFields: object;
          callbackId?: string;
        };
        const answer = await ask(call.param('name'), {
          callbackId,
          origin,
          context: { source: 'WORKFLOWS', workflowId: 31 },
          object: { objectId, objectType, properties: {} },
          inputFields,
        });
        const { outputFields = {} } = answer.body as { outputFields?: Record<string, string> };
        const failed = answer.status >= 400 ? 'FAILED' : 'SUCCESS';
        const execution: Execution = {
          callbackId,
          state: outputFields['hs_execution_state'] ?? failed,
          outputFields,
        };
        await writeSetting(sql, nameOf(callbackId), execution);
        return { status: 200, body: execution };
      },
    },
    {
      method: 'get',
      path: '/sandbox/actions/:callbackId',
      async handle(call) {
        const known = await readSetting<Execution>(sql, nameOf(call.param('callbackId')));
        if (known === undefined) throw objectNotFound('The execution');
        return { status: 200, body: known };
      },
    },
  ];
  return [
    ...completions,
    ...owned.map((route) => ({
      ...route,
      replies: {},
      uncounted: true,
      handle: async (call: Call) => {
        if (call.caller.kind !== 'private') throw missingScopes(['the private token']);
        return route.handle(call);
      },
    })),
  ];
}
