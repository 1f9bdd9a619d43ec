/** The API of the webhooks journal: subscriptions, pointers to files, and the files, which need no token. */
import { Router } from 'express';
import type { Clock } from '../../ports/clock.ts';
import { type ApiRoute, send } from './api.ts';
import { ApiError, invalid } from './api-error.ts';
import type { Journal, JournalSubscription, PublishedFile } from './journal.ts';
import type { SchemaCheck } from './schema-check.ts';
import type { Identity } from './settings.ts';

export interface JournalParts {
  readonly journal: Journal;
  readonly identity: Identity;
  readonly clock: Clock;
  readonly publicUrl: () => string;
}

const SUBSCRIPTIONS = '/webhooks-journal/subscriptions/2026-03';
const JOURNAL = '/webhooks-journal/journal/2026-03';
const READ = ['developer.webhooks_journal.read'];
const LIST = ['developer.webhooks_journal.subscriptions.read'];
const CHANGE = ['developer.webhooks_journal.subscriptions.write'];
const FILE_MINUTES = 15;

export function journalRoutes({
  journal,
  identity,
  clock,
  publicUrl,
}: JournalParts): readonly ApiRoute[] {
  const point = (found: PublishedFile | undefined) =>
    found === undefined
      ? { status: 204 }
      : {
          status: 200,
          body: {
            url: `${publicUrl()}/sandbox/journal-files/${found.fileKey}`,
            expiresAt: new Date(clock.now().getTime() + FILE_MINUTES * 60_000).toISOString(),
            currentOffset: found.offset,
          },
        };
  const answerOf = ({
    createdAt,
    ...body
  }: Awaited<ReturnType<Journal['subscriptions']>>[number]) => ({
    ...body,
    appId: identity.appId,
    createdAt: createdAt.toISOString(),
    updatedAt: createdAt.toISOString(),
  });
  const pointer = (path: string, find: () => Promise<PublishedFile | undefined>): ApiRoute => ({
    method: 'get',
    path: `${JOURNAL}/${path}`,
    replies: { 200: 'own.JournalPointer' },
    limit: 'none',
    async handle(call) {
      call.need(READ);
      return point(await find());
    },
  });
  return [
    pointer('earliest', journal.earliest),
    pointer('latest', journal.latest),
    {
      method: 'get',
      path: `${JOURNAL}/offset/:offset/next`,
      replies: { 200: 'own.JournalPointer' },
      limit: 'none',
      async handle(call) {
        call.need(READ);
        const found = await journal.after(call.param('offset'));
        if (found !== 'unknown') return point(found);
        throw new ApiError(404, { category: 'OBJECT_NOT_FOUND', message: 'No such offset.' });
      },
    },
    {
      method: 'get',
      path: SUBSCRIPTIONS,
      replies: { 200: 'own.JournalSubscriptions' },
      limit: 'none',
      async handle(call) {
        call.need(LIST);
        return { status: 200, body: { results: (await journal.subscriptions()).map(answerOf) } };
      },
    },
    {
      method: 'post',
      path: SUBSCRIPTIONS,
      request: 'own.JournalSubscriptionUpsert',
      replies: { 200: 'own.JournalSubscription' },
      limit: 'none',
      async handle(call) {
        call.need(CHANGE);
        const wanted = call.body as JournalSubscription;
        if (wanted.portalId !== undefined && wanted.portalId !== identity.portalId)
          throw invalid('The app is not installed in this account.');
        await journal.subscribe(wanted);
        const made = (await journal.subscriptions()).at(-1);
        return { status: 200, body: made === undefined ? undefined : answerOf(made) };
      },
    },
    {
      method: 'delete',
      path: `${SUBSCRIPTIONS}/portals/:portalId`,
      replies: {},
      limit: 'none',
      async handle(call) {
        call.need(CHANGE);
        await journal.unsubscribe(Number(call.param('portalId')));
        return { status: 204 };
      },
    },
  ];
}

/** `GET /journal-files/:key`: the key is the right to read. */
export function journalFiles(journal: Journal, schemas: SchemaCheck): Router {
  const router = Router();
  router.get('/journal-files/:key', async (req, res) => {
    const file = await journal.file(req.params.key);
    if (file === undefined) return send(res, 404, undefined);
    const problems = schemas.problems('own.JournalFile', file);
    if (problems.length > 0)
      throw new Error(`journal file has the wrong shape: ${JSON.stringify(problems.slice(0, 5))}`);
    send(res, 200, file);
  });
  return router;
}
