/** Opens a user's file of a kind we read, unpacked. */
import { createReadStream } from 'node:fs';
import { access } from 'node:fs/promises';
import { pipeline, type Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { RapportError } from '../../core/errors.ts';

/**
 * The lines of a text. Unlike `node:readline`, which leaves it unhandled, an error of the stream
 * reaches the reader.
 */
export async function* linesOf(stream: Readable): AsyncGenerator<string> {
  stream.setEncoding('utf8');
  let rest = '';
  let first = true;
  for await (const chunk of stream as AsyncIterable<string>) {
    const text = first ? chunk.replace(/^\uFEFF/, '') : chunk;
    first = false;
    const lines = (rest + text).split(/\r?\n/);
    rest = lines.pop() ?? '';
    yield* lines;
  }
  if (rest !== '') yield rest;
}

export interface OpenFile {
  readonly kind: 'csv' | 'jsonl';
  readonly stream: Readable;
}

/** Throws `config_invalid`, in one sentence, for a file of another kind or one that cannot be read. */
export async function openFile(file: string): Promise<OpenFile> {
  const kind = /\.(csv|jsonl)(\.gz)?$/.exec(file)?.[1];
  if (kind !== 'csv' && kind !== 'jsonl')
    throw new RapportError(
      'config_invalid',
      `${file}: only .csv and .jsonl files can be read, each also as .gz.`,
    );
  await access(file).catch(() => {
    throw new RapportError(
      'config_invalid',
      `${file}: there is no such file, or it cannot be read.`,
    );
  });
  const raw = createReadStream(file);
  if (!file.endsWith('.gz')) return { kind, stream: raw };
  const unpacked = createGunzip();
  // An error on either side destroys both; whoever reads `stream` meets it there.
  pipeline(raw, unpacked, () => {});
  return { kind, stream: unpacked };
}
