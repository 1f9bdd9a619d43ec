/** The lines of our source that call HubSpot's client, and which of them have run. */
import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { Client } from '@hubspot/api-client';

export interface CallSites {
  /** `file:line method` of each, as the source names them. */
  readonly named: readonly string[];
  /** Those that ran, in the same words. */
  readonly reached: ReadonlySet<string>;
  /** What the client's methods are called, without the line. */
  readonly methods: ReadonlySet<string>;
  restore(): void;
}

type Method = (...args: unknown[]) => unknown;

const CALL = /\bc\.((?:crm|automation)(?:\.\w+)+|apiRequest)\(/g;
const SITE = /([\w-]+\.ts):(\d+):\d+/;

/** Watches from here on: the client's methods note the line they are called from. */
export function watchCallSites(folder: string): CallSites {
  const found = readdirSync(folder).flatMap((file) =>
    readFileSync(join(folder, file), 'utf8')
      .split('\n')
      .flatMap((text, index) =>
        [...text.matchAll(CALL)].map((m) => ({ file, line: index + 1, method: m[1] ?? '' })),
      ),
  );
  const methods = new Set(found.map((f) => f.method));
  const reached = new Set<string>();
  const undo = [...methods].map((method) => watch(method, folder, reached));
  return {
    named: found.map(({ file, line, method }) => `${file}:${line} ${method}`),
    reached,
    methods,
    restore: () => {
      for (const one of undo) one();
    },
  };
}

function watch(method: string, folder: string, reached: Set<string>): () => void {
  const path = method.split('.');
  const name = path.pop() ?? '';
  const api = path.reduce(
    (at, key) => (at as Record<string, object>)[key] as object,
    new Client() as object,
  );
  const prototype = Object.getPrototypeOf(api) as Record<string, Method>;
  const original = prototype[name];
  if (original === undefined) throw new Error(`The client has no ${method}.`);
  prototype[name] = function (this: unknown, ...args) {
    const caller = (new Error('').stack ?? '')
      .split('\n')
      .find((line) => line.includes(`/${basename(folder)}/`));
    const [, file, line] = SITE.exec(caller ?? '') ?? [];
    reached.add(`${file}:${line} ${method}`);
    return original.apply(this, args);
  };
  return () => {
    prototype[name] = original;
  };
}
