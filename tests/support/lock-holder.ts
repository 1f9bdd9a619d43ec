/** A process that takes a folder's lock, says how that went, and holds it until it is killed. */
import { lockFolder } from '../../src/platform/folder-lock.ts';

try {
  await lockFolder(process.argv[2] ?? '');
  process.stdout.write('locked\n');
  setInterval(() => {}, 1_000);
} catch (error) {
  process.stdout.write(`refused: ${error instanceof Error ? error.message : String(error)}\n`);
}
