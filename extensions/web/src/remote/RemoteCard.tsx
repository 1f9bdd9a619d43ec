/** A built card bundle, run in a worker of its own and drawn beside the record. */
import { createRemoteReceiver } from '@remote-ui/core';
import { createEndpoint, fromWebWorker, retain } from '@remote-ui/rpc';
import { useEffect, useRef, useState } from 'react';
import { ErrorState } from '../kit/states.tsx';
import type { HostCalls } from './host-calls.ts';
import { RemoteChildren } from './tree.tsx';

interface CardWorker {
  mount(bundleUrl: string, channel: unknown, context: unknown, host: HostCalls): Promise<void>;
}

type Watch = Parameters<HostCalls['onCrmPropertiesUpdate']>;

interface Props {
  readonly bundleUrl: string;
  readonly context: Readonly<Record<string, unknown>>;
  readonly host: Omit<HostCalls, 'onCrmPropertiesUpdate' | 'fetchCrmObjectProperties'>;
  /** The record as the page knows it; a change is told to the card that watches it. */
  readonly properties: Readonly<Record<string, string | null>>;
  readonly brokenMessage: string;
}

/** What the host tells a card: unset properties are left out. */
const textOnly = (properties: Readonly<Record<string, string | null>>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(properties).filter((e): e is [string, string] => e[1] !== null),
  );

export function RemoteCard({ bundleUrl, context, host, properties, brokenMessage }: Props) {
  const [receiver, setReceiver] = useState(createRemoteReceiver);
  const [broken, setBroken] = useState<string | null>(null);
  const watches = useRef<Watch[]>([]);
  const current = useRef(properties);
  const hostNow = useRef(host);
  hostNow.current = host;
  const contextKey = JSON.stringify(context);

  useEffect(() => {
    const fresh = createRemoteReceiver();
    setReceiver(fresh);
    setBroken(null);
    watches.current = [];
    const worker = new Worker(new URL('./worker.ts', import.meta.url));
    const card = createEndpoint<CardWorker>(fromWebWorker(worker), { callable: ['mount'] });
    const calls: HostCalls = {
      fetch: (...args) => hostNow.current.fetch(...args),
      addAlert: (alert) => hostNow.current.addAlert(alert),
      reloadPage: () => hostNow.current.reloadPage(),
      refreshObjectProperties: () => hostNow.current.refreshObjectProperties(),
      openIframeModal: () => hostNow.current.openIframeModal(),
      copyTextToClipboard: (text) => hostNow.current.copyTextToClipboard(text),
      closeOverlay: (id) => hostNow.current.closeOverlay(id),
      fetchCrmObjectProperties: async () => textOnly(current.current),
      onCrmPropertiesUpdate: (names, callback) => {
        retain(callback);
        watches.current.push([names, callback]);
      },
    };
    let left = false;
    const mounted = card.call
      .mount(bundleUrl, fresh.receive, JSON.parse(contextKey), calls)
      .catch((error: Error) => {
        if (!left) setBroken(error.message);
      });
    return () => {
      left = true;
      // Ended in the middle of loading its script, a worker reports that as an error of the page.
      void mounted.finally(() => worker.terminate());
    };
  }, [bundleUrl, contextKey]);

  useEffect(() => {
    const before = current.current;
    current.current = properties;
    for (const [names, callback] of watches.current) {
      const watched = names === '*' ? Object.keys(properties) : names;
      if (watched.some((name) => before[name] !== properties[name])) callback(textOnly(properties));
    }
  }, [properties]);

  if (broken !== null) {
    return (
      <ErrorState title={brokenMessage} type="error">
        {broken}
      </ErrorState>
    );
  }
  return <RemoteChildren node={receiver.attached.root} receiver={receiver} />;
}
