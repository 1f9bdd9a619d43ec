/**
 * One process per data folder. The lock is a listening socket, which the operating system frees
 * when its holder dies, however it dies; nothing is left behind to clean up.
 */
import { createHash } from 'node:crypto';
import { rm, stat } from 'node:fs/promises';
import { connect, createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { RapportError } from '../core/errors.ts';

export interface FolderLock {
  release(): Promise<void>;
}

/**
 * Throws `config_invalid` when another live process holds the folder. Containers that share a
 * folder but not a network namespace are not seen: give each its own.
 */
export async function lockFolder(folder: string): Promise<FolderLock> {
  const { dev, ino } = await stat(folder);
  const address = lockAddress(`${dev}:${ino}`);
  const server = await claim(address);
  if (server === null)
    throw new RapportError(
      'config_invalid',
      `The data folder ${folder} is in use by another Rapport. Stop that one, or set RAPPORT_DATA_DIR to another folder.`,
    );
  server.unref();
  return { release: () => new Promise((resolve) => server.close(() => resolve())) };
}

/** Linux: an abstract socket; Windows: a named pipe; elsewhere a socket file, checked for a dead holder. */
function lockAddress(identity: string): string {
  const name = `rapport-${createHash('sha256').update(identity).digest('hex').slice(0, 24)}`;
  if (process.platform === 'linux') return `\0${name}`;
  if (process.platform === 'win32') return `\\\\.\\pipe\\${name}`;
  return join(tmpdir(), `${name}.sock`);
}

async function claim(address: string): Promise<Server | null> {
  const first = await listen(address);
  if (first !== null || !address.startsWith('/')) return first;
  if (await answers(address)) return null;
  await rm(address, { force: true });
  return listen(address);
}

const listen = (address: string): Promise<Server | null> =>
  new Promise((resolve, reject) => {
    const server = createServer((socket) => socket.destroy());
    server.once('error', (error: NodeJS.ErrnoException) =>
      error.code === 'EADDRINUSE' ? resolve(null) : reject(error),
    );
    server.listen(address, () => resolve(server));
  });

const answers = (address: string): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect(address);
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
