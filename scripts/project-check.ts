/** Proves without an account that the HubSpot project could be uploaded: descriptors, bundles, lint. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { checkBundles } from './project/bundles.ts';
import { lintCards } from './project/card-lint.ts';
import { checkDescriptors } from './project/descriptors.ts';

export interface ProjectCheck {
  /** One line each; empty when the project could be uploaded. */
  readonly findings: readonly string[];
  /** Bytes of each bundle by entry file. */
  readonly sizes: Readonly<Record<string, number>>;
}

export async function checkProject(projectDir: string): Promise<ProjectCheck> {
  const { findings, srcDir, entrypoints } = await checkDescriptors(projectDir);
  const outDir = await mkdtemp(join(tmpdir(), 'rapport-project-'));
  try {
    const bundles = await checkBundles(srcDir, entrypoints, outDir);
    return {
      findings: [...findings, ...bundles.findings, ...(await lintCards(srcDir))],
      sizes: bundles.sizes,
    };
  } finally {
    await rm(outDir, { recursive: true, force: true });
  }
}

async function run(): Promise<number> {
  const { findings, sizes } = await checkProject(resolve('extensions/hubspot'));
  for (const finding of findings) console.error(finding);
  for (const [entry, bytes] of Object.entries(sizes))
    console.log(`${entry} ${(bytes / 1024).toFixed(1)} kB`);
  if (findings.length === 0) console.log('project: HubSpot could take it as it is');
  return findings.length === 0 ? 0 : 1;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) process.exitCode = await run();
