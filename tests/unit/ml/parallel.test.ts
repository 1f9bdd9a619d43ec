import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import { type Kernel, openTeam, sharedInts, toShared } from '../../../src/ml/parallel.ts';

const ROOT = join(import.meta.dirname, '../../..');
const run = promisify(execFile);

interface Squares {
  readonly out: Int32Array;
}

const SQUARES: Kernel<Squares> = {
  module: import.meta.url,
  name: 'squares',
  run: ({ out }, chunk) => {
    out[chunk] = chunk * chunk;
  },
};

describe('a team on its own', () => {
  it('runs every chunk of every round once', () => {
    const data = { out: sharedInts(50) };
    const team = openTeam(SQUARES, data);
    team.round(50);
    expect([...data.out]).toEqual(Array.from({ length: 50 }, (_, i) => i * i));
    data.out.fill(0);
    team.round(3);
    team.close();
    expect([...data.out.subarray(0, 4)]).toEqual([0, 1, 4, 0]);
  });

  it('copies numbers only when they are not shared yet', () => {
    const own = Float64Array.of(1, 2);
    const shared = toShared(own);
    expect(shared).toEqual(own);
    expect(shared.buffer).toBeInstanceOf(SharedArrayBuffer);
    expect(toShared(shared)).toBe(shared);
  });
});

/** Compiles the files into a folder of their own, as the build does. */
async function compiled(files: readonly string[]): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'rapport-parallel-'));
  await writeFile(join(folder, 'package.json'), '{"type":"module"}');
  for (const file of files) {
    const source = await readFile(join(ROOT, file), 'utf8');
    const { outputText } = ts.transpileModule(source, {
      compilerOptions: {
        target: ts.ScriptTarget.ES2023,
        module: ts.ModuleKind.ESNext,
        rewriteRelativeImportExtensions: true,
      },
    });
    const target = join(folder, file.replace(/\.ts$/, '.js'));
    await mkdir(dirname(target), { recursive: true });
    await writeFile(target, outputText);
  }
  return folder;
}

const PROGRAM = `
import { threadId } from 'node:worker_threads';
import { openTeam, sharedInts } from './src/ml/parallel.js';
export function note({ done, by, fail }, chunk) {
  for (const until = performance.now() + 2; performance.now() < until; );
  Atomics.add(done, chunk, 1);
  by[chunk] = threadId;
  if (fail && threadId > 0) throw new Error('broken');
}
const kernel = { module: import.meta.url, name: 'note', run: note };
export function main(fail) {
  const data = { done: sharedInts(400), by: sharedInts(400), fail };
  const team = openTeam(kernel, data, 3);
  try {
    team.round(400);
    team.round(100);
  } catch (error) {
    return error.message;
  } finally {
    team.close();
  }
  return { done: [...data.done], threads: new Set(data.by).size };
}
`;

describe('a team of compiled files', () => {
  it('shares the chunks out, ends with the program, and passes failures on', async () => {
    const ml = ['parallel', 'parallel-round', 'parallel-worker'].map((name) => `src/ml/${name}.ts`);
    const folder = await compiled([...ml, 'src/core/errors.ts']);
    try {
      await writeFile(join(folder, 'kernel.js'), PROGRAM);
      await writeFile(
        join(folder, 'main.js'),
        "import { main } from './kernel.js';\nconsole.log(JSON.stringify([main(false), main(true)]));\n",
      );
      const { stdout } = await run(process.execPath, [join(folder, 'main.js')]);
      const [result, failure] = JSON.parse(stdout) as [{ done: number[]; threads: number }, string];
      expect(result.done).toEqual(Array.from({ length: 400 }, (_, i) => (i < 100 ? 2 : 1)));
      expect(result.threads).toBeGreaterThan(1);
      expect(failure).toMatch(/a worker thread failed in note/);
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});
