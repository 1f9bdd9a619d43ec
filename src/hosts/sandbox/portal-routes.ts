/** The account itself: details, owners, pipelines. */
import type { ApiRoute } from './api.ts';
import { invalid, objectNotFound } from './api-error.ts';
import { DEMO_PORTAL } from './demo-data/generate.ts';
import { afterOf, limitOf, typeFor } from './request-parts.ts';
import type { Identity } from './settings.ts';

/** The portal is older than all of its records. */
const FOUNDED = '2020-01-01T00:00:00.000Z';
const DATED = { createdAt: FOUNDED, updatedAt: FOUNDED, archived: false } as const;
const PIPELINES = '/crm/v3/pipelines/:objectType';

export function portalRoutes(identity: Identity): readonly ApiRoute[] {
  const details = {
    portalId: identity.portalId,
    accountType: 'SANDBOX',
    timeZone: DEMO_PORTAL.timeZone,
    companyCurrency: DEMO_PORTAL.currency,
    additionalCurrencies: [],
    utcOffset: '+00:00',
    utcOffsetMilliseconds: 0,
    uiDomain: 'app.sandbox.invalid',
    dataHostingLocation: 'na1',
  };
  return [
    ...['v3', '2026-03', '2026-09'].map(
      (version): ApiRoute => ({
        method: 'get',
        path: `/account-info/${version}/details`,
        replies: { 200: 'own.AccountDetails' },
        handle: async () => ({ status: 200, body: details }),
      }),
    ),
    {
      method: 'get',
      path: '/crm/v3/owners',
      replies: { 200: 'owners.CollectionResponsePublicOwnerForwardPaging' },
      async handle(call) {
        call.need(['crm.objects.owners.read']);
        const email = call.query.get('email');
        const rest = owners().filter(
          (owner) =>
            Number(owner.id) > afterOf(call.query) && (email === null || owner.email === email),
        );
        const limit = limitOf(call.query, 100, 500);
        const shown = rest.slice(0, limit);
        const last = shown.at(-1);
        const paging =
          rest.length > limit && last !== undefined ? { paging: { next: { after: last.id } } } : {};
        return { status: 200, body: { results: shown, ...paging } };
      },
    },
    {
      method: 'get',
      path: '/crm/v3/owners/:ownerId',
      replies: { 200: 'owners.PublicOwner' },
      async handle(call) {
        call.need(['crm.objects.owners.read']);
        const byUser = call.query.get('idProperty') === 'userId';
        const wanted = call.param('ownerId');
        const found = owners().find(
          (owner) => (byUser ? String(owner.userId) : owner.id) === wanted,
        );
        if (found === undefined) throw objectNotFound('The owner');
        return { status: 200, body: found };
      },
    },
    {
      method: 'get',
      path: PIPELINES,
      replies: { 200: 'pipelines.CollectionResponsePipelineNoPaging' },
      handle: async (call) => ({
        status: 200,
        body: { results: pipelinesOf(typeFor(call, 'read').name) },
      }),
    },
    {
      method: 'get',
      path: `${PIPELINES}/:pipelineId`,
      replies: { 200: 'pipelines.Pipeline' },
      async handle(call) {
        const all = pipelinesOf(typeFor(call, 'read').name);
        const found = all.find((pipeline) => pipeline.id === call.param('pipelineId'));
        if (found === undefined) throw objectNotFound('The pipeline');
        return { status: 200, body: found };
      },
    },
    {
      method: 'get',
      path: `${PIPELINES}/:pipelineId/stages`,
      replies: { 200: 'pipelines.CollectionResponsePipelineStageNoPaging' },
      async handle(call) {
        const all = pipelinesOf(typeFor(call, 'read').name);
        const found = all.find((pipeline) => pipeline.id === call.param('pipelineId'));
        if (found === undefined) throw objectNotFound('The pipeline');
        return { status: 200, body: { results: found.stages } };
      },
    },
  ];
}

const owners = () =>
  DEMO_PORTAL.owners.map(({ id, userId, email, firstName, lastName }) => ({
    id: String(id),
    userId: Number(userId),
    email,
    firstName,
    lastName,
    type: 'PERSON',
    ...DATED,
  }));

function pipelinesOf(objectType: string) {
  const found = { tickets: DEMO_PORTAL.ticketPipeline, deals: DEMO_PORTAL.dealPipeline }[
    objectType
  ];
  if (found === undefined) throw invalid(`${objectType} have no pipelines.`);
  const { id, label, displayOrder, stages } = found;
  return [
    {
      id,
      label,
      displayOrder,
      ...DATED,
      stages: stages.map((stage) => ({
        id: stage.id,
        label: stage.label,
        displayOrder: stage.displayOrder,
        metadata: stage.metadata,
        ...DATED,
      })),
    },
  ];
}
