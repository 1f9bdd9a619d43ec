/**
 * The card's worker: gives a built card bundle the globals HubSpot's own worker gives it, then draws
 * it into a remote tree. The global names are internal to HubSpot; they are those of
 * @hubspot/ui-extensions 0.17.0, and the browser tests notice when a new version wants others.
 */
import { createRemoteRoot, type RemoteChannel } from '@remote-ui/core';
import * as RemoteUI from '@remote-ui/react';
import { createEndpoint, retain } from '@remote-ui/rpc';
import * as React from 'react';
import type { HostCalls } from './host-calls.ts';

type Context = Record<string, unknown>;
type ExtendCallback = (api: { context: Context; actions: unknown }) => React.ReactElement;

const scope = self as unknown as Record<string, unknown> & {
  importScripts(url: string): void;
};

async function mount(bundleUrl: string, channel: RemoteChannel, context: Context, host: HostCalls) {
  retain(channel);
  retain(host);
  const { fetch, ...actions } = host;
  const unsupported = async () =>
    new Response('{"message":"not available in the sandbox"}', { status: 501 });
  let extension: ExtendCallback | undefined;
  Object.assign(scope, {
    React,
    RemoteUI,
    __HUBSPOT_EXTENSION_WORKER__: true,
    extend_V2: (callback: ExtendCallback) => {
      extension = callback;
    },
    logger: console,
    hsFetch: async (url: string, options: { method?: string; body?: unknown } = {}) => {
      const { status, headers, body } = await fetch(
        String(url),
        options.method ?? 'GET',
        options.body ?? null,
      );
      return new Response(status === 204 ? null : body, { status, headers });
    },
    hsWorkerAPI: {
      useExtensionContext: () => context,
      useExtensionActions: () => actions,
      useExtensionApi: () => ({ context, actions }),
      useAppPageLocation: () => ({ path: '/', params: {} }),
      fetchCrmProperties: unsupported,
      fetchCrmSearch: unsupported,
      fetchAssociations: unsupported,
    },
  });
  scope.importScripts(bundleUrl);
  if (extension === undefined) throw new Error(`${bundleUrl} did not call hubspot.extend`);
  const root = createRemoteRoot(channel, { strict: false });
  RemoteUI.createRoot(root).render(extension({ context, actions }));
  await root.mount();
}

createEndpoint(self as never).expose({ mount: mount as never });
