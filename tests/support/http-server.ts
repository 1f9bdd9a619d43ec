/** Rapport's HTTP server before a rig, on a free port: real routes, real signatures. */
import { once } from 'node:events';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { FlowContext } from '../../src/flows/context.ts';
import { createHttpServer } from '../../src/http/server.ts';
import { createAllowance } from '../../src/platform/allowance.ts';
import { createRefusals } from '../../src/platform/refusals.ts';
import { type AppSecret, createHubSpotSource } from '../../webhooks/hubspot/source.ts';
import { createWebhookHandler } from '../../webhooks/router.ts';
import { ORIGIN, SECRET } from './deliveries.ts';

export interface HttpServer {
  readonly port: number;
  readonly origin: string;
  close(): Promise<void>;
}

export interface HttpServerOptions {
  /** What signatures cover. */
  readonly publicUrl?: string;
  readonly apps?: readonly AppSecret[];
  readonly adminToken?: string;
  /** A free one when it is left out. */
  readonly port?: number;
}

export async function startHttpServer(
  ctx: FlowContext,
  { publicUrl = ORIGIN, apps, adminToken, port }: HttpServerOptions = {},
): Promise<HttpServer> {
  const source = createHubSpotSource(publicUrl, apps ?? [{ host: 'hubspot', secrets: [SECRET] }]);
  const server = createHttpServer({
    ctx,
    publicUrl,
    adminToken,
    mayBeSigned: source.mayBeSigned,
    refusals: createRefusals(),
    allowance: createAllowance(),
    verify: source.verify,
    verifyAction: source.verifyAction,
    webhooks: createWebhookHandler(ctx, { hubspot: source }),
    distDir: '/nonexistent',
    sandbox: undefined,
  });
  return listening(server, port);
}

/** Any server, once it can be called on this machine. */
export async function listening(server: Server, port = 0): Promise<HttpServer> {
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  const bound = (server.address() as AddressInfo).port;
  return {
    port: bound,
    origin: `http://127.0.0.1:${bound}`,
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
