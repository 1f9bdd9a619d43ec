/** Renders a card as the host would, with canned answers, and reads it as a person does. */
import { createRenderer } from '@hubspot/ui-extensions/testing';
import type { ReactElement } from 'react';
import { expect, vi } from 'vitest';

interface Node {
  readonly text?: string | null;
  readonly props?: object;
  readonly childNodes?: readonly unknown[];
}

/** Everything a reader reads below this node: text, and the words handed over as props. */
export function wordsOf(node: Node): string {
  const { title, label, screenReaderText } = (node.props ?? {}) as Record<string, string>;
  const below = (node.childNodes ?? []).map((child) => wordsOf(child as Node));
  const own = node.childNodes === undefined ? node.text : null;
  return [title, label, screenReaderText, own, ...below].filter(Boolean).join(' ');
}

export interface Asked {
  readonly method: string;
  readonly path: string;
  readonly body: unknown;
}

let records = 100;

/**
 * Renders the card on a record of its own; each GET takes the next answer, the last one stays, a
 * number is a status. A POST is answered `reply`. A card of an earlier test that still looks for its
 * newer score is not heard.
 */
export function show<C extends object>(
  card: ReactElement,
  locale: string | undefined,
  answers: readonly (C | number)[],
  reply: object | number = {},
) {
  const asked: Asked[] = [];
  records += 1;
  const record = records;
  const hsFetch = async (url: string, { method, body }: { method: string; body?: unknown }) => {
    const { pathname, searchParams } = new URL(url);
    if (searchParams.get('objectId') !== String(record)) return new Response('{}', { status: 404 });
    asked.push({ method, path: pathname, body });
    const gets = asked.filter((one) => one.method === 'GET').length;
    const answer = method === 'POST' ? reply : (answers[Math.min(gets, answers.length) - 1] ?? 500);
    if (typeof answer === 'number') return new Response('{}', { status: answer });
    return new Response(JSON.stringify(answer));
  };
  vi.stubGlobal('self', { hsFetch });
  const renderer = createRenderer('crm.record.tab');
  renderer.mocks.context.crm.objectId = record;
  if (locale !== undefined) renderer.mocks.context.user.locale = locale;
  renderer.render(card);
  const text = () => wordsOf(renderer.getRootNode());
  const see = (expected: string) => renderer.waitFor(() => expect(text()).toContain(expected));
  const posted = () => asked.filter((one) => one.method === 'POST');
  return { renderer, asked, posted, text, see, record };
}

/** No key, placeholder or gap reaches the reader. */
export function noLeaks(text: string): void {
  expect(text).not.toMatch(/\{|undefined|NaN|null/);
  expect(text).not.toMatch(
    /\b(state|reach|value|why|channel|blocked|feedback|type|deal|due|reply|similar|health|people|topics|correct|not_now|task|urgency|from|source)\.\w/,
  );
}

export const LOCALES = [
  ['en', 'en'],
  ['zh', 'zh-cn'],
] as const;
