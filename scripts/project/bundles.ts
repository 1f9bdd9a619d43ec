/** Builds every entry file as HubSpot would, and says which bundle is too large or left something to resolve. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const LIMIT_BYTES = 40 * 1024;

/** `scripts/build-web.mjs`, a plain script that the build itself is made of. */
interface BuildWeb {
  buildBundle(file: string, outDir: string): Promise<string>;
}

export interface Bundles {
  readonly findings: readonly string[];
  /** Bytes by entry file. */
  readonly sizes: Readonly<Record<string, number>>;
}

/** @param entrypoints below `srcDir`. */
export async function checkBundles(
  srcDir: string,
  entrypoints: readonly string[],
  outDir: string,
): Promise<Bundles> {
  const script = pathToFileURL(join(process.cwd(), 'scripts/build-web.mjs')).href;
  const { buildBundle } = (await import(/* @vite-ignore */ script)) as BuildWeb;
  const findings: string[] = [];
  const sizes: Record<string, number> = {};
  for (const entry of [...new Set(entrypoints)]) {
    try {
      const bundle = await readFile(await buildBundle(join(srcDir, entry), outDir));
      sizes[entry] = bundle.byteLength;
      if (bundle.byteLength > LIMIT_BYTES)
        findings.push(`${entry}: ${bundle.byteLength} bytes where ${LIMIT_BYTES} is the most`);
      if (/\brequire\(|\bimport\s*[("'{]/.test(bundle.toString()))
        findings.push(`${entry}: the bundle still imports something`);
    } catch (error) {
      findings.push(`${entry}: ${error instanceof Error ? error.message.split('\n')[0] : error}`);
    }
  }
  return { findings, sizes };
}
