/** The settings page inside the CRM: show it, save it, decide on the dry run. Signed by the host. */
import type { Request } from 'express';
import { RapportError } from '../../core/errors.ts';
import { actOnSettingsPage, isPageAct } from '../../flows/act-on-settings-page.ts';
import type { FlowContext } from '../../flows/context.ts';
import { showDifferences } from '../../flows/show-differences.ts';
import { showSettings } from '../../flows/show-settings.ts';
import { defineRoute, type Route } from '../route.ts';
import { signedJson } from '../signed-json.ts';
import { callerOf } from './card.ts';

const findTenant = ({ store }: FlowContext, req: Request) => {
  const { host, accountId } = callerOf(req);
  return store.tenants.find(host, accountId);
};

const act = async (ctx: FlowContext, req: Request, name: string) => ({
  json: await actOnSettingsPage(
    ctx,
    await findTenant(ctx, req),
    callerOf(req),
    name,
    signedJson(req.body),
  ),
});

export const settingsPageRoutes = (ctx: FlowContext): Route[] => [
  defineRoute({
    method: 'get',
    path: '/hubspot/settings',
    handle: async (req) => ({
      json: await showSettings(ctx, await findTenant(ctx, req), callerOf(req)),
    }),
  }),
  defineRoute({
    method: 'put',
    path: '/hubspot/settings',
    handle: (req) => act(ctx, req, 'save'),
  }),
  defineRoute({
    method: 'get',
    path: '/hubspot/settings/writes',
    handle: async (req) => {
      const tenant = await findTenant(ctx, req);
      return {
        json:
          tenant === null
            ? { records: [], next: null }
            : await showDifferences(ctx, tenant, req.query),
      };
    },
  }),
  defineRoute({
    method: 'post',
    path: '/hubspot/settings/writes/:act',
    handle: async (req) => {
      const name = String(req.params['act']);
      if (!isPageAct(name) || name === 'save')
        throw new RapportError('not_found', 'There is nothing here.');
      return act(ctx, req, name);
    },
  }),
];
