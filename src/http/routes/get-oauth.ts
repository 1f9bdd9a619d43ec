/** The two ends of an installation: sending the installer to the CRM, and taking them back. */
import type { Request } from 'express';
import { RapportError } from '../../core/errors.ts';
import { HOSTS, type HostName } from '../../core/tenant.ts';
import type { FlowContext } from '../../flows/context.ts';
import { finishInstall, startInstall } from '../../flows/install.ts';
import { defineRoute } from '../route.ts';

const COOKIE = 'rapport_install';

const redirectUri = (publicUrl: string, host: HostName): string =>
  `${publicUrl}/oauth/${host}/callback`;

export const getOauthStart = (ctx: FlowContext, publicUrl: string) =>
  defineRoute({
    method: 'get',
    path: '/oauth/:host/start',
    handle: async (req) => {
      const host = hostParam(req);
      const { url, browserToken } = await startInstall(
        ctx,
        host,
        redirectUri(publicUrl, host),
        req.query['writes'] === 'at_once',
      );
      const secure = publicUrl.startsWith('https:') ? '; Secure' : '';
      return {
        redirect: url,
        headers: {
          'set-cookie': `${COOKIE}=${browserToken}; HttpOnly; SameSite=Lax; Path=/oauth; Max-Age=600${secure}`,
        },
      };
    },
  });

export const getOauthCallback = (ctx: FlowContext, publicUrl: string) =>
  defineRoute({
    method: 'get',
    path: '/oauth/:host/callback',
    handle: async (req) => {
      const host = hostParam(req);
      const { code, state } = req.query;
      const browserToken = new RegExp(`(?:^|;\\s*)${COOKIE}=([\\w-]+)`).exec(
        req.headers.cookie ?? '',
      )?.[1];
      if (typeof code !== 'string' || typeof state !== 'string' || browserToken === undefined)
        throw new RapportError(
          'invalid_state',
          'The CRM sent no code for an installation of this browser; start again.',
        );
      const tenant = await finishInstall(ctx, {
        host,
        code,
        state,
        browserToken,
        redirectUri: redirectUri(publicUrl, host),
      });
      return { json: { connected: tenant.id, state: tenant.state } };
    },
  });

function hostParam(req: Request): HostName {
  const host = HOSTS.find((h) => h === req.params['host']);
  if (host === undefined) throw new RapportError('not_found', 'There is nothing here.');
  return host;
}
