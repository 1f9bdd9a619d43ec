/** Draws a remote tree with the kit: text, components, and fragments handed over as props. */
import {
  isRemoteReceiverAttachableFragment,
  KIND_COMPONENT,
  KIND_TEXT,
  type RemoteReceiver,
  type RemoteReceiverAttachable,
  type RemoteReceiverAttachableChild,
} from '@remote-ui/core';
import { type ReactNode, useCallback, useSyncExternalStore } from 'react';
import { KIT, type KitName } from '../kit/kit.ts';
import { reactions } from '../kit/overlay.tsx';
import { Unknown } from '../kit/Unknown.tsx';

interface NodeProps<Node = RemoteReceiverAttachable> {
  readonly node: Node;
  readonly receiver: RemoteReceiver;
}

/** Redraws the caller whenever this node changes. */
function useNode({ node, receiver }: NodeProps): void {
  const { attached } = receiver;
  const subscribe = useCallback(
    (changed: () => void) => attached.subscribe(node, changed),
    [attached, node],
  );
  useSyncExternalStore(subscribe, () => attached.get(node)?.version ?? -1);
}

const HANDLERS_WITH_REACTIONS = new Set(['onClick', 'onSubmit']);

function prepare(props: Record<string, unknown>, receiver: RemoteReceiver) {
  const ready: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(props)) {
    if (isRemoteReceiverAttachableFragment(value)) {
      ready[name] = <RemoteChildren node={value} receiver={receiver} />;
    } else if (typeof value === 'function' && HANDLERS_WITH_REACTIONS.has(name)) {
      ready[name] = (event: unknown) => value(event, reactions);
    } else ready[name] = value;
  }
  return ready;
}

export function RemoteChildren({ node, receiver }: NodeProps) {
  useNode({ node, receiver });
  const children = 'children' in node ? node.children : [];
  return children.map((child) => <RemoteNode key={child.id} node={child} receiver={receiver} />);
}

function RemoteNode({ node, receiver }: NodeProps<RemoteReceiverAttachableChild>): ReactNode {
  useNode({ node, receiver });
  if (node.kind === KIND_TEXT) return node.text;
  if (node.kind !== KIND_COMPONENT) return null;
  const Component = KIT[node.type as KitName];
  if (Component === undefined) return <Unknown name={node.type} />;
  const props = prepare(node.props as Record<string, unknown>, receiver);
  if (node.children.length === 0) return <Component {...props} />;
  return (
    <Component {...props}>
      <RemoteChildren node={node} receiver={receiver} />
    </Component>
  );
}
