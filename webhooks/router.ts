/** POST /webhooks/:host with the raw body, served before any other middleware. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createKeepDelivery } from '../src/flows/accept-together.ts';
import { type ReceiverPorts, receive } from './receive.ts';
import type { Source } from './source.ts';

const MAX_BYTES = 10 * 1024 * 1024;

/** Answers every request under /webhooks/; bodies in the reply are constant, so they tell nothing. */
export function createWebhookHandler(
  ports: ReceiverPorts,
  sources: Readonly<Record<string, Source>>,
) {
  const keepDelivery = createKeepDelivery(ports);
  return async (req: IncomingMessage, res: ServerResponse): Promise<void> => {
    const url = req.url ?? '/';
    const host = new URL(url, 'http://localhost').pathname.slice('/webhooks/'.length);
    const source = Object.hasOwn(sources, host) ? sources[host] : undefined;
    if (source === undefined) return answer(res, 404);
    if (req.method !== 'POST') return answer(res, 405);
    const body = await readBody(req);
    if (body === null) {
      ports.meter.count('webhook_deliveries', { host: 'none', outcome: 'too_large' });
      return answer(res, 413);
    }
    const request = { method: 'POST', pathAndQuery: url, headers: req.headers, body };
    const { status } = await receive(ports, source, request, keepDelivery);
    answer(res, status);
  };
}

function answer(res: ServerResponse, status: number): void {
  // Without this an unread body would hold the connection open.
  if (status === 413) res.setHeader('connection', 'close');
  res.writeHead(status, { 'content-type': 'application/json', 'cache-control': 'no-store' });
  res.end(status === 200 ? '{"ok":true}' : '{"ok":false}');
}

/** `null` when the body is larger than any delivery can be; compressed bodies are not a thing hosts send. */
async function readBody(req: IncomingMessage): Promise<Buffer | null> {
  if (Number(req.headers['content-length'] ?? 0) > MAX_BYTES) return null;
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of req as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > MAX_BYTES) return null;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
