/** The HTTP server: webhooks first and bare, then express with its routes as a list. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import express, { type RequestHandler } from 'express';
import type { FlowContext } from '../flows/context.ts';
import type { Allowance } from '../ports/allowance.ts';
import type { Refusals } from '../ports/refusals.ts';
import { adminOnly } from './middleware/admin-only.ts';
import { errorReply, notFound } from './middleware/error-reply.ts';
import { hostSignature, type VerifyRequest } from './middleware/host-signature.ts';
import { requestContext } from './middleware/request-context.ts';
import { type MayBeSigned, signedOnly } from './middleware/signed-only.ts';
import { withinAllowance } from './middleware/within-allowance.ts';
import { mountPages } from './pages.ts';
import { mount } from './route.ts';
import { cardRoutes, postRefresh } from './routes/card.ts';
import { cardPanelRoutes } from './routes/card-panels.ts';
import { erasureRoutes } from './routes/erasures.ts';
import { explainRoutes } from './routes/explain.ts';
import { getHealthz, getMetrics, getReadyz } from './routes/get-health.ts';
import { getOauthCallback, getOauthStart } from './routes/get-oauth.ts';
import { getResults } from './routes/get-results.ts';
import { getSandbox } from './routes/get-sandbox.ts';
import { getStatus } from './routes/get-status.ts';
import { getTeam } from './routes/get-team.ts';
import { modelRoutes } from './routes/models.ts';
import { peopleRoutes } from './routes/people.ts';
import { actionRoutes } from './routes/post-action.ts';
import { postActivity, postNotNow } from './routes/post-activity.ts';
import { postFeedback } from './routes/post-feedback.ts';
import { postUninstall } from './routes/post-uninstall.ts';
import { serviceRoutes } from './routes/service.ts';
import { settingsRoutes } from './routes/settings.ts';
import { settingsPageRoutes } from './routes/settings-page.ts';
import { writesRoutes } from './routes/writes.ts';

export interface ServerOptions {
  readonly ctx: FlowContext;
  readonly publicUrl: string;
  readonly adminToken: string | undefined;
  readonly mayBeSigned: MayBeSigned;
  readonly refusals: Refusals;
  readonly allowance: Allowance;
  readonly verify: VerifyRequest;
  readonly verifyAction: VerifyRequest;
  readonly webhooks: (req: IncomingMessage, res: ServerResponse) => Promise<void>;
  /** Folder of the built pages and card bundles. */
  readonly distDir: string;
  /** The sandbox CRM, mounted at /sandbox when there is one. */
  readonly sandbox:
    | { readonly handler: RequestHandler; readonly info: () => Promise<object> }
    | undefined;
}

export function createHttpServer(options: ServerOptions): Server {
  const { ctx } = options;
  const admin = adminOnly(options.adminToken, options.publicUrl);
  const app = express().disable('x-powered-by').disable('etag');
  app.use(requestContext(ctx.log, ctx.meter));
  mount(app, [
    getHealthz,
    getReadyz(ctx),
    getOauthStart(ctx, options.publicUrl),
    getOauthCallback(ctx, options.publicUrl),
  ]);
  app.use('/actions', express.raw({ type: () => true, limit: '1mb' }));
  mount(app, actionRoutes(ctx, options.verifyAction));
  app.use('/hubspot', hostSignature(options.verify, ctx.clock), withinAllowance(options.allowance));
  mount(app, [
    ...cardRoutes(ctx),
    postRefresh(ctx),
    postFeedback(ctx),
    postActivity(ctx),
    postNotNow(ctx),
    ...cardPanelRoutes(ctx),
  ]);
  mount(app, [...settingsPageRoutes(ctx), getTeam(ctx, options.publicUrl)]);
  app.use(['/api', '/metrics'], admin);
  app.use('/api', express.json({ limit: '1mb' }));
  mount(app, [
    getStatus(ctx),
    getResults(ctx),
    getMetrics(ctx),
    ...settingsRoutes(ctx),
    postUninstall(ctx),
    ...writesRoutes(ctx),
    ...peopleRoutes(ctx),
    ...serviceRoutes(ctx),
    ...modelRoutes(ctx),
    ...explainRoutes(ctx),
    ...erasureRoutes(ctx),
  ]);
  mountPages(app, options.distDir, options.sandbox !== undefined, admin);
  if (options.sandbox !== undefined) {
    mount(app, [getSandbox(options.sandbox.info)]);
    app.use('/sandbox', options.sandbox.handler);
  }
  app.use(notFound, errorReply(ctx.log));

  const isRefused = signedOnly(options.mayBeSigned, options.refusals, ctx);
  const server = createServer({ connectionsCheckingInterval: 2_000 }, async (req, res) => {
    if (await isRefused(req, res)) return;
    if (!req.url?.startsWith('/webhooks/')) return void app(req, res);
    options.webhooks(req, res).catch((error: Error) => {
      ctx.log.error('webhook handler failed', { code: error.message });
      if (!res.headersSent) res.writeHead(503).end('{"ok":false}');
    });
  });
  // A slow sender may not hold a connection: headers within 10 s, the whole request within 30 s.
  server.headersTimeout = 10_000;
  server.requestTimeout = 30_000;
  server.maxConnections = 2_000;
  return server;
}
