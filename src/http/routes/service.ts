/** What the operator sets and asks about serving customers: rules, labelling, answers, chat. */
import type { FlowContext } from '../../flows/context.ts';
import {
  giveLabel,
  listFaq,
  listUncertain,
  readRules,
  replaceFaq,
  setRules,
  takeTurn,
} from '../../flows/manage-service.ts';
import { dropTopic, listTopics, renameTopic } from '../../flows/manage-topics.ts';
import { acceptTopic, listProposals } from '../../flows/propose-topics.ts';
import { defineRoute, type Route } from '../route.ts';

type Answer = (ctx: FlowContext, given: unknown) => Promise<unknown>;

const asks = (ctx: FlowContext, path: string, answer: Answer): Route =>
  defineRoute({
    method: 'get',
    path,
    handle: async (req) => ({ json: await answer(ctx, req.query) }),
  });

const tells = (ctx: FlowContext, method: 'post' | 'put', path: string, answer: Answer): Route =>
  defineRoute({ method, path, handle: async (req) => ({ json: await answer(ctx, req.body) }) });

export const serviceRoutes = (ctx: FlowContext): Route[] => [
  asks(ctx, '/api/settings/service', readRules),
  tells(ctx, 'put', '/api/settings/service', setRules),
  asks(ctx, '/api/labelling', listUncertain),
  tells(ctx, 'post', '/api/labelling', giveLabel),
  asks(ctx, '/api/faq', listFaq),
  tells(ctx, 'post', '/api/faq', replaceFaq),
  tells(ctx, 'post', '/api/chat', takeTurn),
  asks(ctx, '/api/topics', listTopics),
  asks(ctx, '/api/topics/proposals', listProposals),
  tells(ctx, 'post', '/api/topics/accept', acceptTopic),
  tells(ctx, 'post', '/api/topics/rename', renameTopic),
  tells(ctx, 'post', '/api/topics/drop', dropTopic),
];
