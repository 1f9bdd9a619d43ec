/** Opens a user's file of a kind we read, unpacked. */
import { createReadStream } from 'node:fs';
import { access } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { RapportError } from '../../core/errors.ts';

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
  return { kind, stream: file.endsWith('.gz') ? raw.pipe(createGunzip()) : raw };
}
