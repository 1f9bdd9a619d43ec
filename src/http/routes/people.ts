/** Segments and their names, and which fields about the person models may use. */
import type { FlowContext } from '../../flows/context.ts';
import { changeDemographics, listDemographics } from '../../flows/manage-demographics.ts';
import { listSegments, renameSegment } from '../../flows/manage-segments.ts';
import { defineRoute, type Route } from '../route.ts';

export const peopleRoutes = (ctx: FlowContext): Route[] => [
  defineRoute({
    method: 'get',
    path: '/api/segments',
    handle: async (req) => ({ json: await listSegments(ctx, req.query) }),
  }),
  defineRoute({
    method: 'post',
    path: '/api/segments/rename',
    handle: async (req) => ({ json: await renameSegment(ctx, req.body) }),
  }),
  defineRoute({
    method: 'get',
    path: '/api/demographics',
    handle: async (req) => ({ json: await listDemographics(ctx, req.query) }),
  }),
  defineRoute({
    method: 'post',
    path: '/api/demographics',
    handle: async (req) => ({ json: await changeDemographics(ctx, req.body) }),
  }),
];
